//go:build linux

package main

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// TestThousandRequests: of a thousand behind one address who want a sandbox at
// once as many get one as there is room for one address; each of the others is
// told that all are taken, or that too many wait; and when the server ends
// nothing is left.
func TestThousandRequests(t *testing.T) {
	const asking, room = 1000, 15 // of 20: a quarter is for other addresses
	t.Run("served", func(t *testing.T) {
		base := served(t, "--max-sandboxes", "20")
		var mu sync.Mutex // guards told
		told := map[string]int{}
		var group sync.WaitGroup
		turn := make(chan struct{}, 100) // as many connections at a time
		for range asking {
			group.Go(func() {
				turn <- struct{}{}
				defer func() { <-turn }()
				status, said := asked(t, http.MethodPost, base+"/api/sandboxes", `{"lab":"handshake/three-way","lang":"en"}`)
				var answer struct {
					ID    string
					Error struct{ Code, Message string }
				}
				if err := json.Unmarshal([]byte(said), &answer); err != nil || (answer.ID == "") == (answer.Error.Message == "") {
					t.Errorf("%d %s: %v", status, said, err)
				}
				mu.Lock()
				defer mu.Unlock()
				told[http.StatusText(status)+" "+answer.Error.Code]++
			})
		}
		group.Wait()
		started, full, many := told["Created "], told["Service Unavailable full"], told["Too Many Requests too-many"]
		if started != room || full == 0 || started+full+many != asking {
			t.Errorf("the answers were %v, want %d starts and a clear refusal for each other", told, room)
		}
		if running := workers(t); len(running) < room {
			t.Errorf("%d workers run", len(running))
		}
	})
	if left := workers(t); len(left) > 0 {
		t.Errorf("after the server's end these run still: %v", left)
	}
}

// workers are the processes of the program that is tested, the server among
// them.
func workers(t *testing.T) (all []string) {
	t.Helper()
	file, err := program()
	if err != nil {
		t.Fatal(err)
	}
	links, err := filepath.Glob("/proc/[0-9]*/exe")
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range links {
		if found, err := os.Readlink(link); err == nil && found == file {
			all = append(all, link)
		}
	}
	return all
}

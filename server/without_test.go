//go:build linux

package main

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestServeWithout serves where something is missing: lessons are there, and
// say in their language what is missing and what to do; each shows a run that
// was recorded.
func TestServeWithout(t *testing.T) {
	tests := []struct {
		name    string
		unshare string
		script  string // what becomes of the machine
		path    string
		says    []string
	}{
		{"python3", "-Urm", "mount -t tmpfs none /usr/bin", "/en/endpoints/two-programs", []string{"no python3 on this machine", "apt-get install python3"}},
		{"python3, in Korean", "-Urm", "mount -t tmpfs none /usr/bin", "/ko/endpoints/two-programs", []string{"이 컴퓨터에 python3이 없습니다", "apt-get install python3"}},
		{"user namespaces", "-Ur", "echo 0 > /proc/sys/user/max_user_namespaces", "/en/handshake/three-way", []string{"user.max_user_namespaces is 0", "sysctl -w user.max_user_namespaces=10000"}},
		{"user namespaces, in Korean", "-Ur", "echo 0 > /proc/sys/user/max_user_namespaces", "/ko/handshake/three-way", []string{"user.max_user_namespaces의 값이 0입니다", "sysctl -w user.max_user_namespaces=10000"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			base := servedBy(t, []string{"unshare", tt.unshare, "sh", "-c", tt.script + ` && exec "$@"`, "sh"})
			status, page := asked(t, http.MethodGet, base+tt.path, "")
			for _, want := range append(tt.says, `data-run="/api/recordings/`) {
				if status != http.StatusOK || !strings.Contains(page, want) {
					t.Errorf("the page, %d, has no %q", status, want)
				}
			}
			lab := strings.TrimPrefix(strings.TrimPrefix(tt.path, "/en/"), "/ko/")
			status, said := asked(t, http.MethodPost, base+"/api/sandboxes", `{"lab":"`+lab+`","lang":"`+tt.path[1:3]+`"}`)
			for _, want := range tt.says {
				if status != http.StatusServiceUnavailable || !strings.Contains(said, want) {
					t.Errorf("a start: %d %s, want %q in it", status, said, want)
				}
			}
		})
	}
}

// asked is the answer to a request.
func asked(t *testing.T, method, url, body string) (status int, said string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(b)
}

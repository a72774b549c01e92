//go:build linux

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestServeStops: a stream that is open when the server is told to stop gets
// its run's end and is closed with 1001.
func TestServeStops(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, said := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"serve", "--addr", "127.0.0.1:0", "--data", t.TempDir(), "--lessons", small(t, goodChecks)}, said, io.Discard)
		said.Close()
	}()
	lines := bufio.NewScanner(out)
	lines.Scan()
	host := strings.Trim(strings.TrimPrefix(lines.Text(), "fivetuple: http://"), "/")
	go func() { _, _ = io.Copy(io.Discard, out) }() // ends with serve
	conn, frames := stream(t, host)
	defer conn.Close()
	stop()
	var last []byte
	for {
		kind, payload := frame(t, frames)
		if kind == 8 {
			if code := binary.BigEndian.Uint16(payload); code != 1001 {
				t.Errorf("closed with %d, want 1001", code)
			}
			break
		}
		last = payload
	}
	if !strings.Contains(string(last), `"cause":"shutdown"`) {
		t.Errorf("the last events are %s", last)
	}
	conn.Close()
	if status := <-ended; status != 0 {
		t.Errorf("serve ended with %d", status)
	}
}

// TestServeCutsOff: a request that does not come to its end does not keep the
// server, and is no failure of it.
func TestServeCutsOff(t *testing.T) {
	begun, cut := make(chan struct{}), make(chan error, 1)
	server := &http.Server{Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(begun)
		_, err := io.Copy(io.Discard, r.Body)
		cut <- err
	})}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprint(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\nhalf")
	<-begun
	var said bytes.Buffer
	if err := shutDown(server, time.Millisecond, slog.New(slog.NewTextHandler(&said, nil))); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(said.String(), "requests were cut off") {
		t.Errorf("it says %q", said.String())
	}
	if err := <-cut; err == nil {
		t.Error("the request came to its end")
	}
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		t.Error(err)
	}
}

// stream starts the lab stepped, and opens its stream by hand.
func stream(t *testing.T, host string) (net.Conn, *bufio.Reader) {
	t.Helper()
	response, err := http.Post("http://"+host+"/api/sandboxes", "application/json", strings.NewReader(`{"lab":"u/l","programs":{"client":"import time\ntime.sleep(99)\n"}}`))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var started struct{ Stream string }
	if err := json.NewDecoder(response.Body).Decode(&started); err != nil || started.Stream == "" {
		t.Fatalf("%d: %v", response.StatusCode, err)
	}
	conn, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", started.Stream, host)
	r := bufio.NewReader(conn)
	upgraded, err := http.ReadResponse(r, nil)
	if err != nil || upgraded.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("%v %v", upgraded, err)
	}
	frame(t, r) // the start event: it runs
	return conn, r
}

// frame reads one unmasked frame (RFC 6455, section 5.2).
func frame(t *testing.T, r *bufio.Reader) (kind byte, payload []byte) {
	t.Helper()
	var head [2]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		t.Fatalf("the stream ended without a close: %v", err)
	}
	size := int(head[1])
	if size == 126 {
		var long [2]byte
		if _, err := io.ReadFull(r, long[:]); err != nil {
			t.Fatal(err)
		}
		size = int(binary.BigEndian.Uint16(long[:]))
	}
	payload = make([]byte, size)
	if _, err := io.ReadFull(r, payload); err != nil {
		t.Fatal(err)
	}
	return head[0] & 15, payload
}

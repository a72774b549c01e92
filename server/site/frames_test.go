package site_test

import (
	"bufio"
	"crypto/sha1"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"fivetuple/server/frames"
)

// reports reads server-sent events until the function has seen enough.
func reports(t *testing.T, r *http.Response, enough func(frames.Report) bool) {
	t.Helper()
	lines := bufio.NewScanner(r.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		var report frames.Report
		if err := json.Unmarshal([]byte(data), &report); err != nil {
			t.Fatal(err)
		}
		if enough(report) {
			return
		}
	}
	t.Fatalf("the reports ended: %v", lines.Err())
}

func header(lines []string, name string) string {
	for _, l := range lines {
		if v, ok := strings.CutPrefix(strings.ToLower(l), strings.ToLower(name)+": "); ok {
			return l[len(l)-len(v):]
		}
	}
	return ""
}

// TestFrames reads along on a stream, from its upgrade to its close.
func TestFrames(t *testing.T) {
	s := newScript()
	server := serve(t, s)
	stream := started(t, server)
	along, err := http.Get(strings.Replace(strings.TrimSuffix(stream, "stream"), "ws", "http", 1) + "frames")
	if err != nil {
		t.Fatal(err)
	}
	defer along.Body.Close()
	if kind := along.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Fatalf("Content-Type %q", kind)
	}
	conn := dial(t, stream+"?frames")
	var seen struct{ open, asked, told, closed, below bool }
	var number int
	reports(t, along, func(r frames.Report) bool {
		switch f := r.Frame; {
		case r.Open != nil:
			sum := sha1.Sum([]byte(header(r.Open.Request, "Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
			seen.open = header(r.Open.Response, "Sec-WebSocket-Accept") == base64.StdEncoding.EncodeToString(sum[:]) &&
				r.Open.Remote == conn.LocalAddr().String() && r.Open.Local == conn.RemoteAddr().String()
			number = r.Conn
			_ = conn.WriteMessage(websocket.TextMessage, []byte(`{"command":"run"}`))
			<-s.commands
			s.events <- []byte(`{"seq":1}`)
		case f != nil && r.From == frames.Browser && f.Opcode == websocket.TextMessage:
			seen.asked = seen.asked || f.Masked && string(f.Data) == `{"command":"run"}` && string(f.Wire) != string(f.Data)
		case f != nil && r.From == frames.Server && f.Opcode == websocket.TextMessage:
			seen.told = !f.Masked && string(f.Data) == `{"seq":1}`
			_ = conn.WriteMessage(websocket.TextMessage, []byte("hello"))
		case f != nil && r.From == frames.Server && f.Opcode == websocket.CloseMessage:
			seen.closed = len(f.Data) > 2 && int(f.Data[0])<<8|int(f.Data[1]) == websocket.CloseInvalidFramePayloadData
			_, _ = rest(conn)
			_ = conn.Close()
		}
		seen.below = seen.below || r.Closed && r.Conn == number
		return seen.below
	})
	if !seen.open || !seen.asked || !seen.told || !seen.closed {
		t.Errorf("seen: %+v", seen)
	}
}

func TestFramesOfNothing(t *testing.T) {
	server := serve(t, newScript())
	if r, body := get(t, server.URL+"/api/sandboxes/none/frames"); r.StatusCode != http.StatusNotFound || !strings.Contains(body, "unknown-sandbox") {
		t.Errorf("status %d: %s", r.StatusCode, body)
	}
}

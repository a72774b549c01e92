package site_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/gorilla/websocket"
	"go.uber.org/goleak"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/server/live"
	"fivetuple/server/site"
)

// starting serves a course whose runs begin with start.
func starting(t *testing.T, start live.Starter, limits live.Limits) *httptest.Server {
	t.Helper()
	runs := live.New(start, limits)
	server := httptest.NewServer(site.New(site.Config{
		Course: course(t), Sandboxes: runs, Log: slog.New(slog.DiscardHandler), Stop: t.Context(),
	}))
	t.Cleanup(func() {
		runs.Close()
		server.Close()
	})
	return server
}

func TestStartAsAsked(t *testing.T) {
	tests := []struct {
		name, body string
		change     func(*lab.Lab)
	}{
		{"as it is", `{"lab":"u/l"}`, func(*lab.Lab) {}},
		{"stepped", `{"lab":"u/l","start":"step"}`, func(l *lab.Lab) { l.Start = lab.Step }},
		{"another mode, the same delay", `{"lab":"u/l","wire":{"mode":"hold"}}`, func(l *lab.Lab) { l.Wire.Mode = "hold" }},
		{"another delay, the same mode", `{"lab":"u/l","wire":{"delay":300000000}}`, func(l *lab.Lab) { l.Wire.Delay = 300 * time.Millisecond }},
		{"an edited program", `{"lab":"u/l","programs":{"client":"print(1)\n"}}`, func(l *lab.Lab) { l.Programs[0].Source = []byte("print(1)\n") }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got *lab.Lab
			server := starting(t, func(_ context.Context, l *lab.Lab) (live.Run, error) {
				got = l
				return nil, errors.New("seen enough")
			}, live.DefaultLimits())
			post(t, server.URL+"/api/sandboxes", tt.body)
			original, _ := course(t).Lab("u/l")
			want := *original
			want.Programs = append([]lab.Program(nil), original.Programs...)
			tt.change(&want)
			if diff := cmp.Diff(&want, got, cmpopts.IgnoreUnexported(lab.Program{})); diff != "" {
				t.Errorf("started (-want +got):\n%s", diff)
			}
		})
	}
}

func TestStartFails(t *testing.T) {
	one := live.DefaultLimits()
	one.Running = 0
	tests := []struct {
		name   string
		err    error
		limits live.Limits
		status int
		code   string
		says   string
	}{
		{"unavailable", &sandbox.UnavailableError{Ability: sandbox.Ability{Detail: sandbox.Text{English: "no namespaces"}, Remedy: sandbox.Text{English: "sysctl this"}}}, live.DefaultLimits(), 503, "unavailable", "sysctl this"},
		{"full", nil, one, 503, "full", ""},
		{"a fault, which is for the log", errors.New("disk on fire"), live.DefaultLimits(), 500, "internal", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			server := starting(t, func(context.Context, *lab.Lab) (live.Run, error) { return nil, tt.err }, tt.limits)
			status, answer := post(t, server.URL+"/api/sandboxes", `{"lab":"u/l"}`)
			fault, _ := answer["error"].(map[string]any)
			message, _ := fault["message"].(string)
			if status != tt.status || fault["code"] != tt.code || message == "" || !strings.Contains(message, tt.says) || strings.Contains(message, "fire") {
				t.Errorf("%d %v, want %d %s", status, answer, tt.status, tt.code)
			}
		})
	}
}

// TestClass: a class behind one address that presses run at once
// is served or stands in the line, and then is served.
func TestClass(t *testing.T) {
	server := starting(t, func(context.Context, *lab.Lab) (live.Run, error) {
		s := newScript()
		close(s.events) // it is over
		return s, nil
	}, live.DefaultLimits())
	const class = 50
	var learners sync.WaitGroup
	var waited atomic.Int32
	for range class {
		learners.Go(func() {
			for ticket := ""; ; {
				status, answer := post(t, server.URL+"/api/sandboxes", `{"lab":"u/l","ticket":"`+ticket+`"}`)
				if status == http.StatusCreated {
					return
				}
				fault, _ := answer["error"].(map[string]any)
				message, _ := fault["message"].(string)
				if status != http.StatusServiceUnavailable || fault["ticket"] == "" || !strings.Contains(message, "your network") {
					t.Errorf("%d %v, want a ticket", status, answer)
					return
				}
				waited.Add(1)
				ticket = fault["ticket"].(string)
			}
		})
	}
	learners.Wait()
	if waited.Load() == 0 {
		t.Error("nobody had to wait: one client may start as often as it likes")
	}
}

func TestTwoRequestsInOne(t *testing.T) {
	server := serve(t, newScript())
	if status, answer := post(t, server.URL+"/api/sandboxes", `{"lab":"u/l"}{"lab":"u/l"}`); status != http.StatusBadRequest {
		t.Errorf("%d %v", status, answer)
	}
}

func TestLanguageIsRememberedWhereItIsNamed(t *testing.T) {
	server := serve(t, newScript())
	for path, want := range map[string]string{"/ko/": "lang=ko", "/en/u/l": "lang=en", "/en/u/none": "lang=en", "/favicon.ico": "", "/nowhere": ""} {
		response, _ := get(t, server.URL+path, "Accept-Language", "ko")
		if got := response.Header.Get("Set-Cookie"); !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("%s: cookie %q, want %q", path, got, want)
		}
	}
}

func TestUnknownSandbox(t *testing.T) {
	server := serve(t, newScript())
	for _, path := range []string{"/recording.json", "/answers/first"} {
		if response, body := get(t, server.URL+"/api/sandboxes/none"+path); response.StatusCode != 404 || !strings.Contains(body, `"unknown-sandbox"`) {
			t.Errorf("%s: %d %s", path, response.StatusCode, body)
		}
	}
}

func TestStreamFromNowhere(t *testing.T) {
	url := started(t, serve(t, newScript()))
	for _, after := range []string{"x", "-1", "1e3"} {
		_, response, err := websocket.DefaultDialer.DialContext(t.Context(), url+"?after="+after, nil)
		if err == nil || response.StatusCode != http.StatusBadRequest {
			t.Errorf("after=%s: %v %v, want 400", after, response, err)
		}
	}
}

// A browser that still talks when it is closed is told why all the same.
func TestCloseCodeSurvivesTalk(t *testing.T) {
	for name, message := range map[string]string{
		"not UTF-8":            "{\"command\":\"input\",\"program\":\"client\",\"text\":\"\xff\"}",
		"something follows it": `{"command":"step"}]`,
	} {
		t.Run(name, func(t *testing.T) {
			conn := dial(t, started(t, serve(t, newScript())))
			for range 50 {
				if conn.WriteMessage(websocket.TextMessage, []byte(message)) != nil {
					break // closed already
				}
			}
			if _, code := rest(conn); code != websocket.CloseInvalidFramePayloadData {
				t.Errorf("closed with %d, want 1007", code)
			}
		})
	}
}

func TestStopping(t *testing.T) {
	defer goleak.VerifyNone(t)
	stopping, stop := context.WithCancel(t.Context())
	s := newScript()
	runs := live.New(func(ctx context.Context, _ *lab.Lab) (live.Run, error) {
		context.AfterFunc(ctx, func() { s.Stop(event.EndShutdown) })
		return s, nil
	}, live.DefaultLimits())
	pages := site.New(site.Config{Course: course(t), Sandboxes: runs, Log: slog.New(slog.DiscardHandler), Stop: stopping})
	server := httptest.NewServer(pages)
	defer http.DefaultClient.CloseIdleConnections()
	conn := dial(t, started(t, server))
	stop()
	if response, _ := get(t, server.URL+"/readyz"); response.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("ready while stopping: %d", response.StatusCode)
	}
	runs.Close()
	events, code := rest(conn)
	if diff := cmp.Diff([]string{`{"seq":99,"kind":"end","cause":"shutdown"}`}, events); diff != "" || code != websocket.CloseGoingAway {
		t.Errorf("closed with %d, want 1001 (-want +got):\n%s", code, diff)
	}
	server.Close()
	pages.Wait()
}

// TestPongsPutOffNothing: a stream that has been closed ends soon, even when
// the browser does not answer the close and goes on sending pongs.
func TestPongsPutOffNothing(t *testing.T) {
	tests := []struct {
		name  string
		close func(*script, *websocket.Conn) error
	}{
		{"the run is over", func(s *script, _ *websocket.Conn) error { s.Stop(event.EndFinished); return nil }},
		{"no command", func(_ *script, c *websocket.Conn) error {
			return c.WriteMessage(websocket.TextMessage, []byte("hello"))
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newScript()
			server := serve(t, s)
			conn := dial(t, started(t, server))
			if err := tt.close(s, conn); err != nil {
				t.Fatal(err)
			}
			ended := make(chan struct{})
			go func() {
				server.Config.Handler.(*site.Site).Wait()
				close(ended)
			}()
			pong, late := time.Tick(100*time.Millisecond), time.After(20*time.Second)
			for {
				select {
				case <-ended:
					return
				case <-pong:
					_ = conn.WriteControl(websocket.PongMessage, nil, time.Now().Add(time.Second))
				case <-late:
					t.Fatal("the stream has not ended")
				}
			}
		})
	}
}

// TestLineOverHTTP: who is told the place in the line comes back with the
// ticket, as often as asked to, and learns it in the language of the page.
func TestLineOverHTTP(t *testing.T) {
	none := live.DefaultLimits()
	none.Running = 0
	server := starting(t, func(context.Context, *lab.Lab) (live.Run, error) { return nil, errors.New("no") }, none)
	body := `{"lab":"u/l","lang":"ko"}`
	for range 20 { // more often than one may start
		status, answer := post(t, server.URL+"/api/sandboxes", body)
		fault, _ := answer["error"].(map[string]any)
		if status != http.StatusServiceUnavailable || fault["place"] != 1.0 || !strings.Contains(fault["message"].(string), "1번째") {
			t.Fatalf("%d %v", status, answer)
		}
		body = `{"lab":"u/l","lang":"ko","ticket":"` + fault["ticket"].(string) + `"}`
	}
}

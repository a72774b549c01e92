package site_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"

	"fivetuple/lessons"
	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/server/live"
	"fivetuple/server/site"
)

// script is a run whose events the test gives.
type script struct {
	events   chan []byte
	commands chan event.Command
	stop     sync.Once
}

func newScript() *script {
	return &script{events: make(chan []byte), commands: make(chan event.Command, 1000)}
}

func (s *script) Events() <-chan []byte   { return s.events }
func (s *script) Command(c event.Command) { s.commands <- c }
func (s *script) Stop(cause event.End) {
	s.stop.Do(func() {
		s.events <- fmt.Appendf(nil, `{"seq":99,"kind":"end","cause":%q}`, cause)
		close(s.events)
	})
}

const lesson = "---\ntitle: %s\nsummary: s\nminutes: 5\nteaches: [x]\n---\n## Part\n\n```lab\nlab: u/l\n```\n"

// course is a course of one lesson.
func course(t *testing.T) *lessons.Course {
	t.Helper()
	c, err := lessons.Load(fstest.MapFS{
		"course.yaml":          {Data: []byte("units:\n  - {name: u, title: {en: Unit, ko: 단원}, lessons: [l]}\n")},
		"en/u/l.md":            {Data: fmt.Appendf(nil, lesson, "Lesson")},
		"ko/u/l.md":            {Data: fmt.Appendf(nil, lesson, "수업")},
		"labs/u/l/lab.yaml":    {Data: []byte("title: {en: Lab, ko: 실습}\ntopology: wire\nprograms: [{name: client, file: client.py}]\n")},
		"labs/u/l/client.py":   {Data: []byte("pass\n")},
		"labs/u/l/checks.star": {Data: []byte("def answer_first(run):\n    return run.events[0].kind\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// serve serves a course whose next run is s.
func serve(t *testing.T, s *script, abilities ...sandbox.Ability) *httptest.Server {
	t.Helper()
	runs := live.New(func(ctx context.Context, _ *lab.Lab) (live.Run, error) {
		context.AfterFunc(ctx, func() { s.Stop(event.EndShutdown) })
		return s, nil
	}, live.DefaultLimits())
	server := httptest.NewServer(site.New(site.Config{
		Course: course(t), Sandboxes: runs, Abilities: abilities, Hosts: []string{"127.0.0.1"},
		Log: slog.New(slog.DiscardHandler), Stop: t.Context(),
	}))
	t.Cleanup(func() {
		runs.Close()
		server.Close()
	})
	return server
}

func get(t *testing.T, url string, header ...string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	if host := request.Header.Get("Host"); host != "" {
		request.Host = host
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

func TestPages(t *testing.T) {
	server := serve(t, newScript())
	tests := []struct {
		name, path string
		header     []string
		status     int
		location   string
		has        string
	}{
		{"home in Korean", "/", []string{"Accept-Language", "ko-KR,ko;q=0.9"}, 302, "/ko/", ""},
		{"home in English", "/", []string{"Accept-Language", "fr"}, 302, "/en/", ""},
		{"remembered", "/", []string{"Accept-Language", "ko", "Cookie", "lang=en"}, 302, "/en/", ""},
		{"made-up cookie", "/", []string{"Accept-Language", "ko", "Cookie", "lang=<x>"}, 302, "/ko/", ""},
		{"course", "/ko/", nil, 200, "", "수업"},
		{"without a slash", "/ko", nil, 301, "/ko/", ""},
		{"lesson", "/en/u/l", nil, 200, "", "Lesson"},
		{"glossary", "/ko/glossary", nil, 200, "", "용어집"},
		{"sources", "/ko/sources", nil, 200, "", "과정의 참고 자료"},
		{"errata", "/en/errata", nil, 200, "", "No error is known"},
		{"search", "/en/search?q=lesson", nil, 200, "", `data-testid="result"`},
		{"search for nothing", "/ko/search", nil, 200, "", "search-empty"},
		{"search in vain", "/ko/search?q=%22%3E%3Cscript%3Ealert(1)", nil, 200, "", "&#34;&gt;&lt;script&gt;alert(1)"},
		{"search for broken text", "/ko/search?q=%ff%00%zz&q=x", nil, 200, "", "search-"},
		{"no lesson, Korean", "/ko/u/none", nil, 404, "", `lang="ko"`},
		{"no lesson, English", "/en/u/none", nil, 404, "", `href="/en/`},
		{"no page", "/nowhere", []string{"Accept-Language", "ko"}, 404, "", `lang="ko"`},
		{"a language that begins as one", "/enx", nil, 404, "", ""},
		{"a region", "/en-US/", nil, 404, "", ""},
		{"a language that ends as one", "/xko/glossary", nil, 404, "", ""},
		{"search in no language", "/english/search?q=x", nil, 404, "", ""},
		{"another site, as a language", "/%5Cevil.example%3Fko", nil, 404, "", ""},
		{"another name", "/en/", []string{"Host", "evil.example"}, 421, "", ""},
		{"health", "/healthz", nil, 200, "", "ok"},
		{"ready", "/readyz", nil, 200, "", "ready"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			response, body := get(t, server.URL+tt.path, tt.header...)
			if response.StatusCode != tt.status || response.Header.Get("Location") != tt.location || !strings.Contains(body, tt.has) {
				t.Errorf("%d to %q with\n%.500s", response.StatusCode, response.Header.Get("Location"), body)
			}
			if policy := response.Header.Get("Content-Security-Policy"); tt.status != 421 && (policy == "" || strings.Contains(policy, "unsafe")) {
				t.Errorf("content policy %q", policy)
			}
		})
	}
}

// TestHead: whoever asks for the head alone gets that of the page; another
// method is told which ones there are.
func TestHead(t *testing.T) {
	server := serve(t, newScript())
	for _, tt := range []struct {
		method, path string
		status       int
		allow        string
	}{
		{http.MethodHead, "/en/", 200, ""},
		{http.MethodHead, "/ko/u/l", 200, ""},
		{http.MethodHead, "/healthz", 200, ""},
		{http.MethodHead, "/api/recording.schema.json", 200, ""},
		{http.MethodHead, "/en/u/none", 404, ""},
		{http.MethodPut, "/en/", 405, "GET, HEAD"},
		{http.MethodGet, "/en/theme", 405, "POST"},
		{http.MethodHead, "/en/theme", 405, "POST"},
	} {
		t.Run(tt.method+" "+tt.path, func(t *testing.T) {
			request, err := http.NewRequestWithContext(t.Context(), tt.method, server.URL+tt.path, nil)
			if err != nil {
				t.Fatal(err)
			}
			answer, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
			if answer.StatusCode != tt.status || answer.Header.Get("Allow") != tt.allow {
				t.Errorf("%d, allowed are %q", answer.StatusCode, answer.Header.Get("Allow"))
			}
		})
	}
}

func TestPagesHaveNothingInline(t *testing.T) {
	server := serve(t, newScript())
	for _, path := range []string{"/en/", "/ko/u/l", "/en/none", "/ko/glossary", "/ko/sources", "/en/errata", "/en/search?q=socket"} {
		_, body := get(t, server.URL+path)
		for _, inline := range []string{"<style", " style=", " onclick=", "javascript:"} {
			if strings.Contains(body, inline) {
				t.Errorf("%s has %s", path, inline)
			}
		}
	}
}

func TestUnavailable(t *testing.T) {
	server := serve(t, newScript(), sandbox.Ability{Name: "python3", Needed: true, Detail: sandbox.Text{English: "no python3", Korean: "python3 없음"}, Remedy: sandbox.Text{English: "install it", Korean: "apt-get install python3"}})
	_, body := get(t, server.URL+"/ko/u/l")
	if !strings.Contains(body, "python3 없음") || !strings.Contains(body, "apt-get install python3") {
		t.Error("the lesson does not say in its language why labs do not run, and how they could")
	}
}

func post(t *testing.T, url, body string, header ...string) (int, map[string]any) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var answer map[string]any
	_ = json.NewDecoder(response.Body).Decode(&answer) // what is refused before the API has no JSON
	return response.StatusCode, answer
}

func TestStartRefuses(t *testing.T) {
	server := serve(t, newScript())
	tests := []struct {
		name, body string
		header     []string
		status     int
		code       string
	}{
		{"no JSON", "x", nil, 400, "bad-request"},
		{"unknown field", `{"lab":"u/l","x":1}`, nil, 400, "bad-request"},
		{"unknown lab", `{"lab":"u/none","lang":"ko"}`, nil, 404, "unknown-lab"},
		{"unknown program", `{"lab":"u/l","programs":{"other":""}}`, nil, 400, "bad-request"},
		{"wire out of range", `{"lab":"u/l","wire":{"delay":99000000000}}`, nil, 400, "bad-request"},
		{"too large", `{"lab":"` + strings.Repeat("x", 1<<20) + `"}`, nil, 413, "too-large"},
		{"foreign page", `{"lab":"u/l"}`, []string{"Origin", "http://evil.example", "Sec-Fetch-Site", "cross-site"}, 403, "cross-origin"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, answer := post(t, server.URL+"/api/sandboxes", tt.body, tt.header...)
			fault, _ := answer["error"].(map[string]any)
			code, _ := fault["code"].(string)
			if status != tt.status || code != tt.code {
				t.Errorf("%d %v, want %d %s", status, answer, tt.status, tt.code)
			}
			if message, _ := fault["message"].(string); tt.code != "" && message == "" {
				t.Error("no message")
			}
		})
	}
}

// started starts a run and returns the address of its stream.
func started(t *testing.T, server *httptest.Server) string {
	t.Helper()
	status, answer := post(t, server.URL+"/api/sandboxes", `{"lab":"u/l"}`)
	if status != http.StatusCreated {
		t.Fatalf("%d %v", status, answer)
	}
	return strings.Replace(server.URL, "http", "ws", 1) + answer["stream"].(string)
}

func dial(t *testing.T, url string) *websocket.Conn {
	t.Helper()
	conn, _, err := websocket.DefaultDialer.DialContext(t.Context(), url, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// rest reads a stream to its end and returns the events and the close code.
func rest(conn *websocket.Conn) (events []string, code int) {
	for {
		_, message, err := conn.ReadMessage()
		if err != nil {
			if closed, ok := err.(*websocket.CloseError); ok {
				code = closed.Code
			}
			return events, code
		}
		events = append(events, strings.Split(string(message), "\n")...)
	}
}

func TestStreamResumes(t *testing.T) {
	s := newScript()
	server := serve(t, s)
	url := started(t, server)
	first := dial(t, url)
	s.events <- []byte("e1")
	s.events <- []byte("e2")
	if _, message, err := first.ReadMessage(); err != nil || !strings.HasPrefix(string(message), "e1") {
		t.Fatalf("%s, %v", message, err)
	}
	first.Close()
	second := dial(t, url+"?after=1")
	s.events <- []byte("e3")
	s.Stop(event.EndStopped)
	events, code := rest(second)
	if diff := cmp.Diff([]string{"e2", "e3", `{"seq":99,"kind":"end","cause":"stopped"}`}, events); diff != "" || code != websocket.CloseNormalClosure {
		t.Errorf("closed with %d (-want +got):\n%s", code, diff)
	}
}

func TestCommands(t *testing.T) {
	s := newScript()
	conn := dial(t, started(t, serve(t, s)))
	if err := conn.WriteMessage(websocket.TextMessage, []byte(`{"command":"deliver","packet":3}`)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(event.Command{Verb: event.VerbDeliver, Packet: 3}, <-s.commands); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCloseCodes(t *testing.T) {
	text := func(messages ...string) func(*websocket.Conn) error {
		return func(c *websocket.Conn) error {
			for _, m := range messages {
				if err := c.WriteMessage(websocket.TextMessage, []byte(m)); err != nil {
					return nil // closed already
				}
			}
			return nil
		}
	}
	many := make([]string, 500)
	for i := range many {
		many[i] = `{"command":"step"}`
	}
	tests := []struct {
		name string
		say  func(*websocket.Conn) error
		want int
	}{
		{"no JSON", text("hello"), websocket.CloseInvalidFramePayloadData},
		{"unknown verb", text(`{"command":"fly"}`), websocket.CloseInvalidFramePayloadData},
		{"the server's own field", text(`{"command":"stop","end":"shutdown"}`), websocket.CloseInvalidFramePayloadData},
		{"binary", func(c *websocket.Conn) error {
			return c.WriteMessage(websocket.BinaryMessage, []byte(`{"command":"step"}`))
		}, websocket.CloseInvalidFramePayloadData},
		{"too large", text(`{"command":"input","program":"client","text":"` + strings.Repeat("x", 5000) + `"}`), websocket.CloseMessageTooBig},
		{"too often", text(many...), websocket.ClosePolicyViolation},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newScript()
			server := serve(t, s)
			conn := dial(t, started(t, server))
			if err := tt.say(conn); err != nil {
				t.Fatal(err)
			}
			if _, code := rest(conn); code != tt.want {
				t.Errorf("closed with %d, want %d", code, tt.want)
			}
			if response, _ := get(t, server.URL+"/healthz"); response.StatusCode != http.StatusOK {
				t.Errorf("the server answers %d afterwards", response.StatusCode)
			}
		})
	}
	t.Run("no such sandbox", func(t *testing.T) {
		server := serve(t, newScript())
		if _, code := rest(dial(t, strings.Replace(server.URL, "http", "ws", 1)+"/api/sandboxes/none/stream")); code != 4404 {
			t.Errorf("closed with %d, want 4404", code)
		}
	})
	t.Run("foreign origin", func(t *testing.T) {
		url := started(t, serve(t, newScript()))
		_, response, err := websocket.DefaultDialer.DialContext(t.Context(), url, http.Header{"Origin": {"http://evil.example"}})
		if err == nil || response.StatusCode != http.StatusForbidden {
			t.Errorf("got %v, %v, want 403", response, err)
		}
	})
}

func TestAnswerAndRecording(t *testing.T) {
	s := newScript()
	server := serve(t, s)
	stream := started(t, server)
	base := strings.Replace(strings.TrimSuffix(stream, "/stream"), "ws", "http", 1)
	s.events <- []byte(`{"seq":1,"kind":"start"}`)
	s.Stop(event.EndStopped)
	rest(dial(t, stream))
	if _, body := get(t, base+"/answers/first"); strings.TrimSpace(body) != `{"answer":"start"}` {
		t.Errorf("answer %s", body)
	}
	if response, _ := get(t, base+"/answers/none"); response.StatusCode != http.StatusNotFound {
		t.Errorf("unknown question: %d", response.StatusCode)
	}
	_, body := get(t, base+"/recording.json")
	var recording struct {
		Version int
		Lab     string
		Events  []event.Event
	}
	if err := json.Unmarshal([]byte(body), &recording); err != nil || recording.Lab != "u/l" || len(recording.Events) != 2 || recording.Version != event.Version {
		t.Errorf("%v: %s", err, body)
	}
}

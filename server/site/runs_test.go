package site_test

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
	"testing"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/server/live"
	"fivetuple/server/runs"
	"fivetuple/server/site"
	"fivetuple/server/store"
)

// linker is a browser at a site that keeps runs, with a sandbox that has told
// some events and not ended.
type linker struct {
	*testing.T
	*http.Client
	base, sandbox string
	objects       *store.Objects
	pages         http.Handler
	script        *script
}

func newLinker(t *testing.T, limits runs.Limits) *linker {
	t.Helper()
	kept, err := store.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(kept.Close)
	shelf, err := runs.Open(t.Context(), kept, limits, runs.Made{Software: "fivetuple test", Kernel: "Linux 6.0"})
	if err != nil {
		t.Fatal(err)
	}
	objects, err := kept.Objects(t.Context(), "runs", store.Bounds{All: limits.All, Rest: limits.Rest})
	if err != nil {
		t.Fatal(err)
	}
	l := withShelf(t, shelf)
	l.objects = objects
	return l
}

func withShelf(t *testing.T, shelf *runs.Shelf) *linker {
	t.Helper()
	s := newScript()
	all := live.New(func(ctx context.Context, _ *lab.Lab) (live.Run, error) {
		context.AfterFunc(ctx, func() { s.Stop(event.EndShutdown) })
		return s, nil
	}, live.DefaultLimits())
	server := httptest.NewServer(site.New(site.Config{
		Course: course(t), Sandboxes: all, Hosts: []string{"127.0.0.1"}, Log: slog.New(slog.DiscardHandler), Runs: shelf, Linked: 1 << 20, Stop: t.Context(),
	}))
	t.Cleanup(func() {
		all.Close()
		server.Close()
	})
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	l := &linker{T: t, Client: &http.Client{Jar: jar}, base: server.URL, pages: server.Config.Handler, script: s}
	stream := started(t, server)
	l.sandbox = strings.Split(stream, "/")[5]
	for _, e := range told {
		s.events <- []byte(e)
	}
	conn := dial(t, stream)
	for seen := 0; seen < len(told); { // they are recorded when they are told
		_, message, err := conn.ReadMessage()
		if err != nil {
			t.Fatal(err)
		}
		seen += strings.Count(string(message), "\n") + 1
	}
	return l
}

// ask sends a request and returns what came back.
func (l *linker) ask(method, path string) (status int, body string) {
	l.Helper()
	request, err := http.NewRequestWithContext(l.Context(), method, l.base+path, nil)
	if err != nil {
		l.Fatal(err)
	}
	response, err := l.Do(request)
	if err != nil {
		l.Fatal(err)
	}
	defer response.Body.Close()
	b, err := io.ReadAll(response.Body)
	if err != nil {
		l.Fatal(err)
	}
	return response.StatusCode, string(b)
}

// link makes a link and returns the id of the run.
func (l *linker) link() string {
	l.Helper()
	status, body := l.ask(http.MethodPost, "/api/sandboxes/"+l.sandbox+"/link")
	var made struct {
		ID, Path string
		Events   int
		Ended    bool
	}
	if err := json.Unmarshal([]byte(body), &made); err != nil || status != http.StatusCreated || made.Events != len(told) || made.Ended || made.Path != "/runs/"+made.ID {
		l.Fatalf("%d %s", status, body)
	}
	return made.ID
}

// TestLinkToARun: the page, its downloads and what is known of the run are
// there for whoever has the link, and nothing of who made it.
func TestLinkToARun(t *testing.T) {
	l := newLinker(t, runs.DefaultLimits())
	id := l.link()
	for path, want := range map[string]string{
		"/en/runs/" + id:                             "was still going on when this link was made",
		"/ko/runs/" + id:                             "기록된 실행: 실습",
		"/en/runs/" + id + "?text":                   `href="/api/runs/` + id + `/recording.txt">The whole run as lines of text`,
		"/ko/runs/" + id + "?text":                   "글로 보는 실행",
		"/api/runs/" + id:                            `"software":"fivetuple test"`,
		"/api/runs/" + id + "/recording.json":        `"lab":"u/l"`,
		"/api/runs/" + id + "/recording.txt":         "listen(3, 5)",
		"/api/runs/" + id + "/recording.tcpdump.txt": "ARP, Request",
		"/api/runs/" + id + "/recording.pcapng":      "listen(3, 5)",
		"/api/runs/" + id + "/recording.strace.txt":  "listen(3, 5)",
		"/api/runs/" + id + "/programs.zip":          "u-l/client.py",
		"/en/runs":                                   "/en/runs/" + id,
	} {
		response, err := l.Get(l.base + path)
		if err != nil {
			t.Fatal(err)
		}
		status, body := l.ask(http.MethodGet, path)
		if status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s: %d, there is no %q", path, status, want)
		}
		for _, c := range l.Jar.Cookies(response.Request.URL) {
			if c.Name == "learner" && strings.Contains(body, c.Value) {
				t.Errorf("%s says who made the link", path)
			}
		}
		if strings.Contains(body, l.sandbox) {
			t.Errorf("%s names the sandbox, which whoever knows may command", path)
		}
		response.Body.Close()
	}
	stranger := *l
	stranger.Client = &http.Client{}
	if status, body := stranger.ask(http.MethodGet, "/en/runs"); status != http.StatusOK || strings.Contains(body, id) {
		t.Errorf("another browser is told of the link: %d", status)
	}
	if status, _ := stranger.ask(http.MethodPost, "/en/runs/"+id+"/remove"); status != http.StatusNotFound {
		t.Errorf("removed by another browser: %d", status)
	}
	if status, body := l.ask(http.MethodPost, "/en/runs/"+id+"/remove"); status != http.StatusOK || strings.Contains(body, id) {
		t.Errorf("remove: %d", status)
	}
	if status, _ := l.ask(http.MethodGet, "/en/runs/"+id); status != http.StatusNotFound {
		t.Errorf("after it was removed: %d", status)
	}
}

// TestNoSuchRun: a link that leads nowhere says what may be wrong with it.
func TestNoSuchRun(t *testing.T) {
	l := newLinker(t, runs.DefaultLimits())
	id := l.link()
	if err := l.objects.Put(t.Context(), id, []byte("no run")); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		path   string
		status int
		says   string
	}{
		{"/en/runs/AAAAAAAAAAAAAAAAAAAAAAAAAA", 404, "Perhaps the link has a slip"},
		{"/ko/runs/AAAAAAAAAAAAAAAAAAAAAAAAAA", 404, "오타가 있거나"},
		{"/ko/runs/x", 404, "그런 실행이 없습니다"},
		{"/ko/runs/%2e%2e%2f", 404, "없습니다"},
		{"/en/runs/" + strings.Repeat("A", 5000), 404, "There is no such run"},
		{"/en/runs/" + id, 500, "What is kept of it is damaged"},
		{"/ko/runs/" + id, 500, "보관된 내용이 손상되어"},
		{"/api/runs/AAAAAAAAAAAAAAAAAAAAAAAAAA/recording.json", 404, `"unknown-run"`},
		{"/api/runs/x", 404, `"unknown-run"`},
		{"/api/runs/" + id + "/recording.json", 500, `"broken-run"`},
	}
	for _, tt := range tests {
		if status, body := l.ask(http.MethodGet, tt.path); status != tt.status || !strings.Contains(body, tt.says) || strings.Contains(body, "<ft-stage") {
			t.Errorf("%.60s: %d, want %d and %q", tt.path, status, tt.status, tt.says)
		}
	}
}

func TestLinkIsRefused(t *testing.T) {
	small, full := runs.DefaultLimits(), runs.DefaultLimits()
	small.Run, full.Own = 10, 0
	tests := []struct {
		name, path string
		limits     runs.Limits
		status     int
		code       string
	}{
		{"too large", "", small, 413, "large-run"},
		{"too many", "", full, 507, "own-links-full"},
		{"no sandbox", "/api/sandboxes/none/link", full, 404, "unknown-sandbox"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := newLinker(t, tt.limits)
			if tt.path == "" {
				tt.path = "/api/sandboxes/" + l.sandbox + "/link"
			}
			if status, body := l.ask(http.MethodPost, tt.path); status != tt.status || !strings.Contains(body, `"`+tt.code+`"`) {
				t.Errorf("%d %s, want %d %s", status, body, tt.status, tt.code)
			}
		})
	}
}

// TestRoomOfOneAddress: nobody fills the room of all, whoever they say they
// are.
func TestRoomOfOneAddress(t *testing.T) {
	l := newLinker(t, runs.DefaultLimits())
	noise := make([]byte, 300<<10)
	_, _ = rand.Read(noise) // it never fails
	l.script.events <- fmt.Appendf(nil, `{"seq":5,"t":5000,"kind":"print","program":"client","text":%q}`, base64.StdEncoding.EncodeToString(noise))
	l.script.events <- []byte(`{"seq":6,"t":6000,"kind":"print","program":"client","text":"x"}`) // the one before is recorded
	link := func(address, lang string) (status int, body string) {
		w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, "/api/sandboxes/"+l.sandbox+"/link", nil)
		r.RemoteAddr, r.Host = address, "127.0.0.1"
		r.Header.Set("Accept-Language", lang)
		l.pages.ServeHTTP(w, r)
		return w.Code, w.Body.String()
	}
	for n := range 3 { // of the MiB that it may have 900 KiB
		if status, body := link("192.0.2.1:1", "en"); status != http.StatusCreated {
			t.Fatalf("link %d: %d %s", n+1, status, body)
		}
	}
	for lang, says := range map[string]string{"en": "from your network", "ko": "이 네트워크에서"} {
		if status, body := link("192.0.2.1:2", lang); status != http.StatusTooManyRequests || !strings.Contains(body, `"large-links"`) || !strings.Contains(body, says) {
			t.Errorf("%d %s", status, body)
		}
	}
	if status, body := link("198.51.100.7:1", "en"); status != http.StatusCreated {
		t.Errorf("another address: %d %s", status, body)
	}
}

// TestNoStore: without a store no run is kept, and each place says so.
func TestNoStore(t *testing.T) {
	l := withShelf(t, nil)
	if status, body := l.ask(http.MethodPost, "/api/sandboxes/"+l.sandbox+"/link"); status != 503 || !strings.Contains(body, `"no-links"`) {
		t.Errorf("link: %d %s", status, body)
	}
	for path, want := range map[string]string{"/en/runs": "cannot keep runs at present", "/ko/runs/AAAAAAAAAAAAAAAAAAAAAAAAAA": "실행을 보관하지 못하므로"} {
		if _, body := l.ask(http.MethodGet, path); !strings.Contains(body, want) {
			t.Errorf("%s does not say %q", path, want)
		}
	}
}

// TestForeignRemoval: a page of another site cannot take a link away.
func TestForeignRemoval(t *testing.T) {
	l := newLinker(t, runs.DefaultLimits())
	id := l.link()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, l.base+"/en/runs/"+id+"/remove", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Sec-Fetch-Site", "cross-site")
	response, err := l.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if status, _ := l.ask(http.MethodGet, "/en/runs/"+id); response.StatusCode != http.StatusForbidden || status != http.StatusOK {
		t.Errorf("%d, and then the run %d", response.StatusCode, status)
	}
}

package site_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"fivetuple/lessons"
	"fivetuple/sandbox/lab"
	"fivetuple/server/live"
	"fivetuple/server/progress"
	"fivetuple/server/site"
	"fivetuple/server/store"
)

// reader is a browser on a site that keeps progress, without a run.
type reader struct {
	*testing.T
	*http.Client
	base string
}

func read(t *testing.T, book *progress.Book) *reader {
	t.Helper()
	c, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	runs := live.New(func(context.Context, *lab.Lab) (live.Run, error) { return nil, live.ErrClosed }, live.DefaultLimits())
	server := httptest.NewServer(site.New(site.Config{
		Course: c, Sandboxes: runs, Hosts: []string{"127.0.0.1"}, Log: slog.New(slog.DiscardHandler), Progress: book, Stop: t.Context(),
	}))
	t.Cleanup(func() {
		runs.Close()
		server.Close()
	})
	return newReader(t, server.URL)
}

// newReader is a browser on a site.
func newReader(t *testing.T, base string) *reader {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &reader{t, &http.Client{Jar: jar}, base}
}

// tell asks for a change of progress and returns the status and the code of
// a refusal.
func (r *reader) tell(method, body string) (status int, code string) {
	r.Helper()
	request, err := http.NewRequestWithContext(r.Context(), method, r.base+"/api/progress", strings.NewReader(body))
	if err != nil {
		r.Fatal(err)
	}
	response, err := r.Do(request)
	if err != nil {
		r.Fatal(err)
	}
	defer response.Body.Close()
	var said struct {
		Error struct{ Code, Message string }
	}
	_ = json.NewDecoder(response.Body).Decode(&said) // there is nothing to read when it was done
	return response.StatusCode, said.Error.Code
}

// page asks for a page, as this reader.
func (r *reader) page(path string) (status int, body string) {
	r.Helper()
	response, err := r.Get(r.base + path)
	if err != nil {
		r.Fatal(err)
	}
	defer response.Body.Close()
	all, err := io.ReadAll(response.Body)
	if err != nil {
		r.Fatal(err)
	}
	return response.StatusCode, string(all)
}

func (r *reader) record() (kept progress.Record) {
	r.Helper()
	response, err := r.Get(r.base + "/api/progress")
	if err != nil {
		r.Fatal(err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(&kept); err != nil {
		r.Fatal(err)
	}
	return kept
}

func book(t *testing.T) *progress.Book {
	t.Helper()
	s, err := store.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	b, err := progress.OpenBook(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestProgress(t *testing.T) {
	r := read(t, book(t))
	if kept := r.record(); kept.Lessons != nil {
		t.Errorf("%+v is kept before anything was done", kept)
	}
	tests := []struct {
		name, body string
		status     int
		code       string
	}{
		{"a visit", `{"lesson":"endpoints/two-programs","did":"visit"}`, 204, ""},
		{"a run", `{"lesson":"endpoints/two-programs","did":"run"}`, 204, ""},
		{"no such lesson", `{"lesson":"none/such","did":"visit"}`, 404, "not-found"},
		{"no such deed", `{"lesson":"endpoints/two-programs","did":"fly"}`, 400, "bad-request"},
		{"no such question", `{"lesson":"endpoints/two-programs","did":"answer","question":"none","choice":"1"}`, 404, "not-found"},
		{"a field too many", `{"lesson":"endpoints/two-programs","did":"visit","right":true}`, 400, "bad-request"},
		{"too much", `{"lesson":"` + strings.Repeat("x", 8<<10) + `"}`, 413, "too-large"},
		{"not JSON", `visit`, 400, "bad-request"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if status, code := r.tell(http.MethodPost, tt.body); status != tt.status || code != tt.code {
				t.Errorf("%d %s, want %d %s", status, code, tt.status, tt.code)
			}
		})
	}
	kept := r.record()
	if l := kept.Lessons["endpoints/two-programs"]; l == nil || l.Ran == nil || l.Visited.IsZero() || len(kept.Lessons) != 1 {
		t.Errorf("%+v is kept", kept)
	}
	other := read(t, book(t))
	if kept := other.record(); kept.Lessons != nil {
		t.Errorf("another browser is told %+v", kept)
	}
	if status, _ := r.tell(http.MethodDelete, ""); status != 204 {
		t.Errorf("erase: %d", status)
	}
	if kept := r.record(); kept.Lessons != nil {
		t.Errorf("%+v is kept after it was erased", kept)
	}
}

// TestBelieved: the last wrong answer is in what a learner can download, and
// on the page, where it is overcome once the answer is right.
func TestBelieved(t *testing.T) {
	r := read(t, book(t))
	c, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	l, _ := c.Lesson("en", "endpoints", "two-programs")
	var q progress.Question
	for _, asked := range progress.Questions(l) {
		if !asked.Predict {
			q = asked
			break
		}
	}
	truth, _ := q.Truth()
	wrong := slices.IndexFunc(q.Choices, func(c lessons.Choice) bool { return c.Key != truth })
	say := func(choice string) {
		t.Helper()
		if status, code := r.tell(http.MethodPost, fmt.Sprintf(`{"lesson":"endpoints/two-programs","did":"answer","question":%q,"choice":%q}`, q.ID, choice)); status != 204 {
			t.Fatal(status, code)
		}
	}
	page := func(lang string) string {
		_, body := r.page("/" + lang + "/progress")
		_, body, _ = strings.Cut(body, `data-testid="beliefs"`)
		return body
	}
	say(q.Choices[wrong].Key)
	for lang, want := range map[string]string{"en": "0 of 1 overcome", "ko": "1개 가운데 0개"} {
		if body := page(lang); !strings.Contains(body, want) || !strings.Contains(body, "/"+lang+"/endpoints/two-programs#quiz-"+q.ID) {
			t.Errorf("%s: no %q in %s", lang, want, body)
		}
	}
	say(truth)
	if body := page("en"); !strings.Contains(body, "1 of 1 overcome") || !strings.Contains(body, q.Choices[wrong].Text) {
		t.Errorf("answered right: %s", body)
	}
	a := r.record().Lessons["endpoints/two-programs"].Answers[q.ID]
	if a == nil || a.Choice != truth || a.Believed == nil || a.Believed.Choice != q.Choices[wrong].Key || a.Believed.Truth != truth || a.Believed.At.IsZero() {
		t.Errorf("%+v is told", a)
	}
}

// TestPredictionNeedsItsRun: only a run says which choice was right.
func TestPredictionNeedsItsRun(t *testing.T) {
	r := read(t, book(t))
	predict := `"lesson":"handshake/three-way","did":"answer","question":"third-packet","choice":"client=ESTABLISHED,server=SYN_RECV"`
	for body, want := range map[string]string{
		`{` + predict + `,"sandbox":"none"}`:                                                              "404 unknown-sandbox",
		`{` + predict + `,"sandbox":"none","review":true}`:                                                "404 not-found", // it was never answered
		`{"lesson":"handshake/three-way","did":"answer","question":"none","choice":"x","sandbox":"none"}`: "404 not-found",
	} {
		if status, code := r.tell(http.MethodPost, body); fmt.Sprint(status, " ", code) != want {
			t.Errorf("%s: %d %s, want %s", body, status, code, want)
		}
	}
}

// TestUnreadable: what is kept of a learner and cannot be read is said, left
// as it is, and never told as if it were nothing.
func TestUnreadable(t *testing.T) {
	tests := []struct{ name, kept string }{
		{"cut off", `{"version":1,"lessons":{"endpoints/two-pro`},
		{"null", `null`},
		{"of another kind", `{"version":1,"lessons":[]}`},
		{"of a newer program", `{"version":2,"lessons":{}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := store.Open(t.Context(), t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(s.Close)
			b, err := progress.OpenBook(t.Context(), s)
			if err != nil {
				t.Fatal(err)
			}
			r := read(t, b)
			r.tell(http.MethodPost, `{"lesson":"endpoints/two-programs","did":"visit"}`)
			bucket, word := r.kept(s)
			_, revision, err := bucket.Get(t.Context(), word)
			if err != nil || bucket.Put(t.Context(), word, []byte(tt.kept), revision) != nil {
				t.Fatal(err)
			}
			if status, code := r.tell(http.MethodPost, `{"lesson":"endpoints/two-programs","did":"run"}`); status != 503 || code != "unreadable" {
				t.Errorf("a deed: %d %s", status, code)
			}
			if status, code := r.tell(http.MethodGet, ""); status != 503 || code != "unreadable" {
				t.Errorf("export: %d %s", status, code)
			}
			for path, want := range map[string]string{
				"/en/progress": "this server cannot read", "/ko/progress": "이 서버가 읽지 못합니다", "/en/": "cannot be read at present",
				"/ko/": "지금 읽을 수 없습니다", "/en/endpoints/two-programs": "<h1>",
			} {
				if status, body := r.page(path); status != 200 || !strings.Contains(body, want) || strings.Contains(body, "data-testid=\"nothing-kept\"") {
					t.Errorf("%s: %d, does not say %q", path, status, want)
				}
			}
			if value, _, err := bucket.Get(t.Context(), word); string(value) != tt.kept || err != nil {
				t.Errorf("%s is kept now, %v", value, err)
			}
			if status, _ := r.tell(http.MethodDelete, ""); status != 204 {
				t.Errorf("erase: %d", status)
			}
			if status, code := r.tell(http.MethodPost, `{"lesson":"endpoints/two-programs","did":"visit"}`); status != 204 || len(r.record().Lessons) != 1 {
				t.Errorf("begun anew: %d %s, %+v", status, code, r.record())
			}
		})
	}
}

// kept is where the reader's record is kept, and under which word.
func (r *reader) kept(s *store.Store) (b *store.Bucket, word string) {
	r.Helper()
	b, err := s.Bucket(r.Context(), "progress", store.Bounds{Value: 256 << 10, All: 4 << 30})
	if err != nil {
		r.Fatal(err)
	}
	base, err := url.Parse(r.base)
	if err != nil {
		r.Fatal(err)
	}
	for _, c := range r.Jar.Cookies(base) {
		if c.Name == "learner" {
			word = c.Value
		}
	}
	return b, word
}

// TestNothingIsKept: without a store the course goes on and says so.
func TestNothingIsKept(t *testing.T) {
	r := read(t, nil)
	if status, code := r.tell(http.MethodPost, `{"lesson":"endpoints/two-programs","did":"visit"}`); status != 503 || code != "not-kept" {
		t.Errorf("%d %s", status, code)
	}
	if status, code := r.tell(http.MethodGet, ""); status != 503 || code != "not-read" {
		t.Errorf("export: %d %s", status, code)
	}
	for path, want := range map[string]string{"/en/progress": "keeps no progress at present", "/ko/progress": "기록을 남기지 못합니다", "/en/endpoints/two-programs": "<h1>"} {
		if _, body := get(t, r.base+path); !strings.Contains(body, want) {
			t.Errorf("%s does not say %q", path, want)
		}
	}
}

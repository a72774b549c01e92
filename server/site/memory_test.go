package site_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"fivetuple/lessons"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/server/live"
	"fivetuple/server/site"
)

// slowReader is a browser that reads nothing of an answer until it is told to.
type slowReader struct {
	*httptest.ResponseRecorder
	begin       sync.Once
	begun, read chan struct{} // closed when there is something to read, and when it is read
	longest     int           // piece that was sent at once
}

func newSlowReader() *slowReader {
	return &slowReader{ResponseRecorder: httptest.NewRecorder(), begun: make(chan struct{}), read: make(chan struct{})}
}

func (r *slowReader) Write(b []byte) (int, error) {
	r.begin.Do(func() { close(r.begun) })
	<-r.read
	r.longest = max(r.longest, len(b))
	return r.ResponseRecorder.Write(b)
}

// large is a site with so much memory and a run of a MiB, and the address of
// that. It must be called, and all must be closed, within a bubble.
func large(t *testing.T, c *lessons.Course, memory int64) (pages *site.Site, run string, all *live.Sandboxes) {
	t.Helper()
	s := newScript()
	all = live.New(func(ctx context.Context, _ *lab.Lab) (live.Run, error) {
		context.AfterFunc(ctx, func() { s.Stop(event.EndShutdown) })
		return s, nil
	}, live.DefaultLimits())
	pages = site.New(site.Config{Course: c, Sandboxes: all, Log: slog.New(slog.DiscardHandler), Memory: memory, Stop: t.Context()})
	started := httptest.NewRecorder()
	pages.ServeHTTP(started, httptest.NewRequest(http.MethodPost, "/api/sandboxes", strings.NewReader(`{"lab":"u/l"}`)))
	_, rest, _ := strings.Cut(started.Body.String(), `"id":"`)
	id, _, ok := strings.Cut(rest, `"`)
	if !ok {
		t.Fatal(started.Body)
	}
	for i := range 64 {
		s.events <- fmt.Appendf(nil, `{"seq":%d,"t":%d,"kind":"print","program":"client","text":%q}`, i+1, i+1, strings.Repeat("x", 16<<10))
	}
	synctest.Wait() // until the last is recorded
	return pages, "/api/sandboxes/" + id, all
}

// ask asks from an address.
func ask(pages *site.Site, w http.ResponseWriter, path, address, lang string) {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.RemoteAddr = address
	r.Header.Set("Accept-Language", lang)
	pages.ServeHTTP(w, r)
}

// TestBusy: who reads slowly takes memory, of which one client may have half.
// What there is none for is told so, in the reader's language, and others are
// served.
func TestBusy(t *testing.T) {
	c := course(t)
	tests := []struct{ path, lang, says string }{
		{"/recording.json", "en", "no memory for one more"},
		{"/recording.pcapng", "ko", "하나를 더 읽을 메모리가 없습니다"},
		{"/recording.txt", "en", "no memory for one more"},
		{"/answers/first", "ko", "하나를 더 읽을 메모리가 없습니다"},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				pages, run, all := large(t, c, 8<<20)
				slow := newSlowReader()
				var reading sync.WaitGroup
				reading.Go(func() { ask(pages, slow, run+"/recording.txt", "192.0.2.1:1", "en") })
				<-slow.begun

				refused := httptest.NewRecorder()
				ask(pages, refused, run+tt.path, "192.0.2.1:2", tt.lang)
				if body := refused.Body.String(); refused.Code != http.StatusServiceUnavailable || refused.Header().Get("Retry-After") == "" ||
					!strings.Contains(body, `"busy"`) || !strings.Contains(body, tt.says) {
					t.Errorf("%d %.200s", refused.Code, body)
				}
				other := httptest.NewRecorder()
				if ask(pages, other, run+tt.path, "198.51.100.7:1", tt.lang); other.Code != http.StatusOK {
					t.Errorf("another client: %d %.200s", other.Code, other.Body)
				}
				var waiting sync.WaitGroup
				served := httptest.NewRecorder()
				waiting.Go(func() { ask(pages, served, run+tt.path, "192.0.2.1:3", tt.lang) })
				synctest.Wait()
				close(slow.read)
				reading.Wait()
				waiting.Wait()
				if served.Code != http.StatusOK || slow.Code != http.StatusOK {
					t.Errorf("%d for one who waited, %d for the slow one", served.Code, slow.Code)
				}
				all.Close()
			})
		})
	}
}

// TestRecordingIsSentAsItIsMade: nobody holds it as a whole.
func TestRecordingIsSentAsItIsMade(t *testing.T) {
	c := course(t)
	synctest.Test(t, func(t *testing.T) {
		pages, run, all := large(t, c, 0)
		w := newSlowReader()
		close(w.read)
		ask(pages, w, run+"/recording.json", "192.0.2.1:1", "en")
		if w.Body.Len() < 1<<20 || w.longest > 64<<10 {
			t.Errorf("%d of %d bytes at once", w.longest, w.Body.Len())
		}
		all.Close()
	})
}

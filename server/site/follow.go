package site

import (
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"fivetuple/lessons"
)

// Follower is a site that follows the files of its course: whenever a page
// is asked for, it looks whether one of them has changed.
type Follower struct {
	folder *lessons.Folder

	mu   sync.Mutex // guards site
	site *Site      // of the course as it was read last
}

// Follow is a site of the course in folder, in the place of that of c. As
// with [New], [Follower.Wait] must be called in the end.
func Follow(c Config, folder *lessons.Folder) *Follower {
	c.Course, _ = folder.Course()
	f := &Follower{folder: folder}
	f.site = New(c).with(f, c.Course, nil)
	return f
}

// ServeHTTP answers one request.
func (f *Follower) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.now(isPage(r.URL.Path)).ServeHTTP(w, r)
}

// Wait waits until every stream has been closed.
func (f *Follower) Wait() { f.now(false).Wait() }

// isPage says whether the course stands at an address. What a page asks for
// afterwards is answered from the course of which that page is.
func isPage(path string) bool {
	return !strings.HasPrefix(path, "/static/") && !strings.HasPrefix(path, "/api/")
}

// now is the site of the course as it is, or as it was read last.
func (f *Follower) now(look bool) *Site {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !look {
		return f.site
	}
	course, faults := f.folder.Course()
	if course != f.site.Course || !slices.Equal(faults, f.site.faults) || f.folder.Edition() != f.site.edition {
		f.site = f.site.with(f, course, faults)
		for _, fault := range faults { // also for an author whose pages come by way of a proxy
			f.site.Log.Warn("course", "place", fault.Place(), "fault", fault.Text)
		}
	}
	return f.site
}

// with is the same site, its runs and streams, of the course that f follows;
// faults are what is wrong with the files since.
func (s *Site) with(f *Follower, course *lessons.Course, faults []lessons.Fault) *Site {
	next := *s
	next.faults, next.author, next.edition = faults, f, f.folder.Edition()
	if course != s.Course {
		next.Course, next.indexes = course, indexed(course)
	}
	next.route()
	return &next
}

// authored says whether a request is of the author of the course: from this
// machine, to a name of this machine, and by no proxy. Others to whom the
// course is served are learners.
func (s *Site) authored(r *http.Request) bool {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	return s.author != nil && err == nil && from.Addr().Unmap().IsLoopback() && isLoopback(hostName(r)) &&
		r.Header.Get("X-Forwarded-For") == "" && r.Header.Get("Forwarded") == "" && r.Header.Get("Via") == ""
}

// isLoopback says whether a name, or an address, is of the machine itself.
func isLoopback(name string) bool {
	address, err := netip.ParseAddr(name)
	return name == "localhost" || err == nil && address.Unmap().IsLoopback()
}

// forAuthor answers the author alone.
func (s *Site) forAuthor(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !s.authored(r) {
			s.fail(w, r, lang(r), errNotFound)
			return
		}
		next(w, r)
	}
}

// lookEvery is how often it is looked whether files have changed while an
// author has a page open.
const lookEvery = 300 * time.Millisecond

// editions tells the open page of an author each edition of the course that
// is not its own. An edition counts when it is found twice: an editor saves in
// several steps.
func (s *Site) editions(w http.ResponseWriter, r *http.Request) {
	control := http.NewResponseController(w)
	for _, set := range []func(time.Time) error{control.SetReadDeadline, control.SetWriteDeadline} {
		if err := set(time.Time{}); err != nil { // it lasts as long as the page
			s.fail(w, r, lang(r), err)
			return
		}
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for told, last := r.URL.Query().Get("of"), ""; ; {
		now := s.author.now(true).edition
		if now != told && now == last {
			fmt.Fprintf(w, "data: %s\n\n", now) // a browser that is gone ends the request
			told = now
		}
		last = now
		if control.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-s.Stop.Done():
			return
		case <-look.C:
		}
	}
}

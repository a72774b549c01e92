package site

import (
	"net/http"
	"slices"
	"strings"
	"sync"

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
	return &Follower{folder: folder, site: New(c)}
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
	if course != f.site.Course || !slices.Equal(faults, f.site.faults) {
		f.site = f.site.with(course, faults)
	}
	return f.site
}

// with is the same site, its runs and streams, of another course; faults are
// what is wrong with the files since.
func (s *Site) with(course *lessons.Course, faults []lessons.Fault) *Site {
	next := *s
	next.faults = faults
	if course != s.Course {
		next.Course, next.indexes = course, indexed(course)
	}
	next.route()
	return &next
}

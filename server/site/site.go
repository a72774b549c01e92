// Package site is the HTTP of the course: pages, the API that starts
// sandboxes, and the WebSocket that streams a run's events.
//
// Close codes of the stream:
//
//	1000  the end event has been sent
//	1001  the server is going away
//	1007  a message that is no command, or not text
//	1008  more messages than a hand can send (50 a second)
//	1009  a message longer than event.MaxCommand
//	4404  no such sandbox: a page cannot see the status of a refused
//	      handshake, so the stream is opened and closed
//
// A handshake from a foreign Origin is refused with 403 and not upgraded.
package site

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/gorilla/websocket"

	"fivetuple/lessons"
	"fivetuple/lessons/search"
	"fivetuple/sandbox"
	"fivetuple/sandbox/lab"
	"fivetuple/server/frames"
	"fivetuple/server/live"
	"fivetuple/server/progress"
	"fivetuple/server/runs"
	"fivetuple/static"
	"fivetuple/web"
	"fivetuple/web/text"
)

// Config is what a site serves.
type Config struct {
	Course    *lessons.Course
	Sandboxes *live.Sandboxes
	Abilities []sandbox.Ability // what works on this machine
	Languages []string          // endings of the programs that can be run here; all when empty
	Hosts     []string          // names by which the site may be addressed; any when empty
	Log       *slog.Logger
	Progress  *progress.Book  // nil when nothing is kept
	Runs      *runs.Shelf     // nil as well
	Memory    int64           // bytes that answers made of runs take at once, half of it for one client; 512 MiB when 0
	Linked    int             // bytes of runs, packed, that one client may have kept at once; 32 MiB when 0
	Stop      context.Context // when it ends, streams are closed with 1001
}

// Site answers requests.
type Site struct {
	Config
	upgrader websocket.Upgrader
	faults   []lessons.Fault // of the course's files, since Course was read
	author   *Follower       // follows the files of an author's own course; nil otherwise
	edition  string          // of those files
	starts   *limiter
	keeps    *limiter
	links    *limiter
	linked   *limiter // bytes
	memory   *memory
	streams  *sync.WaitGroup
	read     *frames.Logs                    // of streams on which a page reads along
	indexes  map[string]func() *search.Index // by language, made when first asked
	router   http.Handler
}

// New is a site. Its streams outlive the server that accepted them:
// [Site.Wait] must be called after that has been shut down.
func New(c Config) *Site {
	s := &Site{
		Config: c, indexes: indexed(c.Course), streams: &sync.WaitGroup{}, read: &frames.Logs{}, memory: newMemory(c.Memory),
		starts: newLimiter(startsPerSecond, startsAtOnce), keeps: newLimiter(keepsPerSecond, keepsAtOnce), links: newLimiter(linksPerSecond, linksAtOnce),
		linked:   newLimiter(linkedPerSecond, cmp.Or(c.Linked, linkedAtOnce)),
		upgrader: websocket.Upgrader{ReadBufferSize: 1024, WriteBufferSize: 4096}, // its own CheckOrigin asks for the same host
	}
	s.route()
	return s
}

// indexed is the search of a course, by language.
func indexed(c *lessons.Course) map[string]func() *search.Index {
	indexes := map[string]func() *search.Index{}
	for _, lang := range c.Langs {
		indexes[lang] = sync.OnceValue(func() *search.Index { return search.New(c, lang) })
	}
	return indexes
}

// inLang is how the address of a page begins. The expression is whole: chi
// puts ^ and $ at its ends only.
const inLang = "/{lang:^(?:en|ko)$}"

// route says what answers which address.
func (s *Site) route() {
	router := chi.NewRouter()
	s.router = router
	router.Use(s.addressed, s.recovered, middleware.GetHead)
	// The stream stands outside everything that wraps the response.
	router.Get("/api/sandboxes/{id}/stream", s.stream)
	router.Handle("/static/*", static.Handler()) // forty to a page: they have the headers they need
	router.Group(func(r chi.Router) {
		r.Use(headers)
		r.Get("/healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
		r.Get("/readyz", s.ready)
		r.Mount("/api", s.guarded(s.api()))
		r.Get("/", s.home)
		r.Get(inLang, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/"+chi.URLParam(r, "lang")+"/", http.StatusMovedPermanently)
		})
		r.Get(inLang+"/", s.course)
		r.Get(inLang+"/progress", s.progress)
		r.Get(inLang+"/glossary", s.glossary)
		r.Get(inLang+"/sources", s.sources)
		r.Get(inLang+"/errata", s.errata)
		r.Get(inLang+"/search", s.search)
		r.Get(inLang+"/gallery", s.gallery)
		r.With(s.guarded).Post(inLang+"/theme", s.chooseTheme)
		r.Get(inLang+"/runs", s.runs)
		r.Get(inLang+"/runs/{id}", s.run)
		r.With(s.guarded).Post(inLang+"/runs/{id}/remove", s.removeRun)
		r.Get(inLang+"/{unit}/{lesson}", s.lesson)
		r.NotFound(s.notFound)
		r.MethodNotAllowed(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Allow", strings.Join(allowed(router, r.URL.Path), ", "))
			s.errorPage(w, r, http.StatusMethodNotAllowed)
		})
	})
}

// allowed are the methods by which an address can be asked for.
//
// Source: RFC 9110, section 15.5.6.
func allowed(routes chi.Routes, path string) (methods []string) {
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
		if routes.Match(chi.NewRouteContext(), method, path) {
			methods = append(methods, method)
		}
	}
	if slices.Contains(methods, http.MethodGet) {
		methods = append(methods, http.MethodHead)
	}
	return methods
}

// ServeHTTP answers one request.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.router.ServeHTTP(w, r) }

// Wait waits until every stream has been closed. A server's Shutdown does
// not: it knows nothing of connections that were upgraded.
func (s *Site) Wait() { s.streams.Wait() }

func (s *Site) ready(w http.ResponseWriter, _ *http.Request) {
	if s.Stop.Err() != nil {
		http.Error(w, "stopping", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ready\n"))
}

// contentPolicy lets a page load what the site serves and nothing else.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

// addressed refuses requests for a name that is not the site's: a page of
// another site that has its own name point here must not drive a learner's
// sandboxes.
func (s *Site) addressed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := hostName(r)
		if len(s.Hosts) > 0 && !slices.Contains(s.Hosts, name) {
			http.Error(w, "this server is not "+name, http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// hostName is the name, or the address, that a request asks for, without a
// port.
func hostName(r *http.Request) string {
	name := r.Host
	if host, _, err := net.SplitHostPort(name); err == nil {
		name = host
	}
	return strings.ToLower(strings.Trim(name, "[]"))
}

func (s *Site) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if fault := recover(); fault != nil {
				s.Log.Error("request", "path", r.URL.Path, "fault", fault)
				panic(http.ErrAbortHandler)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

const langCookie = "lang"

// lang is the language of a request whose path names none.
func lang(r *http.Request) string {
	if c, err := r.Cookie(langCookie); err == nil && text.Known(c.Value) {
		return c.Value
	}
	return string(text.Match(r.Header.Get("Accept-Language")))
}

// pathLang is the language that the path names, else that of the reader.
func pathLang(r *http.Request) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if text.Known(first) {
		return first
	}
	return lang(r)
}

func (s *Site) home(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Vary", "Accept-Language, Cookie")
	http.Redirect(w, r, "/"+lang(r)+"/", http.StatusFound)
}

// unavailable says in the reader's language why no lab can run here.
func (s *Site) unavailable(lang string) string {
	for _, a := range s.Abilities {
		if a.Needed && !a.OK {
			return text.For(lang).Unavailable(a.Detail.In(lang), a.Remedy.In(lang))
		}
	}
	return ""
}

// lacks says why a lab cannot run here, in a language; nil when it can.
func (s *Site) lacks(lang string) func(*lab.Lab) *web.Missing {
	return func(l *lab.Lab) *web.Missing {
		if a, lacks := sandbox.Lacks(s.Abilities, l); lacks {
			return &web.Missing{Detail: a.Detail.In(lang), Remedy: a.Remedy.In(lang)}
		}
		return nil
	}
}

func (s *Site) course(w http.ResponseWriter, r *http.Request) {
	lang := chi.URLParam(r, "lang")
	v := web.NewCourseView(s.Course, lang, s.unavailable(lang))
	v.Faults = s.faultsOf(r, anyFault)
	s.marks(&v, r)
	s.page(w, r, http.StatusOK, lang, web.CoursePage(v))
}

func (s *Site) lesson(w http.ResponseWriter, r *http.Request) {
	lang := chi.URLParam(r, "lang")
	l, ok := s.Course.Lesson(lang, chi.URLParam(r, "unit"), chi.URLParam(r, "lesson"))
	if !ok {
		s.notFound(w, r)
		return
	}
	v := web.NewLessonView(l, s.Course, s.lacks(l.Lang))
	v.Languages = s.Languages
	if q := r.URL.Query(); q.Has(web.TextQuery) {
		if err := v.ReadAsText(s.Course, q.Get(web.TextQuery)); err != nil {
			s.Log.Error("recording", "path", r.URL.Path, "error", err)
			s.errorPage(w, r, http.StatusInternalServerError)
			return
		}
	}
	v.Faults = s.faultsOf(r, func(f lessons.Fault) bool { return f.Of(lang, l.Unit, l.Name) })
	record, _ := s.recordOr(r) // the page hears of it when it tells of the visit
	v.Review = s.review(record, lang, l, lessonReviews)
	s.page(w, r, http.StatusOK, lang, web.LessonPage(v))
}

func (s *Site) glossary(w http.ResponseWriter, r *http.Request) {
	lang := chi.URLParam(r, "lang")
	v := web.NewGlossaryView(s.Course, lang)
	v.Faults = s.faultsOf(r, func(f lessons.Fault) bool { return f.File == lessons.GlossaryFile })
	s.page(w, r, http.StatusOK, lang, web.GlossaryPage(v))
}

func (s *Site) sources(w http.ResponseWriter, r *http.Request) {
	lang := chi.URLParam(r, "lang")
	s.page(w, r, http.StatusOK, lang, web.SourcesPage(web.NewSourcesView(s.Course, lang)))
}

func (s *Site) errata(w http.ResponseWriter, r *http.Request) {
	lang := chi.URLParam(r, "lang")
	s.page(w, r, http.StatusOK, lang, web.ErrataPage(web.NewErrataView(s.Course, lang)))
}

func (s *Site) search(w http.ResponseWriter, r *http.Request) {
	lang := chi.URLParam(r, "lang")
	s.page(w, r, http.StatusOK, lang, web.SearchPage(web.NewSearchView(s.Course, s.indexes[lang](), lang, r.URL.Query().Get("q"))))
}

func (s *Site) gallery(w http.ResponseWriter, r *http.Request) {
	lang := chi.URLParam(r, "lang")
	s.page(w, r, http.StatusOK, lang, web.GalleryPage(web.NewGalleryView(lang)))
}

func (s *Site) notFound(w http.ResponseWriter, r *http.Request) {
	s.errorPage(w, r, http.StatusNotFound)
}

func (s *Site) errorPage(w http.ResponseWriter, r *http.Request, status int) {
	lang := pathLang(r)
	v := web.NewErrorView(s.Course, lang, status)
	v.Faults = s.faultsOf(r, anyFault) // for one of which there may be no such lesson
	s.page(w, r, status, lang, web.ErrorPage(v))
}

// faultsOf are the faults that concern one page, which its author is shown
// and a learner is not.
func (s *Site) faultsOf(r *http.Request, page func(lessons.Fault) bool) (all []lessons.Fault) {
	if !s.authored(r) {
		return nil
	}
	for _, f := range s.faults {
		if page(f) {
			all = append(all, f)
		}
	}
	return all
}

func anyFault(lessons.Fault) bool { return true }

// component is a page, as far as this package uses it.
type component interface {
	Render(context.Context, io.Writer) error
}

// page renders a whole page before anything is sent, and remembers the
// language that the reader's address names: that of a page without one, such
// as the picture a browser looks for by itself, was a guess.
func (s *Site) page(w http.ResponseWriter, r *http.Request, status int, lang string, c component) {
	var body bytes.Buffer
	ctx := web.WithTheme(r.Context(), theme(r))
	if s.authored(r) {
		ctx = web.WithEdition(ctx, s.edition)
	}
	if err := c.Render(ctx, &body); err != nil {
		s.Log.Error("render", "path", r.URL.Path, "error", err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	if strings.HasPrefix(r.URL.Path, "/"+lang+"/") {
		http.SetCookie(w, &http.Cookie{Name: langCookie, Value: lang, Path: "/", MaxAge: 365 * 24 * 3600, SameSite: http.SameSiteLaxMode, HttpOnly: true})
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	compress(w, r, status, body.Bytes())
}

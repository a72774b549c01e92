package site

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"fivetuple/sandbox"
	"fivetuple/sandbox/check"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/recording"
	"fivetuple/server/forms"
	"fivetuple/server/live"
	"fivetuple/server/progress"
	"fivetuple/server/runs"
	"fivetuple/web/text"
)

// maxRequest is the size in bytes of the largest request to start a sandbox.
const maxRequest = 1 << 20

// guarded lets only pages of this site change something.
func (s *Site) guarded(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.fail(w, r, lang(r), errForeign) }))
	return guard.Handler(next)
}

func (s *Site) api() http.Handler {
	r := chi.NewRouter()
	r.Use(middleware.GetHead) // a router knows the methods of its own addresses only
	r.Post("/sandboxes", s.start)
	for _, f := range forms.All {
		r.Get("/sandboxes/{id}/"+f.Name, s.fetch(f, s.live))
		r.Get("/runs/{id}/"+f.Name, s.fetch(f, s.kept))
	}
	r.Post("/sandboxes/{id}/link", s.linkRun)
	r.Get("/runs/{id}", s.aboutRun)
	r.Get("/recording.schema.json", recordingSchema)
	r.Get("/progress", s.exportProgress)
	r.Post("/progress", s.keep)
	r.Delete("/progress", s.forget)
	r.Get("/sandboxes/{id}/answers/{question}", s.answer)
	r.Get("/sandboxes/{id}/frames", s.frames)
	r.Get("/sandboxes/{id}/grades/{trial}", s.grade)
	r.Get("/editions", s.forAuthor(s.editions))
	r.Get("/sandboxes/{id}/checks", s.forAuthor(s.checks))
	r.Mount("/recordings", s.recordings())
	r.NotFound(func(w http.ResponseWriter, r *http.Request) { s.fail(w, r, lang(r), errNotFound) })
	return r
}

// request is what a page asks for.
type request struct {
	Lab      string            `json:"lab"`
	Lang     string            `json:"lang"`
	Start    lab.Start         `json:"start"`
	Ticket   string            `json:"ticket"` // from an answer that all places are taken
	Wire     event.WireChange  `json:"wire"`
	Timeline *[]lab.WireStep   `json:"timeline"` // in the place of the lab's
	Files    map[string]string `json:"files"`    // by program, where it is not the lab's first: server.c
	Programs map[string]string `json:"programs"` // sources, by program, where they are not the lab's
}

var (
	errRequest    = errors.New("not a request")
	errUnknownLab = errors.New("no such lab")
	errNotFound   = errors.New("no such thing")
	errNoSandbox  = errors.New("no such sandbox")
	errForeign    = errors.New("a page of another site")
	errTooMany    = errors.New("too many requests")
	errNotRead    = errors.New("progress cannot be told")
	errManyLinks  = errors.New("too many links")
	errLargeLinks = errors.New("links to too many bytes")
)

// failures says how each error is told: its status and its code, whose
// message is in the reader's language.
var failures = []struct {
	err    error
	status int
	code   string
}{
	{errRequest, http.StatusBadRequest, "bad-request"},
	{errUnknownLab, http.StatusNotFound, "unknown-lab"},
	{errNotFound, http.StatusNotFound, "not-found"},
	{errNoSandbox, http.StatusNotFound, "unknown-sandbox"},
	{errForeign, http.StatusForbidden, "cross-origin"},
	{errTooMany, http.StatusTooManyRequests, "too-many"},
	{progress.ErrNotKept, http.StatusServiceUnavailable, "not-kept"},
	{errNotRead, http.StatusServiceUnavailable, "not-read"},               // also not kept
	{progress.ErrUnreadable, http.StatusServiceUnavailable, "unreadable"}, // also not kept
	{progress.ErrNotErased, http.StatusServiceUnavailable, "not-erased"},
	{progress.ErrUnknown, http.StatusNotFound, "not-found"},
	{errManyLinks, http.StatusTooManyRequests, "too-many-links"},
	{errLargeLinks, http.StatusTooManyRequests, "large-links"},
	{errBusy, http.StatusServiceUnavailable, "busy"},
	{runs.ErrNotKept, http.StatusServiceUnavailable, "no-links"},
	{runs.ErrUnknown, http.StatusNotFound, "unknown-run"},
	{runs.ErrEmpty, http.StatusConflict, "empty-run"},
	{runs.ErrTooLarge, http.StatusRequestEntityTooLarge, "large-run"},
	{runs.ErrOwnFull, http.StatusInsufficientStorage, "own-links-full"},
	{runs.ErrAllFull, http.StatusInsufficientStorage, "all-links-full"},
	{errNoRecording, http.StatusNotFound, "unknown-recording"},
	{recording.ErrNewer, http.StatusNotImplemented, "newer-run"},
	{recording.ErrBroken, http.StatusInternalServerError, "broken-run"},
	{live.ErrLong, http.StatusTooManyRequests, "too-many"},
	{live.ErrOwn, http.StatusTooManyRequests, "own-full"},
	{live.ErrClosed, http.StatusServiceUnavailable, "stopping"},
}

// logged are the codes of what whoever runs the server must know. That
// nothing is kept at all was said when it started.
var logged = []string{"internal", "not-kept", "not-read", "unreadable", "not-erased", "no-links", "all-links-full", "broken-run"}

// failure is the status and the code of an error.
func failure(err error) (status int, code string) {
	status, code = http.StatusInternalServerError, "internal"
	for _, f := range failures {
		if errors.Is(err, f.err) {
			status, code = f.status, f.code
		}
	}
	return status, code
}

func (s *Site) fail(w http.ResponseWriter, r *http.Request, lang string, err error) {
	status, code := failure(err)
	if code == "busy" {
		w.Header().Set("Retry-After", strconv.Itoa(int(askAgain.Seconds())))
	}
	message := ""
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		status, code = http.StatusRequestEntityTooLarge, "too-large"
	}
	var unavailable *sandbox.UnavailableError
	if errors.As(err, &unavailable) {
		status, code = http.StatusServiceUnavailable, "unavailable"
		message = text.For(lang).Unavailable(unavailable.Ability.Detail.In(lang), unavailable.Ability.Remedy.In(lang))
	}
	detail := detail(err)
	var refused *event.RefusalError
	if errors.As(err, &refused) {
		detail = text.For(lang).Refusal(refused)
		message = detail
	}
	if message == "" {
		message = text.For(lang).APIError(code)
	}
	if slices.Contains(logged, code) && err != progress.ErrNotKept && err != runs.ErrNotKept {
		s.Log.Error("request", "path", r.URL.Path, "error", err)
	}
	answer(w, status, map[string]any{"error": map[string]string{"code": code, "message": message, "detail": detail}})
}

// detail is what the author of a program wants to know of a bad request.
func detail(err error) string {
	if errors.Is(err, errRequest) {
		return err.Error()
	}
	return ""
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // a browser that is gone needs no answer
}

func (s *Site) start(w http.ResponseWriter, r *http.Request) {
	var q request
	if err := decode(http.MaxBytesReader(w, r.Body, maxRequest), &q); err != nil {
		s.fail(w, r, lang(r), fmt.Errorf("%w: %w", errRequest, err))
		return
	}
	if !text.Known(q.Lang) {
		q.Lang = lang(r)
	}
	l, err := s.lab(q)
	if err != nil {
		s.fail(w, r, q.Lang, err)
		return
	}
	run, err := s.Sandboxes.Start(l, live.Ask{
		Owner: learner(w, r), Address: client(r), May: func() bool { return s.starts.allow(r) }, Ticket: q.Ticket,
	})
	var full *live.FullError
	if errors.As(err, &full) {
		inLine(w, q.Lang, full)
		return
	}
	if err != nil {
		s.fail(w, r, q.Lang, err)
		return
	}
	answer(w, http.StatusCreated, map[string]string{"id": run.ID(), "stream": "/api/sandboxes/" + run.ID() + "/stream"})
}

// decode reads one JSON value and nothing else.
func decode(from io.Reader, v any) error {
	d := json.NewDecoder(from)
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return misread(err)
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("something follows it")
	}
	return nil
}

// lab is the lab that a request asks for, as the learner has set it.
func (s *Site) lab(q request) (*lab.Lab, error) {
	found, ok := s.Course.Lab(q.Lab)
	if !ok {
		return nil, errUnknownLab
	}
	l := *found
	l.Programs = append([]lab.Program(nil), found.Programs...)
	if q.Start != "" {
		l.Start = q.Start
	}
	l.Wire = q.Wire.Apply(l.Wire)
	if q.Timeline != nil {
		l.Timeline = *q.Timeline
	}
	for i := range l.Programs {
		p := &l.Programs[i]
		if file, ok := q.Files[p.Name]; ok && !p.Choose(file) {
			return nil, fmt.Errorf("%w: program %s has no file %q", errRequest, p.Name, file)
		}
		delete(q.Files, p.Name)
		if source, ok := q.Programs[p.Name]; ok {
			p.Source = []byte(source)
			delete(q.Programs, p.Name)
		}
	}
	for name := range q.Files {
		return nil, fmt.Errorf("%w: %w", errRequest, event.NoneOf("program", name, found.ProgramNames()...))
	}
	for name := range q.Programs {
		return nil, fmt.Errorf("%w: %w", errRequest, event.NoneOf("program", name, found.ProgramNames()...))
	}
	if err := l.Validate(); err != nil {
		return nil, fmt.Errorf("%w: %w", errRequest, err)
	}
	return &l, nil
}

func (s *Site) answer(w http.ResponseWriter, r *http.Request) {
	key, err := s.truth(r, chi.URLParam(r, "id"), chi.URLParam(r, "question"))
	if err != nil {
		s.fail(w, r, lang(r), err)
		return
	}
	if key == "" {
		answer(w, http.StatusOK, map[string]any{"answer": nil})
		return
	}
	answer(w, http.StatusOK, map[string]any{"answer": key})
}

// truth is the choice of a prediction that is right in a run; it is empty
// when the run has not got that far.
func (s *Site) truth(r *http.Request, id, question string) (string, error) {
	run, ok := s.Sandboxes.Find(id)
	if !ok {
		return "", errNoSandbox
	}
	events, hold, err := s.events(r, run)
	if err != nil {
		return "", err
	}
	defer hold.give()
	key, known, err := check.Answer(r.Context(), run.Lab(), events, question)
	if errors.Is(err, check.ErrNoFunction) {
		err = errNotFound
	}
	if err != nil || !known {
		return "", err
	}
	return key, nil
}

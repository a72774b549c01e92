package site

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/recording"
	"fivetuple/server/forms"
	"fivetuple/server/runs"
	"fivetuple/web"
)

// linkRun keeps what has happened in a sandbox so far, and answers with the
// link to it.
func (s *Site) linkRun(w http.ResponseWriter, r *http.Request) {
	link, err := s.keepRun(w, r)
	if err != nil {
		s.fail(w, r, lang(r), err)
		return
	}
	answer(w, http.StatusCreated, map[string]any{"id": link.ID, "path": "/runs/" + link.ID, "events": link.Events, "ended": link.Ended})
}

func (s *Site) keepRun(w http.ResponseWriter, r *http.Request) (runs.Link, error) {
	if s.Runs == nil {
		return runs.Link{}, runs.ErrNotKept
	}
	sandbox, ok := s.Sandboxes.Find(chi.URLParam(r, "id"))
	if !ok {
		return runs.Link{}, errNoSandbox
	}
	if !s.links.allow(r) {
		return runs.Link{}, errManyLinks
	}
	encoded, _ := sandbox.Recording()
	hold, err := s.hold(r, toRead(encoded))
	if err != nil {
		return runs.Link{}, err
	}
	defer hold.give()
	return s.Runs.Keep(r.Context(), learner(w, r), sandbox, func(bytes int) error {
		if !s.linked.allowN(r, bytes) {
			return errLargeLinks
		}
		return nil
	})
}

// load is the run that the path names, with the memory to make something of
// it.
func (s *Site) load(r *http.Request) (*runs.Run, *hold, error) {
	if s.Runs == nil {
		return nil, nil, runs.ErrNotKept
	}
	hold, err := s.hold(r, keptMemory)
	if err != nil {
		return nil, nil, err
	}
	run, err := s.Runs.Load(r.Context(), chi.URLParam(r, "id"))
	if err != nil {
		hold.give()
		return nil, nil, err
	}
	return run, hold, nil
}

func (s *Site) kept(r *http.Request) (told, *hold, error) {
	run, hold, err := s.load(r)
	if err != nil {
		return nil, nil, err // not run: a nil *Run would be told
	}
	return run, hold, nil
}

// aboutRun answers with what is kept of a run beside its events.
func (s *Site) aboutRun(w http.ResponseWriter, r *http.Request) {
	run, hold, err := s.load(r)
	if err != nil {
		s.fail(w, r, lang(r), err)
		return
	}
	hold.give()
	answer(w, http.StatusOK, run.Head)
}

// removeRun takes a run away whose link the same browser made.
func (s *Site) removeRun(w http.ResponseWriter, r *http.Request) {
	lang := chi.URLParam(r, "lang")
	word, known := known(r)
	err := runs.ErrUnknown
	switch {
	case s.Runs == nil:
		err = runs.ErrNotKept
	case known:
		err = s.Runs.Remove(r.Context(), word, chi.URLParam(r, "id"))
	}
	if err != nil {
		s.noRun(w, r, lang, err)
		return
	}
	http.Redirect(w, r, "/"+lang+"/runs", http.StatusSeeOther)
}

// run is the page of a run that is kept. It is nobody's business but those
// who were given the link.
func (s *Site) run(w http.ResponseWriter, r *http.Request) {
	lang := chi.URLParam(r, "lang")
	w.Header().Set("X-Robots-Tag", "noindex")
	run, hold, err := s.load(r)
	if err != nil {
		s.noRun(w, r, lang, err)
		return
	}
	defer hold.give()
	v := web.NewRunView(s.Course, lang, run.Lab(), web.Recorded{
		ID: run.ID, Began: run.Began, Duration: run.Duration, Ended: run.Ended, Events: run.Events,
		Software: run.Made.Software, Kernel: run.Made.Kernel, Vocabulary: event.Version,
	})
	if r.URL.Query().Has(web.TextQuery) {
		encoded, _ := run.Recording()
		events, err := forms.Decode(encoded)
		if err != nil {
			s.noRun(w, r, lang, fmt.Errorf("%w: %w", recording.ErrBroken, err))
			return
		}
		v.ReadAsText(events)
	}
	s.page(w, r, http.StatusOK, lang, held{web.RunPage(v), hold})
}

// held is a page that gives back memory when it is rendered: it has little of
// what it was made of.
type held struct {
	component
	hold *hold
}

func (h held) Render(ctx context.Context, w io.Writer) error {
	defer h.hold.give()
	return h.component.Render(ctx, w)
}

// noRun is the page in the place of a run that cannot be shown.
func (s *Site) noRun(w http.ResponseWriter, r *http.Request, lang string, err error) {
	status, code := failure(err)
	if slices.Contains(logged, code) && err != runs.ErrNotKept {
		s.Log.Error("run", "path", r.URL.Path, "error", err)
	}
	s.page(w, r, status, lang, web.ErrorPage(web.NewRunErrorView(s.Course, lang, status, code)))
}

// runs is the page of the links that a learner has made.
func (s *Site) runs(w http.ResponseWriter, r *http.Request) {
	lang := chi.URLParam(r, "lang")
	v := web.NewRunsView(lang)
	v.Kept = s.Runs != nil
	if word, known := known(r); known && s.Runs != nil {
		links, err := s.Runs.List(r.Context(), word)
		if err != nil {
			s.Log.Error("runs", "error", err)
			v.Kept = false
		}
		for _, l := range links {
			v.Add(l.ID, l.Title, l.Kept, l.Events)
		}
	}
	s.page(w, r, http.StatusOK, lang, web.RunsPage(v))
}

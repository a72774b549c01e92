package site

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/recording/programs"
	"fivetuple/sandbox/recording/strace"
	"fivetuple/server/forms"
)

// told is a run that can be fetched: one of a sandbox, or one that is kept.
type told interface {
	Lab() *lab.Lab
	Recording() (events [][]byte, ended bool)
}

// live is the run of a sandbox.
func (s *Site) live(r *http.Request) (told, error) {
	run, ok := s.Sandboxes.Find(chi.URLParam(r, "id"))
	if !ok {
		return nil, errNoSandbox
	}
	return run, nil
}

// decoded is every event of a run so far.
func decoded(run told) ([]event.Event, error) {
	encoded, _ := run.Recording()
	return forms.Decode(encoded)
}

// fetch answers with a run in this form; find finds it. Of one that is going
// on it holds what has happened so far.
func (s *Site) fetch(form forms.Form, find func(*http.Request) (told, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		run, err := find(r)
		if err != nil {
			s.fail(w, r, lang(r), err)
			return
		}
		encoded, _ := run.Recording()
		var body bytes.Buffer
		if err := write(&body, r.URL.Query().Get("program"), form, forms.Run{Lab: run.Lab(), Encoded: encoded}); err != nil {
			s.fail(w, r, lang(r), fmt.Errorf("%s: %w", form.Name, err))
			return
		}
		w.Header().Set("Content-Type", form.ContentType)
		w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", programs.Name(run.Lab())+"."+form.Name))
		w.Header().Set("Cache-Control", "no-store")
		compress(w, r, http.StatusOK, body.Bytes())
	}
}

// write writes a run in a form; strace's text is that of one program where
// one is named.
func write(w io.Writer, program string, form forms.Form, run forms.Run) error {
	if program == "" || form.Name != "recording.strace.txt" {
		return form.Write(w, run)
	}
	if !slices.ContainsFunc(run.Lab.Programs, func(p lab.Program) bool { return p.Name == program }) {
		return fmt.Errorf("%w: program %q", errNotFound, program)
	}
	events, err := forms.Decode(run.Encoded)
	if err != nil {
		return err
	}
	return strace.Write(w, events, program)
}

// recordingSchema answers with the JSON Schema of recording.json.
func recordingSchema(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/schema+json")
	w.Header().Set("Cache-Control", "no-cache")
	compress(w, r, http.StatusOK, event.Schema)
}

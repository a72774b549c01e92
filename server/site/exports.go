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

// live is the run of a sandbox, with the memory to make something of it.
func (s *Site) live(r *http.Request) (told, *hold, error) {
	run, ok := s.Sandboxes.Find(chi.URLParam(r, "id"))
	if !ok {
		return nil, nil, errNoSandbox
	}
	encoded, _ := run.Recording()
	hold, err := s.hold(r, toRead(encoded))
	return run, hold, err
}

// events is every event of a run so far, with the memory that they take.
func (s *Site) events(r *http.Request, run told) ([]event.Event, *hold, error) {
	encoded, _ := run.Recording()
	hold, err := s.hold(r, toRead(encoded))
	if err != nil {
		return nil, nil, err
	}
	events, err := forms.Decode(encoded)
	if err != nil {
		hold.give()
		return nil, nil, err
	}
	return events, hold, nil
}

// fetch answers with a run in this form; find finds it, with the memory for
// that. Of one that is going on it holds what has happened so far.
func (s *Site) fetch(form forms.Form, find func(*http.Request) (told, *hold, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		run, hold, err := find(r)
		if err != nil {
			s.fail(w, r, lang(r), err)
			return
		}
		defer hold.give()
		encoded, _ := run.Recording()
		all := forms.Run{Lab: run.Lab(), Encoded: encoded}
		if form.Name == "recording.json" { // it is sent as it is made: events are not read for it
			hold.keep(length(encoded) + packMemory) // the run may be let go of meanwhile
			offer(w, form, all.Lab)
			out := compressor(w, r, http.StatusOK)
			_ = form.Write(out, all) // a browser that is gone needs no answer
			_ = out.Close()
			return
		}
		var body bytes.Buffer
		if err := write(&body, r.URL.Query().Get("program"), form, all); err != nil {
			s.fail(w, r, lang(r), fmt.Errorf("%s: %w", form.Name, err))
			return
		}
		hold.keep(int64(body.Cap()) + packMemory)
		offer(w, form, all.Lab)
		compress(w, r, http.StatusOK, body.Bytes())
	}
}

// offer says that the answer is a file.
func offer(w http.ResponseWriter, form forms.Form, l *lab.Lab) {
	w.Header().Set("Content-Type", form.ContentType)
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", programs.Name(l)+"."+form.Name))
	w.Header().Set("Cache-Control", "no-store")
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

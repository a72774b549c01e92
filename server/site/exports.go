package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/recording"
	"fivetuple/sandbox/recording/pcapng"
	"fivetuple/sandbox/recording/programs"
	"fivetuple/sandbox/recording/strace"
	"fivetuple/sandbox/recording/tcpdump"
	"fivetuple/server/live"
	"fivetuple/web/text"
)

// textType is the media type of a form to be read by people.
const textType = "text/plain; charset=utf-8"

// export is a form in which a run can be fetched.
type export struct {
	name, contentType string
	write             func(w io.Writer, r *http.Request, run *live.Sandbox) error
}

// exports are all forms. Of a run that is going on they hold what has
// happened so far.
var exports = []export{
	{"recording.json", "application/json", func(w io.Writer, _ *http.Request, run *live.Sandbox) error {
		encoded, _ := run.Recording()
		return recording.Write(w, run.Lab().Name, encoded)
	}},
	{"recording.pcapng", "application/x-pcapng", fromEvents(pcapng.Write)},
	{"recording.txt", textType, fromEvents(recording.WriteText)},
	{"recording.tcpdump.txt", textType, fromEvents(tcpdump.Write)},
	{"recording.strace.txt", textType, straceText},
	{"programs.zip", "application/zip", func(w io.Writer, _ *http.Request, run *live.Sandbox) error {
		return programs.Write(w, run.Lab(), readme(run.Lab()))
	}},
}

// straceText writes the calls of all programs, or those of ?program=.
func straceText(w io.Writer, r *http.Request, run *live.Sandbox) error {
	program := r.URL.Query().Get("program")
	named := func(p lab.Program) bool { return p.Name == program }
	if program != "" && !slices.ContainsFunc(run.Lab().Programs, named) {
		return fmt.Errorf("%w: program %q", errNotFound, program)
	}
	events, err := decoded(run)
	if err != nil {
		return err
	}
	return strace.Write(w, events, program)
}

// fromEvents is a form that is made of a run's events.
func fromEvents(write func(io.Writer, []event.Event) error) func(io.Writer, *http.Request, *live.Sandbox) error {
	return func(w io.Writer, _ *http.Request, run *live.Sandbox) error {
		events, err := decoded(run)
		if err != nil {
			return err
		}
		return write(w, events)
	}
}

// decoded is every event of a run so far.
func decoded(run *live.Sandbox) ([]event.Event, error) {
	encoded, _ := run.Recording()
	events := make([]event.Event, len(encoded))
	for i, b := range encoded {
		if err := json.Unmarshal(b, &events[i]); err != nil {
			return nil, fmt.Errorf("event %d: %w", i+1, err)
		}
	}
	return events, nil
}

// readme says in every language how to run a lab's programs.
func readme(l *lab.Lab) (all string) {
	var commands []string
	var input [][]string
	for _, step := range programs.Steps(l) {
		commands, input = append(commands, step.Command), append(input, step.Input)
	}
	for i, lang := range text.Langs() {
		if i > 0 {
			all += "\n"
		}
		all += lang.ProgramsReadme(l.Title[string(lang)], programs.HostLines(l), commands, input)
	}
	return all
}

// serve answers with the run in this form.
func (x export) serve(s *Site) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		run, ok := s.Sandboxes.Find(chi.URLParam(r, "id"))
		if !ok {
			s.fail(w, r, lang(r), errNoSandbox)
			return
		}
		var body bytes.Buffer
		if err := x.write(&body, r, run); err != nil {
			s.fail(w, r, lang(r), fmt.Errorf("%s: %w", x.name, err))
			return
		}
		w.Header().Set("Content-Type", x.contentType)
		w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", programs.Name(run.Lab())+"."+x.name))
		w.Header().Set("Cache-Control", "no-store")
		compress(w, r, http.StatusOK, body.Bytes())
	}
}

// recordingSchema answers with the JSON Schema of recording.json.
func recordingSchema(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/schema+json")
	w.Header().Set("Cache-Control", "no-cache")
	compress(w, r, http.StatusOK, event.Schema)
}

// Package forms is the forms in which a run can be fetched as a file, by
// their names: from a live course, and in one that was exported.
package forms

import (
	"encoding/json"
	"fmt"
	"io"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/recording"
	"fivetuple/sandbox/recording/pcapng"
	"fivetuple/sandbox/recording/programs"
	"fivetuple/sandbox/recording/strace"
	"fivetuple/sandbox/recording/tcpdump"
	"fivetuple/web/text"
)

// Run is a run, or what has happened of it so far.
type Run struct {
	Lab     *lab.Lab
	Encoded [][]byte // each event as its sandbox encoded it
}

// Form is one form.
type Form struct {
	Name, ContentType string
	Write             func(io.Writer, Run) error
}

// textType is the media type of a form to be read by people.
const textType = "text/plain; charset=utf-8"

// All are all forms.
var All = []Form{
	{"recording.json", "application/json", func(w io.Writer, r Run) error { return recording.Write(w, r.Lab.Name, r.Encoded) }},
	{"recording.pcapng", "application/x-pcapng", fromEvents(pcapng.Write)},
	{"recording.txt", textType, fromEvents(recording.WriteText)},
	{"recording.tcpdump.txt", textType, fromEvents(tcpdump.Write)},
	{"recording.strace.txt", textType, fromEvents(func(w io.Writer, all []event.Event) error { return strace.Write(w, all, "") })},
	{"programs.zip", "application/zip", func(w io.Writer, r Run) error { return programs.Write(w, r.Lab, readme(r.Lab)) }},
}

// fromEvents is a form that is made of a run's events.
func fromEvents(write func(io.Writer, []event.Event) error) func(io.Writer, Run) error {
	return func(w io.Writer, r Run) error {
		events, err := Decode(r.Encoded)
		if err != nil {
			return err
		}
		return write(w, events)
	}
}

// Decode reads events as they were encoded.
func Decode(encoded [][]byte) ([]event.Event, error) {
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

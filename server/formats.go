package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/recording"
	"fivetuple/sandbox/recording/pcapng"
	"fivetuple/sandbox/recording/strace"
	"fivetuple/sandbox/recording/tcpdump"
)

// format is a form in which run and show write a run.
type format struct {
	name, about string
	binary      bool

	// line is what is written of an event as soon as it is told; where it is
	// absent, whole writes all when the run is over.
	line  func(encoded []byte, e *event.Event) string
	whole func(w io.Writer, run *recorded) error
}

// recorded is a run that is over.
type recorded struct {
	lab     string
	encoded [][]byte
	events  []event.Event
	err     error // of the first event that could not be written
}

// formats are all forms, the first one where none is chosen.
func formats() []format {
	return []format{
		{name: "text", about: "a line for each event", line: func(_ []byte, e *event.Event) string { return recording.Line(e) }},
		{name: "events", about: "JSON lines", line: func(encoded []byte, _ *event.Event) string { return string(encoded) }},
		{name: "json", about: "a recording, as show reads it", whole: func(w io.Writer, r *recorded) error { return recording.Write(w, r.lab, r.encoded) }},
		{name: "strace", about: "the calls, as strace -f -tt -T", whole: func(w io.Writer, r *recorded) error { return strace.Write(w, r.events, "") }},
		{name: "tcpdump", about: "the packets, as TZ=UTC tcpdump -nn -r", whole: func(w io.Writer, r *recorded) error { return tcpdump.Write(w, r.events) }},
		{name: "pcapng", about: "a capture file for Wireshark", binary: true, whole: func(w io.Writer, r *recorded) error { return pcapng.Write(w, r.events) }},
	}
}

// formatNames are the names of all forms, with what they are.
func formatNames() string {
	var all []string
	for _, f := range formats() {
		all = append(all, fmt.Sprintf("%s (%s)", f.name, f.about))
	}
	return strings.Join(all, ", ")
}

// findFormat is the form with this name, if it can be written to stdout.
func findFormat(name string, stdout io.Writer) (format, error) {
	var names []string
	for _, f := range formats() {
		if f.name == name && f.binary && isTerminal(stdout) {
			return f, fmt.Errorf("--format %s is not for a terminal: add > run.%s", name, name)
		}
		if f.name == name {
			return f, nil
		}
		names = append(names, f.name)
	}
	return format{}, fmt.Errorf("--format %q is none of %s", name, strings.Join(names, ", "))
}

// isTerminal says whether w is a terminal: a device that takes characters,
// other than the one that swallows them.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

// tell takes the next event of a run, and writes it where that is done event
// by event.
func (f format) tell(w io.Writer, run *recorded, encoded []byte, e *event.Event) {
	run.encoded = append(run.encoded, encoded)
	if f.line != nil && run.err == nil {
		_, run.err = fmt.Fprintln(w, f.line(encoded, e))
	}
}

// finish writes a run that is over, unless that was done event by event; then
// the error is that of the first event that could not be written.
func (f format) finish(w io.Writer, run *recorded) error {
	err := run.err
	if f.whole != nil {
		err = f.whole(w, run)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", f.name, err)
	}
	return nil
}

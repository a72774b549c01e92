// Package recording is the whole list of events of one run, as a file: the
// JSON document that the server gives out and that can be read again. Its
// packages write the same run in other tools' forms: pcapng, strace's and
// tcpdump's text, and the programs as an archive.
//
// The document is an object with the version of the vocabulary, the name of
// the lab and the events, each as its sandbox encoded it; its JSON Schema is
// [event.Schema]. One that lies beside its lab says before its events when,
// on what and of what it was made, and is packed. What a reader does not know,
// a field, a kind or a phase, is carried through: only a raised version means
// that an older reader would misunderstand.
package recording

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"fivetuple/sandbox/event"
)

// Recording is the events of one run. That of a run that has not ended lacks
// the end event.
type Recording struct {
	Head
	Encoded []json.RawMessage // each event as its sandbox encoded it
	Events  []event.Event     // the same, read
}

// MaxSize is the size in bytes of the largest recording that is read: twice
// what a sandbox may tell by default.
const MaxSize = 128 << 20

// Why a recording cannot be read. One of the two is in the chain of every
// error of [Read] that is not the reader's own.
var (
	ErrBroken = errors.New("not a recording")
	ErrNewer  = errors.New("a recording of a newer format")
)

// document is a recording as it is written.
type document struct {
	Version *int              `json:"version"`
	Lab     string            `json:"lab"`
	Made    *Made             `json:"made"`
	Events  []json.RawMessage `json:"events"`
}

// Read reads a recording. An error says what is wrong with it and, where it
// is one event, with which.
func Read(r io.Reader) (*Recording, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("read recording: %w", err)
	}
	if len(b) > MaxSize {
		return nil, fmt.Errorf("%w: longer than %d MiB", ErrBroken, MaxSize>>20)
	}
	if err := readable(b); err != nil {
		return nil, err
	}
	var d document
	if err := json.Unmarshal(b, &d); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if d.Events == nil {
		return nil, fmt.Errorf("%w: it has no events", ErrBroken)
	}
	rec := &Recording{Head: Head{*d.Version, d.Lab, d.Made}, Encoded: d.Events}
	return rec, rec.parse()
}

// readable sees to it that b says a version that is known. It looks at
// nothing else, which in a newer version may be of any form.
func readable(b []byte) error {
	var only struct {
		Version *int `json:"version"`
	}
	if err := json.Unmarshal(b, &only); err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return known(only.Version)
}

// known sees to it that a version is one that can be read.
func known(v *int) error {
	switch {
	case v == nil:
		return fmt.Errorf("%w: it says no version", ErrBroken)
	case *v < 1:
		return fmt.Errorf("%w: there is no version %d", ErrBroken, *v)
	case *v > event.Version:
		return fmt.Errorf("%w: it is of version %d, and this program reads up to %d; use a newer fivetuple", ErrNewer, *v, event.Version)
	}
	return nil
}

// parse reads the events and sees to it that none is missing.
func (rec *Recording) parse() error {
	rec.Events = make([]event.Event, len(rec.Encoded))
	last := int64(0)
	for i, b := range rec.Encoded {
		e := &rec.Events[i]
		if err := json.Unmarshal(b, e); err != nil {
			return fmt.Errorf("%w: event %d: %w", ErrBroken, i+1, err)
		}
		switch {
		case e.Seq != uint64(i)+1:
			return fmt.Errorf("%w: event %d has the seq %d", ErrBroken, i+1, e.Seq)
		case e.T < last:
			return fmt.Errorf("%w: event %d is earlier than the one before it", ErrBroken, i+1)
		case e.Kind == "":
			return fmt.Errorf("%w: event %d has no kind", ErrBroken, i+1)
		}
		last = e.T
	}
	return nil
}

// Write writes the recording of a run of lab whose events are encoded.
func Write(w io.Writer, lab string, encoded [][]byte) error {
	return write(w, lab, nil, encoded)
}

func write(w io.Writer, lab string, made *Made, encoded [][]byte) error {
	name, err := json.Marshal(lab)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w) // keeps its first error until Flush
	fmt.Fprintf(out, `{"version":%d,"lab":%s,`, event.Version, name)
	if made != nil {
		b, err := json.Marshal(made)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "\"made\":%s,\n", b)
	}
	_, _ = out.WriteString(`"events":[`)
	for i, b := range encoded {
		if i > 0 {
			_, _ = out.WriteString(",\n")
		}
		_, _ = out.Write(b)
	}
	_, _ = out.WriteString("]}\n")
	return out.Flush()
}

// Package runs keeps recordings of runs, each under a link that cannot be
// guessed: what was run, what happened, and nothing of who ran it.
package runs

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/recording"
)

// Version is the version of the form in which a run is kept. It is raised
// when a reader of an older version would misunderstand it.
const Version = 1

// Head is what is kept of a run beside its events.
type Head struct {
	Version  int               `json:"version"`
	Lab      string            `json:"lab"`   // its name: handshake/three-way
	Title    map[string]string `json:"title"` // by language
	Topology lab.Topology      `json:"topology"`
	Hosts    int               `json:"hosts,omitempty"` // of a lan
	Hand     string            `json:"hand,omitempty"`
	Wire     event.Wire        `json:"wire"` // what the wire started with
	Start    lab.Start         `json:"start"`
	Programs []Program         `json:"programs"`

	Began    time.Time     `json:"began"`
	Kept     time.Time     `json:"kept"`
	Ended    bool          `json:"ended"` // false: it was going on when it was kept
	Events   int           `json:"events"`
	Duration time.Duration `json:"duration"` // until its last event
	Made     Made          `json:"made"`
}

// Program is a program as it was run.
type Program struct {
	Name    string   `json:"name"`
	Host    string   `json:"host"`
	File    string   `json:"file,omitempty"`
	Source  string   `json:"source"`
	Command []string `json:"command,omitempty"`
	Input   []string `json:"input,omitempty"`
	After   string   `json:"after,omitempty"` // program for which it waited
}

// Made is on what a run was made.
type Made struct {
	Software string `json:"software"` // version of fivetuple
	Kernel   string `json:"kernel"`   // Linux 6.18.5
}

// Run is a run that was kept.
type Run struct {
	Head
	ID      string
	encoded [][]byte
}

// Recording is every event, encoded, and whether the run had ended.
func (r *Run) Recording() (events [][]byte, ended bool) { return r.encoded, r.Ended }

// Lab is the lab as it was run. It cannot be started: what a recording does
// not need is not kept.
func (r *Run) Lab() *lab.Lab {
	l := &lab.Lab{Name: r.Head.Lab, Title: r.Title, Topology: r.Topology, Hosts: r.Hosts, Hand: r.Hand, Wire: r.Wire, Start: r.Start}
	for _, p := range r.Programs {
		program := lab.Program{Name: p.Name, Host: p.Host, File: p.File, Source: []byte(p.Source), Command: p.Command, Input: p.Input}
		if p.After != "" {
			program.After = &lab.After{Program: p.After}
		}
		l.Programs = append(l.Programs, program)
	}
	return l
}

func newHead(l *lab.Lab) Head {
	h := Head{
		Version: Version, Lab: l.Name, Title: l.Title, Topology: l.Topology, Hosts: l.Hosts, Hand: l.Hand, Wire: l.Wire, Start: l.Start,
	}
	for _, p := range l.Programs {
		program := Program{Name: p.Name, Host: p.Host, File: p.File, Source: string(p.Source), Command: p.Command, Input: p.Input}
		if p.After != nil {
			program.After = p.After.Program
		}
		h.Programs = append(h.Programs, program)
	}
	return h
}

// pack writes a run as it is kept: a line with the head, then the recording
// as it is given out, both packed.
func pack(h Head, encoded [][]byte) ([]byte, error) {
	head, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write(append(head, '\n')) // keeps its first error until Close
	if err := recording.Write(z, h.Lab, encoded); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}

// begin reads the head of what pack has written; the recording is the rest.
// Each error has [recording.ErrBroken] or [recording.ErrNewer] in its chain.
func (h *Head) begin(packed []byte) (rest io.Reader, err error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", recording.ErrBroken, err)
	}
	in := bufio.NewReader(z)
	line, err := in.ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("%w: head: %w", recording.ErrBroken, err)
	}
	return in, h.read(line)
}

// unpack reads what pack has written. Each error has [recording.ErrBroken] or
// [recording.ErrNewer] in its chain.
func unpack(packed []byte) (*Run, error) {
	var run Run
	in, err := run.begin(packed)
	if err != nil {
		return nil, err
	}
	rec, err := recording.Read(in)
	if err != nil && !errors.Is(err, recording.ErrNewer) && !errors.Is(err, recording.ErrBroken) {
		err = fmt.Errorf("%w: %w", recording.ErrBroken, err)
	}
	if err != nil {
		return nil, err
	}
	if len(rec.Encoded) != run.Events {
		return nil, fmt.Errorf("%w: %d events, its head says %d", recording.ErrBroken, len(rec.Encoded), run.Events)
	}
	for _, e := range rec.Encoded {
		run.encoded = append(run.encoded, e)
	}
	return &run, nil
}

// read reads the head. Of a newer one nothing but the version is looked at.
func (h *Head) read(line []byte) error {
	var only struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(line, &only); err != nil {
		return fmt.Errorf("%w: head: %w", recording.ErrBroken, err)
	}
	if only.Version > Version {
		return fmt.Errorf("%w: the run is kept in version %d, and this program reads up to %d", recording.ErrNewer, only.Version, Version)
	}
	if err := json.Unmarshal(line, h); err != nil {
		return fmt.Errorf("%w: head: %w", recording.ErrBroken, err)
	}
	return nil
}

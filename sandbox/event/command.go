package event

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

// Verb says what a [Command] asks for.
type Verb string

// The verbs.
const (
	VerbStep    Verb = "step"    // let Program (all when absent) make the one call it is held before
	VerbRun     Verb = "run"     // let Program (all when absent) run without being held
	VerbPause   Verb = "pause"   // hold Program (all when absent) before its next call
	VerbDeliver Verb = "deliver" // deliver the held packet Packet (the oldest when 0)
	VerbDrop    Verb = "drop"    // drop the held packet Packet (the oldest when 0)
	VerbWire    Verb = "wire"    // change the wire: Mode, Delay, either may be absent
	VerbInput   Verb = "input"   // give Text, a line, to Program's standard input
	VerbEOF     Verb = "eof"     // end Program's standard input
	VerbStop    Verb = "stop"    // end the sandbox
)

// MaxCommand is the size in bytes of the longest command that is read.
const MaxCommand = 4096

// MaxDelay is the longest delay of the wire.
const MaxDelay = 10 * time.Second

// Command is one thing asked of a running sandbox, by the browser or by the
// command line.
type Command struct {
	Verb    Verb   `json:"command"`
	Program string `json:"program,omitempty"`
	Packet  uint64 `json:"packet,omitempty"`
	Mode    string `json:"mode,omitempty"`
	Delay   *int64 `json:"delay,omitempty"` // nanoseconds
	Text    string `json:"text,omitempty"`
	End     End    `json:"end,omitempty"` // of stop, from the server only
}

// ErrCommand is in the chain of every error of [ParseCommand].
var ErrCommand = errors.New("not a command")

// ParseCommand reads one command from a browser's message and refuses what
// no sandbox could obey.
func ParseCommand(b []byte) (Command, error) {
	var c Command
	if len(b) > MaxCommand {
		return c, fmt.Errorf("%w: longer than %d bytes", ErrCommand, MaxCommand)
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return Command{}, fmt.Errorf("%w: %w", ErrCommand, err)
	}
	if _, err := d.Token(); err != io.EOF { // More would take a closing bracket for the end
		return Command{}, fmt.Errorf("%w: something follows it", ErrCommand)
	}
	return c, c.Validate()
}

// Validate says what is wrong with c, if anything is.
func (c Command) Validate() error {
	switch c.Verb {
	case VerbStep, VerbRun, VerbPause, VerbDeliver, VerbDrop, VerbStop:
		return nil
	case VerbInput, VerbEOF:
		if c.Program == "" {
			return fmt.Errorf("%w: %s names no program", ErrCommand, c.Verb)
		}
		return nil
	case VerbWire:
		return c.validateWire()
	}
	return fmt.Errorf("%w: unknown verb %q", ErrCommand, c.Verb)
}

func (c Command) validateWire() error {
	if c.Mode != "" && c.Mode != "flow" && c.Mode != "hold" {
		return fmt.Errorf("%w: wire mode %q is neither flow nor hold", ErrCommand, c.Mode)
	}
	if c.Delay != nil && (*c.Delay < 0 || *c.Delay > int64(MaxDelay)) {
		return fmt.Errorf("%w: wire delay must be from 0 to %v", ErrCommand, MaxDelay)
	}
	return nil
}

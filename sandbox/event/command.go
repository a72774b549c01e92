package event

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Verb says what a [Command] asks for.
type Verb string

// The verbs.
const (
	VerbStep      Verb = "step"      // let Program (all when absent) make the one call it is held before
	VerbRun       Verb = "run"       // let Program (all when absent) run without being held
	VerbPause     Verb = "pause"     // hold Program (all when absent) before its next call
	VerbDeliver   Verb = "deliver"   // deliver the held packet Packet (the oldest when 0), or all of them, and those that come, Until something
	VerbDrop      Verb = "drop"      // drop the held packet Packet (the oldest when 0)
	VerbDuplicate Verb = "duplicate" // make a copy of the held packet Packet, which is held too
	VerbDelay     Verb = "delay"     // let go of the held packet Packet, which arrives after Delay
	VerbEdit      Verb = "edit"      // replace the held packet Packet by Data
	VerbInject    Verb = "inject"    // put Data or Segment on the wire, as if the host From had sent it to To
	VerbWire      Verb = "wire"      // change the wire's settings
	VerbInput     Verb = "input"     // give Text, a line, to Program's standard input
	VerbEOF       Verb = "eof"       // end Program's standard input
	VerbStop      Verb = "stop"      // end the sandbox
)

// MaxCommand is the size in bytes of the longest command that is read.
const MaxCommand = 4096

// MaxFrame is the size in bytes of the longest frame that can be given.
const MaxFrame = 1514

// minFrame is the size in bytes of an Ethernet header, maxPayload that of the
// longest payload of a segment.
const (
	minFrame   = 14
	maxPayload = 1400
)

// Command is one thing asked of a running sandbox, by the browser or by the
// command line.
type Command struct {
	Verb     Verb     `json:"command"`
	Program  string   `json:"program,omitempty"`
	Packet   uint64   `json:"packet,omitempty"`
	Until    *Until   `json:"until,omitempty"` // of deliver; another command about held packets, and one that sets the wire's mode, ends it
	Text     string   `json:"text,omitempty"`
	From     string   `json:"from,omitempty"`
	To       string   `json:"to,omitempty"`
	Data     []byte   `json:"data,omitempty"`     // whole frame, from its Ethernet header; base64
	Checksum string   `json:"checksum,omitempty"` // of Data: mend (default) computes lengths and checksums anew, leave keeps them
	Segment  *Segment `json:"segment,omitempty"`
	End      End      `json:"end,omitempty"` // of stop, from the server only
	WireChange
}

// What may be done with the checksums of a frame.
const (
	ChecksumMend  = "mend"
	ChecksumLeave = "leave"
)

// Segment is a TCP segment or a UDP datagram to be put on the wire. What is
// absent is chosen as a kernel would: the next free identification, a
// window of 64240.
type Segment struct {
	Proto   string   `json:"proto,omitempty"` // tcp (default) or udp
	Src     string   `json:"src"`             // 10.0.0.1:41822
	Dst     string   `json:"dst"`
	Flags   []string `json:"flags,omitempty"` // SYN FIN RST PSH ACK URG ECE CWR
	Seq     uint32   `json:"seq,omitempty"`
	Ack     uint32   `json:"ack,omitempty"`
	Window  *int     `json:"window,omitempty"`
	MSS     int      `json:"mss,omitempty"` // option, with SYN
	Payload string   `json:"payload,omitempty"`
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

// Validate says what is wrong with c, if anything is. Of a verb that is
// known a [*RefusalError] is in the chain.
func (c Command) Validate() error {
	if err := c.validate(); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrCommand, c.Verb, err)
	}
	return nil
}

func (c Command) validate() error {
	switch c.Verb {
	case VerbStep, VerbRun, VerbPause, VerbDrop, VerbDuplicate, VerbStop:
		return nil
	case VerbDeliver:
		return c.validateDelivery()
	case VerbInput, VerbEOF:
		return needed("program", c.Program != "")
	case VerbDelay:
		return cmp.Or(needed("wire.delay", c.Delay != nil), c.WireChange.Validate())
	case VerbWire:
		return c.WireChange.Validate()
	case VerbEdit:
		return c.validateFrame()
	case VerbInject:
		return c.validateInjection()
	}
	return errors.New("unknown verb")
}

func needed(setting string, there bool) error {
	if there {
		return nil
	}
	return &RefusalError{Why: WhyMissing, Setting: setting}
}

func (c Command) validateDelivery() error {
	switch {
	case c.Until == nil:
		return nil
	case c.Packet != 0:
		return &RefusalError{Why: WhyOne, Setting: "until", Choices: []string{"packet", "until"}}
	}
	return c.Until.Validate()
}

func (c Command) validateFrame() error {
	if c.Checksum != "" && c.Checksum != ChecksumMend && c.Checksum != ChecksumLeave {
		return NoneOf("checksum", c.Checksum, ChecksumMend, ChecksumLeave)
	}
	return InRange("data", len(c.Data), minFrame, MaxFrame, Bytes)
}

func (c Command) validateInjection() error {
	switch err := cmp.Or(needed("from", c.From != ""), needed("to", c.To != "")); {
	case err != nil:
		return err
	case c.Segment == nil:
		return c.validateFrame()
	case c.Data != nil:
		return &RefusalError{Why: WhyBoth, Setting: "data"}
	}
	return NotLonger("segment.payload", len(c.Segment.Payload), maxPayload, Bytes)
}

//go:build linux

package worker

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/host"
	"fivetuple/sandbox/packet"
	"fivetuple/sandbox/trace"
	"fivetuple/sandbox/wire"
)

// obey carries out commands as they come. When nobody can give any more the
// process that started us is gone, and so are we.
func (w *worker) obey(commands *json.Decoder) {
	for {
		var c event.Command
		if err := commands.Decode(&c); err != nil {
			w.killPrograms() // they write no more
			w.remove()
			os.Exit(1)
		}
		w.drain()
		if err := w.do(c); err != nil {
			w.refuse(err)
		}
	}
}

// refuse tells that a command was not obeyed, and why.
func (w *worker) refuse(err error) {
	e := event.Event{Kind: event.KindNote, Text: code(err), Error: err.Error()}
	errors.As(err, &e.Refusal)
	w.log.emit(e)
}

// do carries out one command.
func (w *worker) do(c event.Command) error {
	if err := c.Validate(); err != nil {
		return err
	}
	switch c.Verb {
	case event.VerbStep:
		return w.step(c.Program)
	case event.VerbRun:
		return w.each(c.Program, func(p *program) error { w.tracer.Continue(p.Name); return nil })
	case event.VerbPause:
		return w.each(c.Program, func(p *program) error { w.tracer.Pause(p.Name); return nil })
	case event.VerbInput:
		return w.each(c.Program, func(p *program) error { return w.input(p, c.Text) })
	case event.VerbEOF:
		return w.each(c.Program, func(p *program) error { return p.stdin.Close() })
	case event.VerbStop:
		cause := c.End
		if cause == "" {
			cause = event.EndStopped
		}
		w.end(cause)
		return nil
	}
	switch {
	case w.wire != nil:
		return w.handle(c)
	case w.sockets.cut == nil:
		return errNoWire
	case c.Verb != event.VerbWire:
		return errOnlyCut
	}
	return w.set(c.WireChange)
}

// handle carries out a command about the wire.
func (w *worker) handle(c event.Command) error {
	switch c.Verb {
	case event.VerbDeliver:
		if c.Until != nil {
			return w.wire.Until(*c.Until)
		}
		return w.wire.Deliver(c.Packet)
	case event.VerbDrop:
		return w.wire.Drop(c.Packet)
	case event.VerbDuplicate:
		return w.wire.Duplicate(c.Packet)
	case event.VerbDelay:
		return w.wire.Delay(c.Packet, *c.Delay)
	case event.VerbEdit:
		return w.wire.Edit(c.Packet, c.Data, c.Checksum != event.ChecksumLeave)
	case event.VerbInject:
		return w.inject(c)
	case event.VerbWire:
		return w.set(c.WireChange)
	}
	return nil
}

// set changes the wire and tells the settings then in force.
func (w *worker) set(change event.WireChange) error {
	set := w.cutLo
	if w.wire != nil {
		set = w.wire.Set
	}
	now, err := set(change)
	if err == nil {
		w.log.emit(event.Event{Kind: event.KindWire, Wire: &now, Derived: w.wire == nil})
	}
	return err
}

// inject puts a frame or a segment composed by hand on the wire.
func (w *worker) inject(c event.Command) (err error) {
	if err := w.wire.Joins(c.From, c.To); err != nil {
		return err
	}
	frame := c.Data
	switch known := addresses(w.spec.Lab); {
	case c.Segment != nil:
		frame, err = packet.Build(*c.Segment, host.MAC(known[c.From][0]), host.MAC(known[c.To][0]))
	case c.Checksum != event.ChecksumLeave:
		err = packet.Mend(frame)
	}
	if err != nil {
		return err
	}
	return w.wire.Inject(c.From, c.To, frame)
}

// step steps one program, or every one that is held when it has no name.
func (w *worker) step(name string) error {
	if name != "" {
		return w.each(name, func(p *program) error { return w.tracer.Step(p.Name) })
	}
	stepped := false
	for _, p := range w.order {
		stepped = w.tracer.Step(p.Name) == nil || stepped
	}
	if !stepped {
		return trace.ErrNotHeld
	}
	return nil
}

func (w *worker) each(name string, f func(*program) error) error {
	if name != "" {
		p := w.programs[name]
		if p == nil {
			return fmt.Errorf("%w: %w", errNoProgram, event.NoneOf("program", name, w.spec.Lab.ProgramNames()...))
		}
		return f(p)
	}
	for _, p := range w.order {
		if err := f(p); err != nil {
			return err
		}
	}
	return nil
}

var (
	errNoWire    = errors.New("there is no wire on this topology")
	errNoProgram = errors.New("no such program")
	errNoInput   = errors.New("the program takes no more input")
)

// code is the word by which a reader knows why a command was not obeyed.
func code(err error) string {
	for _, known := range []struct {
		err  error
		code string
	}{
		{wire.ErrNotHeld, "no-such-packet"}, {wire.ErrNoHost, "no-such-host"}, {packet.ErrFrame, "bad-frame"}, {trace.ErrNotHeld, "not-held"}, {errNoWire, "no-wire"}, {errOnlyCut, "only-cut"},
		{errNoProgram, "no-such-program"}, {errNoInput, "no-input"}, {wire.ErrFlow, "refused"}, {event.ErrCommand, "refused"},
	} {
		if errors.Is(err, known.err) {
			return known.code
		}
	}
	return "failed"
}

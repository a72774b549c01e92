package recording

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"fivetuple/sandbox/event"
)

// WriteText writes each event as one line of text.
func WriteText(w io.Writer, events []event.Event) error {
	out := bufio.NewWriter(w) // keeps its first error until Flush
	for i := range events {
		fmt.Fprintln(out, Line(&events[i]))
	}
	return out.Flush()
}

// Line is an event as one line of text: seconds since the start, lifeline,
// and what happened. It takes an event of any form.
func Line(e *event.Event) string {
	return fmt.Sprintf("%10.6f  %-8s %s", time.Duration(e.T).Seconds(), e.Host, textOf(e))
}

func textOf(e *event.Event) string {
	switch {
	case e.Kind == event.KindStart:
		return fmt.Sprintf("start    %s on %s", e.Lab, e.Topology)
	case e.Kind == event.KindCall:
		return "call     " + callText(e)
	case e.Kind == event.KindPacket && e.Summary != nil:
		return "packet   " + packetText(e)
	case e.Kind == event.KindState && e.Socket != nil:
		return "state    " + stateText(e)
	case e.Kind == event.KindQueue && e.Socket != nil && e.Recv != nil && e.Send != nil:
		return "queue    " + queueText(e)
	case e.Kind == event.KindPrint || e.Kind == event.KindInput:
		return fmt.Sprintf("%-8s %q", e.Kind, e.Text)
	case e.Kind == event.KindSignal:
		return fmt.Sprintf("signal   %s %s (%s)", e.Program, e.Signal, e.Reason)
	case e.Kind == event.KindTask:
		return fmt.Sprintf("task     %s %d %s", e.Program, max(e.TID, e.PID), e.Phase)
	case e.Kind == event.KindExit:
		return "exit     " + Exit(e)
	case e.Kind == event.KindWire && e.Until != nil:
		return "wire     " + passingText(e)
	case e.Kind == event.KindWire && e.Wire != nil:
		return "wire     " + wireText(e.Wire)
	case e.Kind == event.KindEnd && e.Cause != nil:
		return "end      " + string(e.Cause.End)
	}
	return fmt.Sprintf("%-8s %s %s", e.Kind, e.Text, e.Error)
}

func queueText(e *event.Event) string {
	line := fmt.Sprintf("%s recv %d send %d", ends(e.Socket), *e.Recv, *e.Send)
	if e.SYN != nil {
		line += fmt.Sprintf(" syn %d", *e.SYN)
	}
	if e.Drops != nil {
		line += fmt.Sprintf(" dropped %d", *e.Drops)
	}
	return line
}

// passingText says that packets pass until something, or no more, and why.
func passingText(e *event.Event) string {
	line := "passes until " + untilText(e.Until)
	if e.Phase == event.PhaseEnded {
		line = "held again: " + e.Reason
	}
	if e.ID != 0 {
		line += fmt.Sprintf(" by packet %d", e.ID)
	}
	return line
}

// untilText names what is waited for.
func untilText(u *event.Until) string {
	var all []string
	for _, c := range []struct {
		set  bool
		name string
	}{{u.Held, "all that are held"}, {u.Host != "", u.Host}, {u.State != "", u.State}, {len(u.Flags) > 0, strings.Join(u.Flags, "+")}, {u.Data, "data"}, {u.Again, "again"}} {
		if c.set {
			all = append(all, c.name)
		}
	}
	return strings.Join(all, ", ")
}

// wireText names the settings of the wire that are not as they are when
// nothing is said: KEY=VALUE as run --wire takes them.
func wireText(w *event.Wire) string {
	line := fmt.Sprintf("%s, delay %v", w.Mode, w.Delay)
	if w.Jitter != 0 {
		line += fmt.Sprintf(", jitter=%v", w.Jitter)
	}
	for _, c := range []struct {
		name  string
		value float64
	}{{"loss", w.Loss}, {"reorder", w.Reorder}, {"duplicate", w.Duplicate}, {"corrupt", w.Corrupt}} {
		if c.value != 0 {
			line += fmt.Sprintf(", %s=%v", c.name, c.value)
		}
	}
	for _, n := range []struct {
		name  string
		value int64
	}{{"rate", w.Rate}, {"queue", int64(w.Queue)}, {"mtu", int64(w.MTU)}} {
		if n.value != 0 {
			line += fmt.Sprintf(", %s=%d", n.name, n.value)
		}
	}
	if len(w.Cut) > 0 {
		line += ", cut=" + strings.Join(w.Cut, "+")
	}
	return line
}

func callText(e *event.Event) string {
	line := fmt.Sprintf("%s(%s)", e.Name, strings.Join(e.Args, ", "))
	switch e.Phase {
	case event.PhaseReturn:
		if e.Result != nil {
			line += fmt.Sprintf(" = %d", *e.Result)
		}
		if e.Errno != "" {
			line += " " + e.Errno
		}
		if e.Text != "" {
			line += " " + e.Text
		}
		return fmt.Sprintf("%s <%.6f>", line, time.Duration(e.Duration).Seconds())
	case event.PhaseBlocked:
		return line + " blocked in " + e.Wchan
	case event.PhaseHeld:
		return line + " held"
	}
	return line + " …"
}

func packetText(e *event.Event) string {
	s := e.Summary
	line := fmt.Sprintf("%-9s #%d %s %s > %s", e.Phase, e.ID, s.Proto, s.Src, s.Dst)
	if len(s.Flags) > 0 {
		line += " [" + strings.Join(s.Flags, ",") + "]"
	}
	if s.Seq != nil {
		line += fmt.Sprintf(" seq %d", *s.Seq)
	}
	if s.Ack != nil {
		line += fmt.Sprintf(" ack %d", *s.Ack)
	}
	line += fmt.Sprintf(" len %d", s.Len)
	if e.Reason != "" {
		line += " (" + e.Reason + ")"
	}
	return line
}

func stateText(e *event.Event) string {
	from, to := e.From, e.To
	if from == to {
		return fmt.Sprintf("%s is %s", to, ends(e.Socket))
	}
	if from == "" {
		from = "new"
	}
	if to == "" {
		to = "gone"
	}
	return fmt.Sprintf("%s → %s  %s", from, to, ends(e.Socket))
}

// ends is a socket by its two ends and its descriptor.
func ends(s *event.Socket) string {
	line := fmt.Sprintf("%s %s", s.Proto, s.Local)
	if s.Remote != "" {
		line += " ↔ " + s.Remote
	}
	if s.FD != nil {
		line += fmt.Sprintf(" fd %d", *s.FD)
	}
	return line
}

// Exit says how a program ended.
func Exit(e *event.Event) string {
	line := e.Program
	if e.Code != nil {
		line += fmt.Sprintf(" with %d", *e.Code)
	}
	if e.Signal != "" {
		line += " by " + e.Signal
	}
	if e.Limit != "" {
		line += fmt.Sprintf(" (limit: %s)", e.Limit)
	}
	if e.Error != "" {
		line += fmt.Sprintf(" at line %d: %s", e.Line, e.Error)
	}
	return line
}

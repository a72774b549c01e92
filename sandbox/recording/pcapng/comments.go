package pcapng

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/recording"
)

// comments are what is said beside the frames of a run.
type comments struct {
	events []event.Event
	frames []recording.Frame
	phases map[uint64][]*event.Event // phases of each packet and of its copies
}

func newComments(events []event.Event, frames []recording.Frame) *comments {
	c := &comments{events, frames, map[uint64][]*event.Event{}}
	original := map[uint64]uint64{} // of what a switch gives to several hosts
	for i := range events {
		e := &events[i]
		if e.Kind != event.KindPacket {
			continue
		}
		id := e.ID
		if recording.Copied(e) {
			original[id] = e.Of
		}
		if of, ok := original[id]; ok {
			id = of
		}
		c.phases[id] = append(c.phases[id], e)
	}
	return c
}

// of is the comments of frame i.
func (c *comments) of(i int) []string {
	from := -1
	if i > 0 {
		from = c.frames[i-1].At
	}
	all := append([]string{clip(c.fate(c.frames[i]))}, c.between(from+1, c.frames[i].At, "")...)
	if i == len(c.frames)-1 {
		all = append(all, c.between(c.frames[i].At+1, len(c.events), "afterwards: ")...)
	}
	return all
}

// fate says what became of a packet, up to where it is captured again
// because it was changed.
func (c *comments) fate(f recording.Frame) string {
	text := fmt.Sprintf("packet %d %s", f.ID, f.Phase)
	if f.Reason != "" {
		text += " (" + f.Reason + ")"
	}
	at := slices.Index(c.phases[f.ID], f.Event)
	if at < 0 {
		return text // numbers of packets that contradict each other
	}
	later := c.phases[f.ID][at+1:]
	for ; len(later) > 0; later = later[1:] {
		e := later[0]
		switch {
		case recording.Copied(e):
			continue
		case len(e.Data) > 0:
			return text
		}
		text += ", " + became(e, f)
	}
	return text
}

// became is one thing that happened to the packet of f, or to a copy of it
// for another host.
func became(e *event.Event, f recording.Frame) string {
	text := string(e.Phase)
	if e.ID != f.ID {
		text += " at " + e.To
	}
	text += fmt.Sprintf(" after %.6f s", time.Duration(e.T-f.T).Seconds())
	if e.Reason != "" {
		text += " (" + e.Reason + ")"
	}
	return text
}

// between is the calls and changes of state among events[from:to], each a
// line that begins with prefix.
func (c *comments) between(from, to int, prefix string) (all []string) {
	for i := from; i < to; i++ {
		if e := &c.events[i]; e.Kind == event.KindCall || e.Kind == event.KindState {
			all = append(all, clip(prefix+strings.TrimSpace(recording.Line(e))))
		}
	}
	return all
}

package check

import (
	"slices"

	"go.starlark.net/starlark"

	"fivetuple/sandbox/event"
)

// resets are the packets with RST of a host, without those with which its
// kernel answers copies: where a connection is gone, what its peer sends
// again for want of an acknowledgement gets one, and no program had a hand in
// it.
func (r *run) resets(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var from starlark.Value
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, "src_host?", &from); err != nil {
		return nil, err
	}
	answers := r.answersToCopies()
	return r.where(func(e *event.Event) bool {
		return isSent(e) && slices.Contains(e.Summary.Flags, "RST") && wanted(from, e.From) && !answers[e.Seq]
	}), nil
}

func isSent(e *event.Event) bool {
	return e.Kind == event.KindPacket && e.Phase == event.PhaseSent
}

// answersToCopies are the events of the RSTs that answer a copy, by seq. Each
// copy has one answer: of two, the other is to what was no copy, even where
// both were sent after the copy had come.
func (r *run) answersToCopies() map[uint64]bool {
	answers, copies := map[uint64]bool{}, map[uint64]bool{} // copies by packet
	waiting := map[[2]string]int{}                          // copies that have come and have no answer, by source and destination
	for i := range r.events {
		e := &r.events[i]
		switch {
		case e.Kind != event.KindPacket:
		case e.Phase == event.PhaseSent && (e.Again != 0 || e.Of != 0):
			copies[e.ID] = true
		case e.Phase == event.PhaseDelivered && copies[e.ID]:
			waiting[[2]string{e.Summary.Src, e.Summary.Dst}]++
		case isSent(e) && slices.Contains(e.Summary.Flags, "RST"):
			to := [2]string{e.Summary.Dst, e.Summary.Src}
			if cause := r.causeOf(e); waiting[to] > 0 && cause != nil && cause.Phase == event.PhaseDelivered && copies[cause.ID] {
				answers[e.Seq] = true
				waiting[to]--
			}
		}
	}
	return answers
}

// causeOf is the event that a cause names, nil when there is none.
func (r *run) causeOf(e *event.Event) *event.Event {
	if e.Cause == nil || e.Cause.Seq < 1 || e.Cause.Seq > uint64(len(r.events)) {
		return nil
	}
	return &r.events[e.Cause.Seq-1]
}

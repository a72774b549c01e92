package check

import (
	"slices"

	"go.starlark.net/starlark"

	"fivetuple/sandbox/event"
)

// resets are the packets with RST of a host, without those with which its
// kernel answers what brings nothing new. Where a connection is gone, a copy
// of what it had gets such an answer, and so does the acknowledgement of a
// copy; no program had a hand in it.
func (r *run) resets(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var from starlark.Value
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, "src_host?", &from); err != nil {
		return nil, err
	}
	late := r.lateResets()
	return r.where(func(e *event.Event) bool { return isReset(e) && wanted(from, e.From) && !late[e.Seq] }), nil
}

func isReset(e *event.Event) bool { return isSent(e) && slices.Contains(e.Summary.Flags, "RST") }

func isSent(e *event.Event) bool { return e.Kind == event.KindPacket && e.Phase == event.PhaseSent }

// lateResets are the events of the RSTs that answer what brings nothing new,
// by seq.
//
// A RST that a close makes has an ACK with it, one that answers a segment has
// none. Each segment that comes when the connection is gone has its own
// answer, in their order; so, from the last to the first, each answer is to
// the last segment that came before it and has no later answer.
//
// Source: RFC 9293, section 3.10.7.1; tcp_send_active_reset in Linux.
func (r *run) lateResets() map[uint64]bool {
	late, copies := map[uint64]bool{}, map[uint64]bool{} // the second by packet
	for i := range r.events {
		if e := &r.events[i]; isSent(e) && (e.Again != 0 || e.Of != 0) {
			copies[e.ID] = true
		}
	}
	unanswered := map[[2]string][]uint64{} // events of answers for which no segment has been found, by whom they are to and from
	for i := len(r.events) - 1; i >= 0; i-- {
		e := &r.events[i]
		switch {
		case e.Kind != event.KindPacket:
		case isReset(e) && !slices.Contains(e.Summary.Flags, "ACK"):
			to := [2]string{e.Summary.Dst, e.Summary.Src}
			unanswered[to] = append(unanswered[to], e.Seq)
		case e.Phase == event.PhaseDelivered:
			from := [2]string{e.Summary.Src, e.Summary.Dst}
			if answers := unanswered[from]; len(answers) > 0 {
				late[answers[0]] = copies[e.ID] || !takesSequence(e)
				unanswered[from] = answers[1:]
			}
		}
	}
	return late
}

// takesSequence says whether a segment takes sequence numbers.
func takesSequence(e *event.Event) bool {
	return e.Summary.Len > 0 || slices.Contains(e.Summary.Flags, "SYN") || slices.Contains(e.Summary.Flags, "FIN")
}

package recording

import (
	"slices"

	"fivetuple/sandbox/event"
)

// Frame is a packet as a capture holds it.
//
// Each packet is captured once, when it is sent, at its sender's host: a
// second record where it is delivered would look like a retransmission to
// whoever reads the capture. Only a phase that carries other bytes, because
// the packet was changed or made on the wire, is a record of its own; it
// stands at the receiver's host, the only one that sees it so. What a switch
// gives to several hosts was sent once.
type Frame struct {
	*event.Event
	At   int    // its place among the events
	Host string // whose link it was captured on
}

// Frames are the packets of a run as captures hold them, in their order.
func Frames(events []event.Event) []Frame {
	var all []Frame
	host := hostsOf(events)
	for i := range events {
		e := &events[i]
		if e.Kind != event.KindPacket || len(e.Data) == 0 || Copied(e) {
			continue
		}
		lane := e.To
		if e.Phase == event.PhaseSent {
			lane = e.From
		}
		all = append(all, Frame{e, i, host(lane)})
	}
	return all
}

// Copied says whether e is only the switch giving a frame to one more host.
func Copied(e *event.Event) bool { return e.Phase == event.PhaseSent && e.Of != 0 }

// Hosts are the names of a run's hosts, as its start event gives them.
func Hosts(events []event.Event) []string {
	var names []string
	for i := range events {
		if events[i].Kind != event.KindStart {
			continue
		}
		for _, h := range events[i].Hosts {
			if !slices.Contains(names, h.Name) {
				names = append(names, h.Name)
			}
		}
	}
	return names
}

// hostsOf says which host a lifeline belongs to: on loopback each program
// has one, all of the same host.
func hostsOf(events []event.Event) func(lane string) string {
	names := Hosts(events)
	return func(lane string) string {
		if len(names) == 1 {
			return names[0]
		}
		return lane
	}
}

package sandbox

import (
	"net"
	"slices"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// Ports of a connection that is played by hand, as the page proposes them.
const (
	playedPort = "40000"
	otherPort  = "8080"
)

// player makes a lab's moves: it plays the host that has no kernel. It begins
// when a socket of the other host listens.
type player struct {
	hand, other string // hosts
	from, to    string // addresses with ports
	moves       []lab.Move
	began       bool
	first       uint32 // number of the other side's SYN
}

// newPlayer is the player of l's moves. Who has none stops the run as soon
// as there would be something to play: it would wait for ever.
func newPlayer(l *lab.Lab) *player {
	p := &player{hand: l.Hand, moves: l.Moves}
	if len(p.moves) == 0 {
		p.moves = []lab.Move{{Stop: true}}
	}
	return p
}

// after is what the player does after an event.
func (p *player) after(e *event.Event) (commands []event.Command) {
	switch {
	case p.hand == "":
		return nil
	case e.Kind == event.KindStart:
		p.seat(e.Hosts)
	case e.Kind == event.KindState && e.To == "LISTEN":
		p.began = true
		return p.play(nil)
	case e.Kind == event.KindPacket && e.Phase == event.PhaseDelivered && e.To == p.hand && e.Summary.Seq != nil:
		if slices.Contains(e.Summary.Flags, "SYN") {
			p.first = *e.Summary.Seq
		}
		return p.play(e.Summary.Flags)
	}
	return nil
}

// seat takes in who plays against whom.
func (p *player) seat(hosts []event.Host) {
	for _, h := range hosts {
		if h.Name == p.hand {
			p.from = net.JoinHostPort(h.Addrs[0], playedPort)
			continue
		}
		p.other, p.to = h.Name, net.JoinHostPort(h.Addrs[0], otherPort)
	}
}

// play makes the moves that wait for a segment with these flags, and those
// behind them that wait for nothing.
func (p *player) play(flags []string) (commands []event.Command) {
	for p.began && len(p.moves) > 0 {
		m := p.moves[0]
		if len(m.On) > 0 {
			if !slices.Equal(m.On, flags) {
				break
			}
			flags = nil // it has been waited for
		}
		p.moves = p.moves[1:]
		commands = append(commands, p.command(m))
	}
	return commands
}

func (p *player) command(m lab.Move) event.Command {
	if m.Stop {
		return event.Command{Verb: event.VerbStop}
	}
	s := &event.Segment{Src: p.from, Dst: p.to, Flags: m.Flags, Seq: m.Seq, Payload: m.Data}
	if m.Ack != nil {
		s.Ack = p.first + *m.Ack
	}
	return event.Command{Verb: event.VerbInject, From: p.hand, To: p.other, Segment: s}
}

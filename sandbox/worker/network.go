//go:build linux

package worker

import (
	"context"
	"fmt"
	"net/netip"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/diag"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/host"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/wire"
)

// localhost is the one host of the topology loopback.
const localhost = "localhost"

// addresses of the hosts of the topology wire.
var addresses = map[string][]netip.Prefix{
	"client": {netip.MustParsePrefix("10.0.0.1/24"), netip.MustParsePrefix("fd00::1/64")},
	"server": {netip.MustParsePrefix("10.0.0.2/24"), netip.MustParsePrefix("fd00::2/64")},
}

// network makes the hosts and what joins them, and returns what carries
// their packets.
func (w *worker) network() (carry func(context.Context) error, err error) {
	w.sockets.diags = map[string]*diag.Conn{}
	if w.spec.Lab.Topology == lab.Loopback {
		return w.loopback()
	}
	return w.twoHosts()
}

func (w *worker) host(name string) (*host.Host, error) {
	h, err := host.New(name)
	if err != nil {
		return nil, err
	}
	w.hosts[name] = h
	return h, h.Do(func() error {
		w.sockets.diags[name], err = diag.Open()
		return err
	})
}

func (w *worker) loopback() (func(context.Context) error, error) {
	h, err := w.host(localhost)
	if err != nil {
		return nil, err
	}
	h.Addrs = []netip.Addr{netip.MustParseAddr("127.0.0.1"), netip.MustParseAddr("::1")}
	var tap *wire.Tap
	err = h.Do(func() error {
		index, err := host.Index("lo")
		if err != nil {
			return err
		}
		port, err := wire.OpenPort(index)
		if err != nil {
			return fmt.Errorf("capture on lo: %w", err)
		}
		tap = wire.NewTap(w, localhost, port)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return tap.Run, nil
}

func (w *worker) twoHosts() (func(context.Context) error, error) {
	var ends [2]wire.End
	for i, name := range []string{"client", "server"} {
		h, err := w.host(name)
		if err != nil {
			return nil, err
		}
		index, err := host.Link(h, addresses[name]...)
		if err != nil {
			return nil, err
		}
		port, err := wire.OpenPort(index)
		if err != nil {
			return nil, fmt.Errorf("wire at %s: %w", name, err)
		}
		ends[i] = wire.End{Host: name, Port: port}
	}
	for _, pair := range [][2]string{{"client", "server"}, {"server", "client"}} {
		if err := host.Introduce(w.hosts[pair[0]], w.hosts[pair[1]]); err != nil {
			return nil, err
		}
	}
	w.wire = wire.New(w, ends[0], ends[1])
	w.wire.Set(w.spec.Lab.Wire.Mode, &w.spec.Lab.Wire.Delay)
	return w.wire.Run, nil
}

// lane is the lifeline of what program does on host; empty when that is not
// known yet.
func (w *worker) lane(host, program string) string {
	if host == localhost {
		return program
	}
	return host
}

// hostOf is the host that a program's lifeline belongs to.
func (w *worker) hostOf(p lab.Program) string {
	if w.spec.Lab.Topology == lab.Loopback {
		return localhost
	}
	return p.Host
}

// announce emits the start event.
func (w *worker) announce() {
	l := w.spec.Lab
	e := event.Event{Kind: event.KindStart, Version: event.Version, Lab: l.Name, Topology: string(l.Topology)}
	for _, name := range []string{"client", "server", localhost} {
		if h := w.hosts[name]; h != nil {
			e.Hosts = append(e.Hosts, event.Host{Name: name, Addrs: texts(h.Addrs)})
		}
	}
	for _, p := range l.Programs {
		lane := w.lane(w.hostOf(p), p.Name)
		e.Programs = append(e.Programs, event.Program{Name: p.Name, Host: lane, File: p.File})
	}
	if w.wire != nil {
		now := w.wire.Set("", nil)
		e.Wire = &now
	}
	w.log.emit(e)
}

func texts(all []netip.Addr) []string {
	var s []string
	for _, a := range all {
		s = append(s, a.String())
	}
	return s
}

// Sent implements wire.Observer: the sender's state is asked for first, so
// that it is told before the packet that it led to.
func (w *worker) Sent(p *wire.Packet) {
	host := p.From
	if w.concernsSocket(p) {
		w.sockets.look(host, tuple{p.Protocol, p.Src, p.Dst})
	}
	if host == localhost {
		p.From, p.To = w.sockets.lanesOf(host, p.Src, p.Dst)
		if p.To == "" {
			p.To = w.other(p.From) // a port that nobody has
		}
		if p.From == "" {
			p.From = w.other(p.To) // the refusal from such a port
		}
	}
	e := w.packetEvent(p, event.PhaseSent)
	e.Data = p.Frame
	w.log.emit(e)
}

// other is the lifeline of a program that is not this one's, where there is
// one.
func (w *worker) other(lane string) string {
	for _, p := range w.order {
		if p.lane != lane {
			return p.lane
		}
	}
	return lane
}

// Held implements wire.Observer.
func (w *worker) Held(p *wire.Packet) { w.log.emit(w.packetEvent(p, event.PhaseHeld)) }

// Delivered implements wire.Observer.
func (w *worker) Delivered(p *wire.Packet) { w.log.emit(w.packetEvent(p, event.PhaseDelivered)) }

// Dropped implements wire.Observer.
func (w *worker) Dropped(p *wire.Packet, why string) {
	e := w.packetEvent(p, event.PhaseDropped)
	e.Reason = why
	w.log.emit(e)
}

// Arrived implements wire.Observer.
func (w *worker) Arrived(p *wire.Packet) {
	if !w.concernsSocket(p) {
		return
	}
	host := p.To
	if w.wire == nil {
		host = localhost
	}
	w.sockets.look(host, tuple{p.Protocol, p.Dst, p.Src})
	w.sockets.listeners(host, p.Dst)
}

func (w *worker) concernsSocket(p *wire.Packet) bool {
	return (p.Protocol == unix.IPPROTO_TCP || p.Protocol == unix.IPPROTO_UDP) && p.Dst.Port() != 0
}

func (w *worker) packetEvent(p *wire.Packet, phase event.Phase) event.Event {
	e := event.Event{Kind: event.KindPacket, ID: p.ID, From: p.From, To: p.To, Phase: phase, Summary: &p.Summary}
	e.Host = p.From
	if phase == event.PhaseDelivered {
		e.Host = p.To
	}
	return e
}

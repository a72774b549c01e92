//go:build linux

package worker

import (
	"context"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"

	"fivetuple/sandbox/diag"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/host"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/wire"
)

// localhost is the one host of the topology loopback.
const localhost = "localhost"

// prefixes are the addresses of the n-th host of a topology with a wire.
func prefixes(n int) []netip.Prefix {
	return []netip.Prefix{
		netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, 0, byte(n)}), 24),
		netip.PrefixFrom(netip.AddrFrom16([16]byte{0: 0xfd, 15: byte(n)}), 64),
	}
}

// addresses are those of every host of the lab that is joined by a wire.
func addresses(l *lab.Lab) map[string][]netip.Addr {
	all := map[string][]netip.Addr{}
	if l.Wired() {
		for i, name := range l.HostNames() {
			for _, p := range prefixes(i + 1) {
				all[name] = append(all[name], p.Addr())
			}
		}
	}
	return all
}

// network is the hosts, and the ends of their links in our hands.
type network struct {
	hosts    map[string]*host.Host // by name, as are all
	diags    map[string]*diag.Conn
	discards map[string]*discards
	ports    map[string]*wire.Port
	own      *own // where the network is not the sandbox's own
}

// newNetwork makes the hosts of a topology. What is missing of it when it
// fails goes with the process.
func newNetwork(p Premises) (*network, error) {
	n := &network{hosts: map[string]*host.Host{}, diags: map[string]*diag.Conn{}, discards: map[string]*discards{}, ports: map[string]*wire.Port{}}
	l := &lab.Lab{Topology: p.Topology, Hosts: p.Hosts}
	if !l.Wired() {
		return n, n.lone(p.Topology)
	}
	for i, name := range l.HostNames() {
		if err := n.link(name, prefixes(i+1)); err != nil {
			return n, err
		}
	}
	if p.Topology == lab.Wire {
		return n, n.introduce(addresses(l))
	}
	return n, nil
}

func (n *network) host(name string) (*host.Host, error) {
	h, err := host.New(name)
	if err != nil {
		return nil, err
	}
	return h, n.watch(name, h)
}

// watch opens what tells of the sockets and packets of a host.
func (n *network) watch(name string, h *host.Host) (err error) {
	n.hosts[name] = h
	return h.Do(func() error {
		if n.diags[name], err = diag.Open(); err != nil {
			return err
		}
		n.discards[name], err = newDiscards()
		return err
	})
}

// lone makes the one host of a topology without a wire.
func (n *network) lone(t lab.Topology) error {
	h, err := n.host(localhost)
	if err != nil || t == lab.Unix {
		return err
	}
	h.Addrs = []netip.Addr{netip.MustParseAddr("127.0.0.1"), netip.MustParseAddr("::1")}
	if err := host.Loop(h); err != nil {
		return err
	}
	return h.Do(func() error {
		index, err := host.Index("lo")
		if err != nil {
			return err
		}
		if n.ports[localhost], err = wire.OpenPort(index); err != nil {
			return fmt.Errorf("capture on lo: %w", err)
		}
		return nil
	})
}

// link makes a host whose link leads into our hands.
func (n *network) link(name string, prefixes []netip.Prefix) error {
	h, err := n.host(name)
	if err != nil {
		return err
	}
	index, err := host.Link(h, prefixes...)
	if err != nil {
		return err
	}
	if n.ports[name], err = wire.OpenPort(index); err != nil {
		return fmt.Errorf("wire at %s: %w", name, err)
	}
	return nil
}

// introduce tells each host where the others are.
func (n *network) introduce(all map[string][]netip.Addr) error {
	for name, h := range n.hosts {
		for other, addrs := range all {
			if other == name {
				continue
			}
			if err := host.Introduce(h, addrs); err != nil {
				return err
			}
		}
	}
	return nil
}

// sysctl makes the lab's settings in every host.
func (w *worker) sysctl() error {
	for name, h := range w.hosts {
		if err := h.Do(w.setSysctls); err != nil {
			return fmt.Errorf("host %s: %w", name, err)
		}
	}
	return nil
}

// setSysctls makes the lab's settings in the calling thread's namespace.
func (w *worker) setSysctls() error {
	for name, value := range w.spec.Lab.Sysctl {
		file := filepath.Join("/proc/sys", strings.ReplaceAll(name, ".", "/"))
		if err := os.WriteFile(file, []byte(value), 0); err != nil {
			return fmt.Errorf("sysctl %s: %w", name, err)
		}
	}
	return nil
}

// join joins the hosts as the lab says, and returns what carries their
// packets.
func (w *worker) join() (carry func(context.Context) error) {
	l := w.spec.Lab
	switch {
	case l.Topology == lab.Loopback && w.ports[localhost] != nil:
		w.tap = wire.NewTap(w, localhost, w.ports[localhost])
		return w.tap.Run
	case !l.Wired():
		return func(context.Context) error { return nil }
	}
	var ends []wire.End
	for _, name := range l.HostNames() {
		end := wire.End{Host: name, Port: w.ports[name]}
		if name == l.Hand {
			w.ports[name].Close() // its kernel hears and says nothing any more
			end.Port = nil
		}
		ends = append(ends, end)
	}
	w.wire = wire.New(w, l.Wire, l.Seed, ends...)
	w.sockets.wire = w.wire
	return w.wire.Run
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
	if !w.spec.Lab.Wired() {
		return localhost
	}
	return p.Host
}

// announce emits the start event.
func (w *worker) announce() {
	l := w.spec.Lab
	e := event.Event{Kind: event.KindStart, Version: event.Version, Lab: l.Name, Topology: string(l.Topology)}
	if h := w.hosts[localhost]; h != nil {
		e.Hosts = append(e.Hosts, event.Host{Name: localhost, Addrs: texts(h.Addrs)})
	}
	if w.wire != nil {
		known := addresses(l)
		for _, name := range l.HostNames() {
			e.Hosts = append(e.Hosts, event.Host{Name: name, Addrs: texts(known[name]), Hand: name == l.Hand})
		}
		now := w.wire.Settings()
		e.Wire = &now
	}
	if w.sockets.cut != nil {
		e.Wire, e.Derived = &l.Wire, true
	}
	for _, p := range l.Programs {
		lane := w.lane(w.hostOf(p), p.Name)
		e.Programs = append(e.Programs, event.Program{Name: p.Name, Host: lane, File: p.File})
	}
	w.log.emit(e)
	if w.own != nil {
		w.labelShared()
	}
}

func texts(all []netip.Addr) []string {
	var s []string
	for _, a := range all {
		s = append(s, a.String())
	}
	return s
}

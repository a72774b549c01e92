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

// network makes the hosts and what joins them, and returns what carries
// their packets.
func (w *worker) network() (carry func(context.Context) error, err error) {
	w.sockets.diags = map[string]*diag.Conn{}
	switch w.spec.Lab.Topology {
	case lab.Loopback:
		return w.loopback()
	case lab.Unix:
		_, err := w.host(localhost)
		return func(context.Context) error { return nil }, err
	}
	return w.wired()
}

func (w *worker) host(name string) (*host.Host, error) {
	h, err := host.New(name)
	if err != nil {
		return nil, err
	}
	w.hosts[name] = h
	return h, h.Do(func() error {
		if w.sockets.diags[name], err = diag.Open(); err != nil {
			return err
		}
		if w.discards[name], err = newDiscards(); err != nil {
			return err
		}
		return w.sysctl()
	})
}

// sysctl makes the lab's settings in the calling thread's namespace.
func (w *worker) sysctl() error {
	for name, value := range w.spec.Lab.Sysctl {
		file := filepath.Join("/proc/sys", strings.ReplaceAll(name, ".", "/"))
		if err := os.WriteFile(file, []byte(value), 0); err != nil {
			return fmt.Errorf("sysctl %s: %w", name, err)
		}
	}
	return nil
}

func (w *worker) loopback() (func(context.Context) error, error) {
	h, err := w.host(localhost)
	if err != nil {
		return nil, err
	}
	h.Addrs = []netip.Addr{netip.MustParseAddr("127.0.0.1"), netip.MustParseAddr("::1")}
	if err := host.Loop(h); err != nil {
		return nil, err
	}
	err = h.Do(func() error {
		index, err := host.Index("lo")
		if err != nil {
			return err
		}
		port, err := wire.OpenPort(index)
		if err != nil {
			return fmt.Errorf("capture on lo: %w", err)
		}
		w.tap = wire.NewTap(w, localhost, port)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return w.tap.Run, nil
}

// wired makes hosts whose links lead into our hands.
func (w *worker) wired() (func(context.Context) error, error) {
	l := w.spec.Lab
	var ends []wire.End
	for i, name := range l.HostNames() {
		end := wire.End{Host: name}
		if name != l.Hand {
			port, err := w.linked(name, prefixes(i+1))
			if err != nil {
				return nil, err
			}
			end.Port = port
		}
		ends = append(ends, end)
	}
	if l.Topology == lab.Wire {
		if err := w.introduce(); err != nil {
			return nil, err
		}
	}
	w.wire = wire.New(w, l.Wire, l.Seed, ends...)
	return w.wire.Run, nil
}

// linked makes a host and returns the end of its link in our hands.
func (w *worker) linked(name string, prefixes []netip.Prefix) (*wire.Port, error) {
	h, err := w.host(name)
	if err != nil {
		return nil, err
	}
	index, err := host.Link(h, prefixes...)
	if err != nil {
		return nil, err
	}
	port, err := wire.OpenPort(index)
	if err != nil {
		return nil, fmt.Errorf("wire at %s: %w", name, err)
	}
	return port, nil
}

// introduce tells each host where the other is.
func (w *worker) introduce() error {
	for name, h := range w.hosts {
		for other, addrs := range addresses(w.spec.Lab) {
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
	for _, p := range l.Programs {
		lane := w.lane(w.hostOf(p), p.Name)
		e.Programs = append(e.Programs, event.Program{Name: p.Name, Host: lane, File: p.File})
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

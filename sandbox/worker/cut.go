//go:build linux

package worker

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"slices"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/diag"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/wire"
)

// On the tier shared a wire is the machine's lo, and the one thing that can be
// done to it is to cut it: the sockets of a host are made deaf. The kernel
// silently discards a TCP segment whose time to live is below the IP_MINTTL of
// the socket that it is for, and what programs send has 64. So segments are
// truly sent, as they always are, and truly lost, in one direction if need be.
//
// Sockets that no program holds cannot be made deaf: connections that nobody
// has accepted yet, and what the kernel remembers of closed ones. Neither can
// a port on which nobody listens.
//
// Source: ip(7), RFC 5082.

const (
	anyTTL = 0
	maxTTL = 255
)

// cut is a wire that can only be cut.
type cut struct{ settings event.Wire }

// deafens says whether a lifeline hears nothing of the others.
func (c *cut) deafens(lane string) bool {
	return slices.ContainsFunc(c.settings.Cut, func(host string) bool { return host != lane })
}

// errOnlyCut means that a wire was to do what lo cannot.
var errOnlyCut = errors.New("without namespaces the wire is lo, which can only be cut")

// cutLo cuts lo or mends it, and returns the settings then in force. What was
// sent before is told before.
func (w *worker) cutLo(change event.WireChange) (event.Wire, error) {
	for _, host := range change.Apply(event.Wire{}).Cut {
		if !slices.Contains(w.spec.Lab.HostNames(), host) {
			return event.Wire{}, fmt.Errorf("%w: %q", wire.ErrNoHost, host)
		}
	}
	w.drain()
	return w.sockets.setCut(change)
}

// setCut makes every socket deaf that is to be, and has the others hear.
func (s *sockets) setCut(change event.WireChange) (now event.Wire, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now = change.Apply(s.cut.settings); !now.OnlyCut() {
		return now, errOnlyCut
	}
	s.refreshLocked()
	s.touch()
	s.cut.settings = now
	for _, k := range s.all {
		err = errors.Join(err, s.hear(k))
	}
	return now, err
}

// hear makes k deaf, or has it hear again, as the wire is cut now.
func (s *sockets) hear(k *socket) error {
	deaf := s.cut.deafens(k.lane)
	if k.deaf == deaf || k.kind != "" {
		return nil
	}
	reached, err := k.option(func(fd int) error { return setDeaf(fd, k.protocol, deaf) })
	if other := s.otherEnd(k); !reached && !deaf && other != nil {
		// Its program has closed it, and it stays as deaf as it was; but what
		// has the highest time to live it hears.
		reached, err = other.option(func(fd int) error {
			return os.NewSyscallError("setsockopt IP_TTL", unix.SetsockoptInt(fd, unix.IPPROTO_IP, unix.IP_TTL, maxTTL))
		})
	}
	if reached && err == nil {
		k.deaf = deaf
	}
	return err
}

// setDeaf makes the socket that is our descriptor fd deaf, or has it hear.
func setDeaf(fd int, protocol uint8, deaf bool) (err error) {
	if protocol == unix.IPPROTO_TCP {
		ttl := map[bool]int{true: maxTTL, false: anyTTL}[deaf]
		return os.NewSyscallError("setsockopt IP_MINTTL", unix.SetsockoptInt(fd, unix.IPPROTO_IP, unix.IP_MINTTL, ttl))
	}
	if !deaf {
		return os.NewSyscallError("setsockopt SO_DETACH_FILTER", unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_DETACH_FILTER, 0))
	}
	nothing := unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: 0} // is passed on
	return os.NewSyscallError("setsockopt SO_ATTACH_FILTER", unix.SetsockoptSockFprog(fd, unix.SOL_SOCKET, unix.SO_ATTACH_FILTER, &unix.SockFprog{Len: 1, Filter: &nothing}))
}

// option calls set with a descriptor of our own for k, which lives for a
// moment. It is not reached when no program holds it, or no longer.
func (k *socket) option(set func(fd int) error) (reached bool, err error) {
	for _, h := range k.holders {
		fd, err := descriptor(h.pid, h.fd)
		if errors.Is(err, unix.ESRCH) || errors.Is(err, unix.EBADF) {
			continue
		}
		if err != nil {
			return false, err
		}
		defer unix.Close(fd)
		if cookie, err := unix.GetsockoptUint64(fd, unix.SOL_SOCKET, unix.SO_COOKIE); err == nil && cookie == k.cookie {
			return true, set(fd)
		}
	}
	return false, nil
}

// loses says whether what goes from src to dst is discarded there because the
// wire is cut. What only remembers a connection is never deaf.
func (s *sockets) loses(protocol uint8, src, dst netip.AddrPort) bool {
	if s.cut == nil {
		return false
	}
	k := s.find(func(k *socket) bool { return k.named() && k.tuple() == (tuple{protocol, dst, src}) })
	if k == nil {
		k = s.find(func(k *socket) bool { return k.protocol == protocol && k.local == dst && !k.remote.IsValid() })
	}
	if k == nil || k.state == diag.TimeWait || k.state == diag.FinWait2 && len(k.holders) == 0 {
		return false
	}
	return k.deaf
}

// lost says whether a packet on lo is discarded by its receiver because the
// wire is cut.
func (w *worker) lost(p *wire.Packet) bool {
	if w.tap == nil || !w.concernsSocket(p) {
		return false
	}
	w.sockets.mu.Lock()
	defer w.sockets.mu.Unlock()
	return w.sockets.loses(p.Protocol, p.Src, p.Dst)
}

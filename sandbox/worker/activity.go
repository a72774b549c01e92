//go:build linux

package worker

import (
	"net/netip"
	"slices"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/diag"
)

// senders are the calls that have a socket send something.
var senders = []string{"connect", "sendto", "sendmsg", "sendmmsg", "write", "writev", "sendfile", "splice", "shutdown", "close", "close_range", "pwritev2"}

// asked takes in that event seq is a call on the socket with this inode,
// entered or, when open is false, returned. Destination is the port that a
// connect asks for, or 0.
func (s *sockets) asked(inode, name string, seq uint64, open bool, destination uint16) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.find(func(k *socket) bool { return k.inode == inode && inode != "" })
	if k == nil {
		return
	}
	switch {
	case !open:
		k.asked.open = false
	case slices.Contains(senders, name):
		k.asked.call, k.asked.open = seq, true
	case slices.Contains(readers, name):
		k.asked.read = seq
	}
	if open && destination != 0 {
		k.dialing = destination
	}
}

// changed is the event that had the kernel change the state of k, 0 when it
// was a timer. Who asked for the state is not always who changed it: a call
// may find what a packet did.
func (s *sockets) changed(k *socket, to diag.State) uint64 {
	switch {
	case k.protocol != unix.IPPROTO_TCP || k.state == to || !k.named():
		return s.cause
	case to == diag.SynSent, to == diag.FinWait1, to == diag.LastAck:
		return max(s.cause, k.asked.call)
	case k.state == diag.Listen && s.cause == 0 && k.asked.open:
		return k.asked.call // which has not returned yet
	case to == diag.Listen, to == diag.Close, k.state == diag.Listen, k.state == diag.Close:
		return s.cause
	case k.state == diag.TimeWait, k.state == diag.FinWait2 && to == 0:
		return 0
	}
	return s.last(k.host, k.tuple())
}

// reached tells the wire, which may wait for it, that k got into a state, as
// event seq told. A socket that is new is no connection that was closed.
func (s *sockets) reached(k *socket, from, to diag.State, seq uint64) {
	if s.wire != nil && k.protocol == unix.IPPROTO_TCP && from != to && (from != 0 || to != diag.Close) {
		s.wire.Reached(k.host, to.String(), seq)
	}
}

// activity is what was last asked of the socket of host that sends from the
// first end of a tuple to the second, and whether its name is known.
func (s *sockets) activity(host string, t tuple) (asked activity, named bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.find(func(k *socket) bool { return k.host == host && k.named() && k.tuple() == t })
	if k == nil {
		k = s.find(func(k *socket) bool { return k.host == host && k.protocol == t.protocol && k.mightSend(t) })
	}
	if k == nil {
		return activity{}, false
	}
	return k.asked, k.named()
}

// mightSend says whether k, of which the kernel has not told both ends, can
// be what sends from one end of t to the other: a UDP socket without a peer,
// or a TCP socket that asks for the port.
func (k *socket) mightSend(t tuple) bool {
	if k.protocol == unix.IPPROTO_UDP {
		return k.local.Port() == t.local.Port() && !k.remote.IsValid() || !k.named() && k.dialing == t.remote.Port()
	}
	return k.dialing == t.remote.Port() && (!k.named() || k.local.Port() == t.local.Port()) && (k.remote == netip.AddrPort{} || k.remote == t.remote)
}

// tupleOf is the tuple of the socket with this inode; the zero tuple when it
// has no name.
func (s *sockets) tupleOf(inode string) tuple {
	s.mu.Lock()
	defer s.mu.Unlock()
	if k := s.find(func(k *socket) bool { return k.inode == inode && inode != "" }); k != nil && k.named() {
		return k.tuple()
	}
	return tuple{}
}

//go:build linux

package worker

import (
	"context"
	"net/netip"
	"slices"
	"strconv"
	"time"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/diag"
)

func itoa(n uint32) string { return strconv.FormatUint(uint64(n), 10) }

// held takes in that descriptor fd of a stopped process of program is the
// socket with this inode, and tells what is new of it because of a call.
func (s *sockets) held(host, program, inode string, pid, fd int, call uint64) {
	id, ok := s.identify(host, pid, fd)
	if !ok {
		return // a socket of another family
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.touch()
	s.cause = call
	k := s.find(func(k *socket) bool { return k.inode == inode || k.cookie == id.cookie && id.cookie != 0 })
	if k == nil {
		k = s.add(&socket{host: host, protocol: id.protocol, kind: id.kind})
	}
	k.cookie, k.inode = id.cookie, inode
	if k.state == diag.SynSent && id.local == k.local && !id.remote.IsValid() {
		id.remote = k.remote // which getpeername tells only after the handshake
	}
	changed := k.path != id.path
	if k.state != diag.TimeWait { // its descriptor has lost the names that the kernel still remembers
		changed = k.rename(id.local, id.remote) || changed
	}
	k.path, k.family = id.path, id.family
	if k.program == "" {
		k.program, changed = program, true
	}
	if h := (holder{pid, fd}); !slices.Contains(k.holders, h) {
		k.holders, changed = append(k.holders, h), true
	}
	s.place(k)
	if s.cut != nil {
		_ = s.hear(k) // while it is held it can be reached
	}
	state := k.state
	if state == 0 {
		state = diag.Close
	}
	s.tell(k, state, changed)
	switch {
	case k.kind != "":
		s.lookUnix()
	case k.inside():
		s.lookLocked(host, k.tuple())
		s.lookLocked(host, tuple{k.protocol, k.remote, k.local})
	case k.named():
		s.lookLocked(host, k.tuple())
	}
}

// inside says whether both ends of a connection are on the one host that has a
// wire to others. None of its packets comes through our hands, so an end that
// nobody has accepted yet is found by the other one only.
func (k *socket) inside() bool {
	return k.host != localhost && k.protocol == unix.IPPROTO_TCP && k.remote.IsValid() &&
		(k.remote.Addr().IsLoopback() || k.remote.Addr() == k.local.Addr())
}

// closing takes in that a process is about to close descriptor fd: from now
// on the kernel may let go of the socket at any moment.
func (s *sockets) closing(pid, fd int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.all {
		if i := slices.Index(k.holders, holder{pid, fd}); i >= 0 {
			k.holders, k.leaving = slices.Delete(k.holders, i, i+1), append(k.leaving, holder{pid, fd})
		}
	}
}

// closed tells what became of the socket with this inode, of which a call of
// a process closed a descriptor.
func (s *sockets) closed(inode string, pid int, call uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.touch()
	s.cause = call
	if k := s.find(func(k *socket) bool { return k.inode == inode }); k != nil {
		k.leaving = slices.DeleteFunc(k.leaving, func(h holder) bool { return h.pid == pid })
		s.let(k)
	}
}

// ended takes in that a process has ended, and with it its descriptors, those
// too that it was about to close.
func (s *sockets) ended(pid int) {
	is := func(h holder) bool { return h.pid == pid }
	s.mu.Lock()
	defer s.mu.Unlock()
	s.touch()
	s.cause = 0
	for _, k := range slices.Clone(s.all) {
		if !slices.ContainsFunc(k.holders, is) && !slices.ContainsFunc(k.leaving, is) {
			continue
		}
		k.holders, k.leaving = slices.DeleteFunc(k.holders, is), slices.DeleteFunc(k.leaving, is)
		s.let(k)
	}
}

// let deals with a socket that a descriptor less refers to.
func (s *sockets) let(k *socket) {
	was := k.state
	if k.kind != "" && len(k.holders) > 0 {
		s.lookUnix()
	} else if k.inKernelTables() {
		s.lookLocked(k.host, k.tuple())
	} else if len(k.holders) == 0 {
		s.forget(k)
		return
	}
	if k.state == was && slices.Contains(s.all, k) {
		s.tell(k, k.state, true)
	}
}

// refresh asks the kernel for every socket.
func (s *sockets) refresh() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refreshLocked()
}

func (s *sockets) refreshLocked() {
	s.cause = 0 // what changed by itself, by a timer
	s.lookUnix()
	for _, k := range slices.Clone(s.all) {
		if k.inKernelTables() {
			s.lookLocked(k.host, k.tuple())
		}
	}
}

// watch refreshes at intervals until ctx ends: short ones while something
// happens, longer ones when it is quiet or when there are many sockets. Before
// each it drains, so that packets are told first; after each quiet is called.
func (s *sockets) watch(ctx context.Context, drain, quiet func()) error {
	const often, seldom, calm = 5 * time.Millisecond, 250 * time.Millisecond, 300 * time.Millisecond
	timer := time.NewTimer(seldom)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
			drain()
			s.refresh()
		case <-s.wake:
			timer.Reset(often)
			continue
		}
		s.mu.Lock()
		wait, many := seldom, time.Duration(len(s.all))*100*time.Microsecond
		if time.Since(s.active) < calm || s.cut != nil && len(s.cut.settings.Cut) > 0 { // then only timers act
			wait = often
		}
		s.mu.Unlock()
		quiet()
		timer.Reset(max(wait, many))
	}
}

// settled says whether no socket has anything left to send or to wait for
// but for TIME_WAIT.
func (s *sockets) settled() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.all {
		if len(k.holders) == 0 && k.state != diag.Close && k.state != diag.TimeWait {
			return false
		}
	}
	return true
}

// dials takes in that a lifeline of host asks for a port: a connection that
// is refused at once may be gone before its packets are read.
func (s *sockets) dials(host, lane string, number uint16) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dialed[port{host, number}] = lane
}

// lanesOf are the lifelines that the ends of a packet of host belong to;
// empty when no socket is known to have had that port.
func (s *sockets) lanesOf(host string, src, dst netip.AddrPort) (from, to string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lanesOfLocked(host, src, dst)
}

func (s *sockets) lanesOfLocked(host string, src, dst netip.AddrPort) (from, to string) {
	from, to = s.lanes[port{host, src.Port()}], s.lanes[port{host, dst.Port()}]
	if dialer := s.dialed[port{host, dst.Port()}]; from == "" && dialer != "" {
		from, s.lanes[port{host, src.Port()}] = dialer, dialer
	}
	return from, to
}

// listeners looks at the listener, if there is one, that a packet to local
// concerns: its queue may have changed.
func (s *sockets) listeners(host string, local netip.AddrPort, cause uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cause = cause
	for _, k := range slices.Clone(s.all) {
		if k.host == host && k.state == diag.Listen && k.local.Port() == local.Port() {
			s.lookLocked(host, k.tuple())
		}
	}
}

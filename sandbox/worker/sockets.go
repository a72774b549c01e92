//go:build linux

package worker

import (
	"errors"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/diag"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/wire"
)

// sockets knows the TCP and UDP sockets of a sandbox and tells of each
// change of their state and queues, as the kernel reports it.
//
// It asks the kernel around each packet and each call for the sockets they
// concern, and for all at intervals, because some states end by a timer.
// Its methods may be called from any goroutine.
type sockets struct {
	log   *log
	diags map[string]*diag.Conn // by host
	lane  func(host, program string) string
	last  func(host string, t tuple) uint64 // event of the last packet delivered to an end
	wake  chan struct{}                     // 1: something happened; full means that is known already
	wire  *wire.Wire                        // which may wait for a state; nil where there is none

	mu      sync.Mutex
	derived *derived  // nil where packets are captured, or none is to be told
	cut     *cut      // nil but where the wire is lo, which can be cut
	cause   uint64    // event that has us ask now; 0: none that we know
	at      time.Time // when what we ask about happened; zero: now
	lastID  int
	all     []*socket       // those that the kernel has not forgotten
	dialed  map[port]string // lifelines that last asked for a port
	lanes   map[port]string // lifelines of ports, also of sockets that are forgotten: their last packets come later
	active  time.Time       // when something last happened
}

// newSockets knows no socket yet. Last is the event of the last packet
// delivered to an end.
func newSockets(log *log, diags map[string]*diag.Conn, lane func(host, program string) string, last func(string, tuple) uint64) *sockets {
	return &sockets{log: log, diags: diags, lane: lane, last: last, wake: make(chan struct{}, 1), lanes: map[port]string{}, dialed: map[port]string{}}
}

// socket is one socket of the sandbox.
type socket struct {
	id            int
	host          string // where it lives
	lane          string // lifeline it is shown at
	protocol      uint8
	cookie        uint64
	inode         string
	local, remote netip.AddrPort
	family        family
	state         diag.State // 0: not told yet
	queued        queues
	told          told // what was last told of its TCP_INFO
	program       string
	holders       []holder
	leaving       []holder // those in the middle of a call that closes it
	asked         activity // what its program last asked of it
	kind, path    string   // of a Unix-domain socket, see identity
	peer          *socket  // of a Unix-domain socket
	dialing       uint16   // port that it asks for, until it has a name
	deaf          bool     // as far as we have made it so, see cut
}

// family is what the addresses of a socket do not say of its family: whether
// those of IPv4 are mapped to IPv6, and whether it refuses IPv4.
type family struct{ mapped, v6only bool }

// familyOf is that of a socket as the kernel describes it.
func familyOf(d diag.Socket) family {
	return family{d.Local.Addr().Is4In6() || d.Remote.Addr().Is4In6(), d.V6Only}
}

// holder is a descriptor of a process.
type holder struct{ pid, fd int }

// port is a port of a host.
type port struct {
	host   string
	number uint16
}

// tuple names a socket by its two ends.
type tuple struct {
	protocol      uint8
	local, remote netip.AddrPort
}

func (s *socket) named() bool { return s.local.IsValid() }

// inKernelTables says whether the kernel can be asked for the socket by its
// tuple. A TCP socket that neither listens nor has a peer is in no table.
func (s *socket) inKernelTables() bool {
	return s.named() && (s.protocol == unix.IPPROTO_UDP || s.state != diag.Close && s.state != 0)
}

func (s *socket) tuple() tuple {
	remote := s.remote
	if !remote.IsValid() {
		remote = netip.AddrPortFrom(unspecified(s.local.Addr()), 0)
	}
	return tuple{s.protocol, s.local, remote}
}

func unspecified(a netip.Addr) netip.Addr {
	if a.Is4() {
		return netip.IPv4Unspecified()
	}
	return netip.IPv6Unspecified()
}

// look asks the kernel of host for the socket with this tuple and tells what
// changed, because of the event cause.
func (s *sockets) look(host string, t tuple, cause uint64) {
	s.lookAt(time.Time{}, host, t, cause)
}

// lookAt is look for what happened at a time that is over, when a packet left
// that is told next: what is told at a later time would make the packet late.
func (s *sockets) lookAt(at time.Time, host string, t tuple, cause uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.touch()
	s.cause, s.at = cause, at
	s.lookLocked(host, t)
	s.at = time.Time{}
}

// emit writes an event of what we ask about.
func (s *sockets) emit(e event.Event) uint64 {
	if s.at.IsZero() {
		return s.log.emit(e)
	}
	seq, _ := s.log.emitAt(s.at, e)
	return seq
}

// connecting looks at the connections of host that waited for an answer at a
// time. One whose SYN is kept back until the hardware address of its next hop
// is known has sent no packet that would tell its other end.
func (s *sockets) connecting(at time.Time, host string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.touch()
	s.cause, s.at = 0, at
	for _, family := range []uint8{unix.AF_INET, unix.AF_INET6} {
		waiting, _ := s.diags[host].Dump(unix.IPPROTO_TCP, family, 1<<diag.SynSent) // a kernel too busy is asked again by the SYN
		for _, d := range waiting {
			s.seen(host, d)
		}
	}
	s.at = time.Time{}
}

// touch notes that something happens.
func (s *sockets) touch() {
	s.active = time.Now()
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

func (s *sockets) lookLocked(host string, t tuple) {
	found, err := s.diags[host].Find(t.protocol, t.local, t.remote)
	if err != nil && !errors.Is(err, diag.ErrNotFound) {
		return // the kernel was too busy to answer; it will be asked again
	}
	if err == nil {
		s.seen(host, found)
	}
	// What was asked for is gone when the answer is another socket: the
	// listener, or the connection that took the tuple over.
	for _, known := range s.all {
		if known.host == host && known.tuple() == t && known.inKernelTables() && (err != nil || known.cookie != 0 && known.cookie != found.Cookie) {
			s.gone(known)
			return
		}
	}
}

// seen takes in what the kernel says of a socket.
func (s *sockets) seen(host string, d diag.Socket) {
	known := s.find(func(k *socket) bool { return k.cookie == d.Cookie })
	if known == nil && d.Inode != 0 {
		inode := itoa(d.Inode)
		known = s.find(func(k *socket) bool { return k.cookie == 0 && k.inode == inode })
	}
	if known == nil {
		known = s.add(&socket{host: host, protocol: d.Protocol})
	}
	known.cookie = d.Cookie
	known.family = familyOf(d)
	renamed := known.rename(unmap(d.Local), unmap(d.Remote))
	s.place(known)
	s.tell(known, d.State, renamed)
	s.queues(known, queues{int(d.Recv), int(d.Send), s.inSYNRecv(known), int(d.Drops)})
	s.info(known, d)
	if s.derived != nil && known.protocol == unix.IPPROTO_TCP && d.State != diag.Listen {
		s.derived.seen(&connection{known, d, s.listens(known)}, s.otherEnd(known))
	}
}

func (s *sockets) add(k *socket) *socket {
	s.lastID++
	k.id = s.lastID
	s.all = append(s.all, k)
	return k
}

func (s *sockets) find(is func(*socket) bool) *socket {
	for _, k := range s.all {
		if is(k) {
			return k
		}
	}
	return nil
}

// place finds the lifeline of a socket: its program's, or as long as no
// program holds it that of the listener it came from.
func (s *sockets) place(k *socket) {
	program := k.program
	if program == "" {
		listener := s.find(func(l *socket) bool {
			return l.host == k.host && l.state == diag.Listen && l.local.Port() == k.local.Port() && l.program != ""
		})
		if listener != nil {
			program = listener.program
		}
	}
	if lane := s.lane(k.host, program); lane != "" {
		k.lane = lane
		if k.named() {
			s.lanes[port{k.host, k.local.Port()}] = lane
		}
	}
}

func (k *socket) rename(local, remote netip.AddrPort) (changed bool) {
	if remote.Port() == 0 {
		remote = netip.AddrPort{}
	}
	changed = k.local != local || k.remote != remote
	k.local, k.remote = local, remote
	return changed
}

// tell tells of a new state, or of a new name.
func (s *sockets) tell(k *socket, to diag.State, renamed bool) {
	if k.state == to && !renamed {
		return
	}
	e := event.Event{Kind: event.KindState, Host: k.lane, To: to.String(), Cause: because(s.changed(k, to))}
	if k.state != 0 {
		e.From = k.state.String()
	}
	from := k.state
	k.state = to
	e.Socket = k.describe()
	s.reached(k, from, to, s.emit(e))
}

// gone deals with a socket that is no longer in the kernel's tables. As long
// as a program holds it, it exists and is closed.
func (s *sockets) gone(k *socket) {
	if len(k.holders) > 0 {
		s.tell(k, diag.Close, k.rename(k.local, netip.AddrPort{}))
		s.queues(k, queues{drops: k.queued.drops})
		return
	}
	if s.derived != nil {
		s.derived.gone(k)
	}
	s.forget(k)
}

// otherEnd is the other end of a connection, as the kernel has it now; nil
// when it is none of the sandbox's that we know.
func (s *sockets) otherEnd(k *socket) *connection {
	if !k.remote.IsValid() {
		return nil
	}
	now, err := s.diags[k.host].Find(k.protocol, k.remote, k.local)
	if err != nil {
		return nil
	}
	other := s.find(func(o *socket) bool { return o.cookie == now.Cookie && o.named() })
	if other == nil {
		return nil
	}
	return &connection{other, now, s.listens(other)}
}

// listens says whether a socket of the sandbox listens at k's port: then k
// came from there.
func (s *sockets) listens(k *socket) bool {
	return s.find(func(l *socket) bool {
		return l.host == k.host && l.state == diag.Listen && l.local.Port() == k.local.Port()
	}) != nil
}

func (s *sockets) forget(k *socket) {
	for _, other := range s.all {
		if other.peer == k {
			other.peer = nil
		}
	}
	for i, other := range s.all {
		if other == k {
			s.all = append(s.all[:i:i], s.all[i+1:]...)
			seq := s.emit(event.Event{Kind: event.KindState, Host: k.lane, From: k.state.String(), Socket: k.describe(), Cause: because(s.changed(k, 0))})
			s.reached(k, k.state, diag.Close, seq)
			return
		}
	}
}

func (k *socket) describe() *event.Socket {
	d := &event.Socket{ID: k.id, Proto: protocolName(k.protocol), Program: k.program, Mapped: k.family.mapped}
	d.V6Only = k.family.v6only && !k.remote.IsValid()
	if k.kind != "" {
		d.Proto, d.Local = k.kind, k.path
		inode, _ := strconv.ParseUint(k.inode, 10, 32)
		d.Inode = uint32(inode)
	}
	if k.peer != nil {
		d.Peer, d.Remote = k.peer.id, k.peer.path
	}
	if k.local.IsValid() {
		d.Local = k.local.String()
	}
	if k.remote.IsValid() {
		d.Remote = k.remote.String()
	}
	if len(k.holders) > 0 {
		d.FD = &k.holders[0].fd
	}
	return d
}

func protocolName(p uint8) string {
	if p == unix.IPPROTO_UDP {
		return "udp"
	}
	return "tcp"
}

func unmap(a netip.AddrPort) netip.AddrPort { return netip.AddrPortFrom(a.Addr().Unmap(), a.Port()) }

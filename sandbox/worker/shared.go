//go:build linux

package worker

import (
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"os"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/confine"
	"fivetuple/sandbox/diag"
	"fivetuple/sandbox/host"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/trace"
	"fivetuple/sandbox/wire"
)

// The tier shared: where no namespaces can be had, the programs of a lab run
// in the machine's network, beside the server and other sandboxes, and with
// its files. That is for programs which are trusted, and for one host only.
// The sandbox has a network 127.x.y.0/24 of its own, to which the addresses
// that its programs ask for are moved before the kernel reads them.

// own is the network 127.x.y.0/24 of a sandbox that shares the machine's.
type own struct {
	prefix [3]byte
	lock   int                    // a socket whose name says that the network is taken
	asked  map[int]netip.AddrPort // addresses that threads last asked for, moved; of the tracer's thread
}

// claim takes a network that no other sandbox of the machine has.
func claim() (*own, error) {
	lock, err := unix.Socket(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, os.NewSyscallError("socket", err)
	}
	for n := range 254 * 254 {
		n += os.Getpid() // where nobody looked yet
		o := &own{[3]byte{127, byte(1 + n/254%254), byte(1 + n%254)}, lock, map[int]netip.AddrPort{}}
		err := unix.Bind(lock, &unix.SockaddrUnix{Name: "@fivetuple/" + o.addr().String()})
		if err == nil {
			return o, nil
		}
		if !errors.Is(err, unix.EADDRINUSE) {
			return nil, os.NewSyscallError("bind", err)
		}
	}
	return nil, errors.New("every network 127.x.y.0/24 is taken by a sandbox")
}

// addr is the address that takes the place of 127.0.0.1.
func (o *own) addr() netip.Addr { return o.in(1) }

func (o *own) in(last byte) netip.Addr {
	return netip.AddrFrom4([4]byte{o.prefix[0], o.prefix[1], o.prefix[2], last})
}

// has says whether an address is of the network.
func (o *own) has(a netip.Addr) bool {
	return a.Is4() && [3]byte(a.AsSlice()[:3]) == o.prefix
}

// moved is where an address of the host itself is moved to; ok is false when
// it stays as it is.
func (o *own) moved(a netip.Addr) (to netip.Addr, ok bool) {
	v4 := a.Unmap()
	switch {
	case o.has(v4):
		return a, false
	case v4.Is4() && v4.IsLoopback():
		to = o.in(v4.As4()[3])
	case a.IsUnspecified(), a.IsLoopback():
		to = o.addr()
	default:
		return a, false
	}
	if a.Is6() {
		to = netip.AddrFrom16(to.As16())
	}
	return to, true
}

// prepareShared makes the premises of a sandbox without namespaces.
func prepareShared(p Premises) (ready prepared, err error) {
	// What its programs start and leave behind becomes ours to wait for.
	if err := unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); err != nil {
		return ready, os.NewSyscallError("prctl child subreaper", err)
	}
	if ready.root, err = confine.NewFolder(os.Args[1], p.Extra...); err != nil {
		return ready, fmt.Errorf("folder: %w", err)
	}
	n := &network{hosts: map[string]*host.Host{}, diags: map[string]*diag.Conn{}, discards: map[string]*discards{}, ports: map[string]*wire.Port{}}
	ready.network = n
	if n.own, err = claim(); err != nil {
		return ready, err
	}
	h, err := host.Here(localhost)
	if err != nil {
		return ready, err
	}
	h.Addrs = []netip.Addr{n.own.addr()}
	if err := n.watch(localhost, h); err != nil {
		return ready, err
	}
	if p.Topology == lab.Loopback {
		err = n.capture()
	}
	return ready, err
}

// labelShared says what is not as it would be in namespaces.
func (w *worker) labelShared() {
	w.note("shared", w.own.addr().String())
	if w.sockets.cut != nil {
		w.note("cut", "segments are discarded by their receiver: IP_MINTTL")
	}
	if w.spec.Lab.Topology == lab.Loopback && w.ports[localhost] == nil {
		w.note("derived", "capturing packets needs CAP_NET_RAW")
		w.sockets.derived = newDerived(w.sockets)
	}
}

// capture opens lo for the packets of the sandbox's own network. Without
// CAP_NET_RAW it does nothing: no packet is seen then.
func (n *network) capture() error {
	index, err := host.Index("lo")
	if err != nil {
		return err
	}
	port, err := wire.OpenPort(index)
	if errors.Is(err, fs.ErrPermission) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("capture on lo: %w", err)
	}
	n.ports[localhost] = port
	a := n.own.addr().As4()
	return port.Only(a)
}

// killPrograms kills every process of every program.
func (w *worker) killPrograms() {
	if os.Getpid() == 1 {
		_ = unix.Kill(-1, unix.SIGKILL) // everything in this pid namespace but ourselves
		return
	}
	for _, pid := range w.processes.all() {
		_ = unix.Kill(pid, unix.SIGKILL) // it may have ended
	}
}

// endPrograms ends what is left of the programs and, where there is no pid
// namespace that does it, waits for it.
func (w *worker) endPrograms() {
	w.killPrograms()
	for w.network != nil && w.own != nil {
		if _, err := unix.Wait4(-1, nil, unix.WALL, nil); err != nil && err != unix.EINTR {
			return // nobody is left
		}
	}
}

// divertAddress moves the address that a call points to into the sandbox's
// own network.
func (w *worker) divertAddress(tid int, address, length uint64) {
	b := make([]byte, min(length, unix.SizeofSockaddrInet6))
	if len(b) < unix.SizeofSockaddrInet4 || trace.Read(tid, b, address) != nil {
		return
	}
	at, size := 4, 4 // of the address in struct sockaddr_in
	switch family := uint16(b[0]) | uint16(b[1])<<8; {
	case family == unix.AF_INET6 && len(b) == unix.SizeofSockaddrInet6:
		at, size = 8, 16
	case family != unix.AF_INET:
		return
	}
	a, _ := netip.AddrFromSlice(b[at : at+size])
	port := uint16(b[2])<<8 | uint16(b[3])
	w.own.asked[tid] = netip.AddrPortFrom(a.Unmap(), port)
	if w.sockets.has(w.own.asked[tid]) {
		return // a client that the kernel gave 127.0.0.1
	}
	if to, ok := w.own.moved(a); ok {
		w.own.asked[tid] = netip.AddrPortFrom(to.Unmap(), port)
		// What cannot be changed the kernel does not read either.
		_ = trace.Write(tid, to.AsSlice(), address+uint64(at))
	}
}

// deriveAsking looks at the socket of a connect that has no answer yet, where
// no captured packet says that there is one.
func (w *worker) deriveAsking(s *trace.Stop) {
	fd, ok := s.FD()
	if w.sockets.derived == nil || s.Name != "connect" || !ok {
		return
	}
	w.mu.Lock()
	c := w.touched[s.ID]
	w.mu.Unlock()
	id, ok := w.sockets.identify(localhost, s.PID, fd)
	if !ok || id.protocol != unix.IPPROTO_TCP {
		return
	}
	w.sockets.mu.Lock()
	defer w.sockets.mu.Unlock()
	if k := w.sockets.find(func(k *socket) bool { return k.inode == c.inode }); k != nil {
		k.rename(id.local, w.own.asked[s.TID])
		w.sockets.lookLocked(localhost, k.tuple())
	}
}

// deriveDatagram tells of the datagram that a call has sent, where it cannot
// be captured.
func (w *worker) deriveDatagram(s *trace.Stop, c openCall) {
	if w.sockets.derived == nil || s.Name != "sendto" || s.Result < 0 {
		return
	}
	to := netip.AddrPort{}
	if _, ok := s.Destination(); ok {
		to = w.own.asked[s.TID]
	}
	w.sockets.deriveDatagram(c.inode, to, int(s.Result))
}

// deriveDatagram tells of a datagram that the socket with this inode has sent
// to an address or, without one, to its peer.
func (s *sockets) deriveDatagram(inode string, to netip.AddrPort, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.find(func(k *socket) bool { return k.inode == inode && k.protocol == unix.IPPROTO_UDP && k.named() })
	if k == nil {
		return
	}
	if !to.IsValid() {
		to = k.remote
	}
	from := k.local
	if from.Addr().IsUnspecified() { // what the kernel takes for a socket without an address
		from = netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), from.Port())
	}
	s.derived.datagram(k.host, from, to, n)
}

// has says whether a socket of the sandbox has this name.
func (s *sockets) has(name netip.AddrPort) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.find(func(k *socket) bool { return k.local == name }) != nil
}

// most is how many processes the machine's own limit allows.
const most = 1 << 16

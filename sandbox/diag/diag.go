//go:build linux

// Package diag asks the kernel for the state of sockets over NETLINK_SOCK_DIAG.
//
// It needs no privilege and sees every socket of one network namespace: the
// one the calling thread was in when the [Conn] was opened. A question for
// one socket costs some microseconds; a dump walks the kernel's hash tables,
// which are sized for the whole machine, and costs some hundred.
//
// Source: sock_diag(7), linux/inet_diag.h.
package diag

import (
	"encoding/binary"
	"errors"
	"net/netip"
	"os"
	"sync"

	"golang.org/x/sys/unix"
)

// ErrNotFound means that the kernel has no such socket, or no longer.
var ErrNotFound = errors.New("no such socket")

// Socket is what the kernel says of one socket.
type Socket struct {
	Protocol uint8 // IPPROTO_TCP or IPPROTO_UDP
	State    State
	Local    netip.AddrPort
	Remote   netip.AddrPort // port 0 when there is no peer
	Recv     uint32         // bytes not yet read; of a listener: connections not yet accepted
	Send     uint32         // bytes not yet acknowledged; of a listener: its backlog
	Inode    uint32         // 0 when no descriptor refers to it
	Cookie   uint64         // the same through the socket's whole life, from SYN_RECV to TIME_WAIT
	V6Only   bool           // of IPv6 without a peer: it takes no IPv4

	Info       *unix.TCPInfo // of TCP connections that have a full socket: not in SYN_RECV and TIME_WAIT
	Congestion string        // name of the congestion control, where there is Info
	Drops      uint32        // of UDP: datagrams dropped since the socket was made
}

// Connected says whether the socket has a peer.
func (s Socket) Connected() bool { return s.Remote.IsValid() && s.Remote.Port() != 0 }

// Conn is a netlink socket bound to one network namespace. Its methods may
// be called from any goroutine and thread.
type Conn struct {
	mu  sync.Mutex
	fd  int
	seq uint32
	buf []byte
}

// Open opens a Conn for the network namespace of the calling thread.
func Open() (*Conn, error) {
	fd, err := unix.Socket(unix.AF_NETLINK, unix.SOCK_RAW|unix.SOCK_CLOEXEC, unix.NETLINK_SOCK_DIAG)
	if err != nil {
		return nil, os.NewSyscallError("socket", err)
	}
	if err := unix.Bind(fd, &unix.SockaddrNetlink{Family: unix.AF_NETLINK}); err != nil {
		unix.Close(fd)
		return nil, os.NewSyscallError("bind", err)
	}
	return &Conn{fd: fd, buf: make([]byte, 32<<10)}, nil
}

// Close closes the netlink socket.
func (c *Conn) Close() error { return os.NewSyscallError("close", unix.Close(c.fd)) }

// Find returns the socket that the kernel would give a packet to that comes
// from remote to local: the connection, else for TCP the listener, else for
// UDP the unconnected socket. With neither it is ErrNotFound.
func (c *Conn) Find(protocol uint8, local, remote netip.AddrPort) (Socket, error) {
	var found Socket
	err := ErrNotFound
	ask := request(protocol, familyOf(local), 0)
	ask.setID(protocol, local, remote)
	lookupErr := c.exchange(unix.NLM_F_REQUEST, ask.body[:], ask.each(func(s Socket) { found, err = s, nil }))
	if errors.Is(lookupErr, unix.ENOENT) {
		return Socket{}, ErrNotFound
	}
	if lookupErr != nil {
		return Socket{}, lookupErr
	}
	return found, err
}

// Dump returns all sockets of one protocol and family in any of the states
// of the mask (1<<State, or'ed), request sockets in SYN_RECV included.
func (c *Conn) Dump(protocol, family uint8, states uint32) ([]Socket, error) {
	var all []Socket
	ask := request(protocol, family, states)
	err := c.exchange(unix.NLM_F_REQUEST|unix.NLM_F_DUMP, ask.body[:], ask.each(func(s Socket) { all = append(all, s) }))
	return all, err
}

func familyOf(a netip.AddrPort) uint8 {
	if a.Addr().Is4() {
		return unix.AF_INET
	}
	return unix.AF_INET6
}

// each reads the sockets of an answer.
func (a *ask) each(take func(Socket)) func([]byte) {
	return func(b []byte) {
		if len(b) < messageLen {
			return
		}
		s := socketOf(a.protocol, b)
		eachAttribute(b[messageLen:], s.attribute)
		take(s)
	}
}

// exchange sends one request and calls each for every message of the answer.
func (c *Conn) exchange(flags uint16, body []byte, each func([]byte)) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.seq++
	if err := unix.Sendto(c.fd, message(flags, c.seq, body), 0, &unix.SockaddrNetlink{Family: unix.AF_NETLINK}); err != nil {
		return os.NewSyscallError("sendto", err)
	}
	for {
		n, _, err := unix.Recvfrom(c.fd, c.buf, 0)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		if err != nil {
			return os.NewSyscallError("recvfrom", err)
		}
		done, err := c.messages(c.buf[:n], flags&unix.NLM_F_DUMP == 0, each)
		if done || err != nil {
			return err
		}
	}
}

// messages reads the netlink messages of one datagram; done means that the
// answer is complete.
func (c *Conn) messages(b []byte, single bool, each func([]byte)) (done bool, err error) {
	for len(b) >= unix.NLMSG_HDRLEN {
		length := int(binary.NativeEndian.Uint32(b))
		if length < unix.NLMSG_HDRLEN || length > len(b) {
			return true, os.NewSyscallError("netlink", unix.EBADMSG)
		}
		typ, seq, body := binary.NativeEndian.Uint16(b[4:]), binary.NativeEndian.Uint32(b[8:]), b[unix.NLMSG_HDRLEN:length]
		b = b[min(len(b), (length+3)&^3):]
		if seq != c.seq {
			continue // left over from a question that was given up
		}
		switch typ {
		case unix.NLMSG_DONE:
			return true, nil
		case unix.NLMSG_ERROR:
			return true, netlinkError(body)
		case unix.SOCK_DIAG_BY_FAMILY:
			each(body)
			if single {
				return true, nil
			}
		}
	}
	return false, nil
}

func netlinkError(body []byte) error {
	if len(body) < 4 {
		return os.NewSyscallError("netlink", unix.EBADMSG)
	}
	if code := int32(binary.NativeEndian.Uint32(body)); code != 0 {
		return os.NewSyscallError("sock_diag", unix.Errno(-code))
	}
	return nil
}

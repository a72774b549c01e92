//go:build linux

package worker

import (
	"errors"
	"net/netip"
	"os"

	"golang.org/x/sys/unix"
)

// identity is what a socket says of itself.
type identity struct {
	protocol      uint8 // 0 of a Unix-domain socket
	cookie        uint64
	local, remote netip.AddrPort // invalid while it has none
	family        family
	kind          string // of a Unix-domain socket: u_str, u_dgr, u_seq
	path          string // its name: a path, @ and an abstract name, or none
}

// identify asks the socket that is descriptor fd of a stopped process for
// its identity, through a copy of the descriptor that lives for a moment.
func (s *sockets) identify(host string, pid, fd int) (identity, bool) {
	socket, err := descriptor(pid, fd)
	if errors.Is(err, unix.EPERM) || errors.Is(err, unix.ENOSYS) { // a container's seccomp profile may refuse the call
		return s.listed(host, pid, fd)
	}
	if err != nil {
		return identity{}, false
	}
	defer unix.Close(socket)
	return ask(socket)
}

// descriptor is a copy, ours to close, of descriptor fd of a process.
func descriptor(pid, fd int) (int, error) {
	process, err := unix.PidfdOpen(pid, 0)
	if err != nil {
		return -1, os.NewSyscallError("pidfd_open", err)
	}
	defer unix.Close(process)
	own, err := unix.PidfdGetfd(process, fd, 0)
	return own, os.NewSyscallError("pidfd_getfd", err)
}

func ask(socket int) (id identity, ok bool) {
	if domain, err := unix.GetsockoptInt(socket, unix.SOL_SOCKET, unix.SO_DOMAIN); err == nil && domain == unix.AF_UNIX {
		return askUnix(socket)
	}
	protocol, err := unix.GetsockoptInt(socket, unix.SOL_SOCKET, unix.SO_PROTOCOL)
	if err != nil || protocol != unix.IPPROTO_TCP && protocol != unix.IPPROTO_UDP {
		return identity{}, false
	}
	id.protocol = uint8(protocol)
	if id.cookie, err = unix.GetsockoptUint64(socket, unix.SOL_SOCKET, unix.SO_COOKIE); err != nil {
		return identity{}, false
	}
	if name, err := unix.Getsockname(socket); err == nil {
		id.local = unmap(addrPort(name))
		id.family.mapped = addrPort(name).Addr().Is4In6()
	}
	if peer, err := unix.Getpeername(socket); err == nil {
		id.remote = unmap(addrPort(peer))
	}
	if only, err := unix.GetsockoptInt(socket, unix.IPPROTO_IPV6, unix.IPV6_V6ONLY); err == nil {
		id.family.v6only = only != 0
	}
	if id.local.Port() == 0 {
		id.local = netip.AddrPort{}
	}
	return id, true
}

func addrPort(name unix.Sockaddr) netip.AddrPort {
	switch a := name.(type) {
	case *unix.SockaddrInet4:
		return netip.AddrPortFrom(netip.AddrFrom4(a.Addr), uint16(a.Port))
	case *unix.SockaddrInet6:
		return netip.AddrPortFrom(netip.AddrFrom16(a.Addr), uint16(a.Port))
	}
	return netip.AddrPort{}
}

// unixKinds are the types of Unix-domain sockets as ss names them.
var unixKinds = map[int]string{unix.SOCK_STREAM: "u_str", unix.SOCK_DGRAM: "u_dgr", unix.SOCK_SEQPACKET: "u_seq"}

func askUnix(socket int) (id identity, ok bool) {
	kind, err := unix.GetsockoptInt(socket, unix.SOL_SOCKET, unix.SO_TYPE)
	if err != nil {
		return identity{}, false
	}
	id.kind = unixKinds[kind]
	if id.cookie, err = unix.GetsockoptUint64(socket, unix.SOL_SOCKET, unix.SO_COOKIE); err != nil {
		return identity{}, false
	}
	if name, err := unix.Getsockname(socket); err == nil {
		if u, ok := name.(*unix.SockaddrUnix); ok {
			id.path = u.Name
		}
	}
	return id, id.kind != ""
}

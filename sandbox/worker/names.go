//go:build linux

package worker

import (
	"net/netip"

	"golang.org/x/sys/unix"
)

// identity is what a socket says of itself.
type identity struct {
	protocol      uint8 // 0 when it is neither TCP nor UDP
	cookie        uint64
	local, remote netip.AddrPort // invalid while it has none
}

// identify asks the socket that is descriptor fd of a stopped process for
// its identity, through a copy of the descriptor that lives for a moment.
func identify(pid, fd int) (identity, bool) {
	process, err := unix.PidfdOpen(pid, 0)
	if err != nil {
		return identity{}, false
	}
	defer unix.Close(process)
	socket, err := unix.PidfdGetfd(process, fd, 0)
	if err != nil {
		return identity{}, false
	}
	defer unix.Close(socket)
	return ask(socket)
}

func ask(socket int) (id identity, ok bool) {
	protocol, err := unix.GetsockoptInt(socket, unix.SOL_SOCKET, unix.SO_PROTOCOL)
	if err != nil || protocol != unix.IPPROTO_TCP && protocol != unix.IPPROTO_UDP {
		return identity{}, false
	}
	id.protocol = uint8(protocol)
	if id.cookie, err = unix.GetsockoptUint64(socket, unix.SOL_SOCKET, unix.SO_COOKIE); err != nil {
		return identity{}, false
	}
	if name, err := unix.Getsockname(socket); err == nil {
		id.local = addrPort(name)
	}
	if peer, err := unix.Getpeername(socket); err == nil {
		id.remote = addrPort(peer)
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
		return netip.AddrPortFrom(netip.AddrFrom16(a.Addr).Unmap(), uint16(a.Port))
	}
	return netip.AddrPort{}
}

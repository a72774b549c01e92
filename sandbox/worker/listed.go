//go:build linux

package worker

import (
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/diag"
	"fivetuple/sandbox/trace"
)

// boundInactive is the state in which the kernel lists a TCP socket that has
// a name and does nothing yet (TCP_BOUND_INACTIVE, since Linux 6.8).
const boundInactive = 13

// listed is the identity of a socket as the kernel's lists have it, where it
// cannot be asked itself. A socket without a name is in none.
func (s *sockets) listed(host string, pid, fd int) (id identity, ok bool) {
	protocol := make([]byte, 32)
	n, err := unix.Getxattr(trace.Proc(pid)+"/fd/"+strconv.Itoa(fd), "system.sockprotoname", protocol)
	if err != nil {
		return id, false
	}
	name := unix.ByteSliceToString(protocol[:n])
	inode, _ := trace.Inode(pid, fd)
	switch number, _ := strconv.ParseUint(inode, 10, 32); strings.TrimSuffix(name, "v6") {
	case "TCP":
		id.protocol = unix.IPPROTO_TCP
		s.list(host, &id, uint32(number))
	case "UDP":
		id.protocol = unix.IPPROTO_UDP
		s.list(host, &id, uint32(number))
	case "UNIX-STREAM", "UNIX":
		found, err := s.diags[host].FindUnix(uint32(number))
		id.kind, id.cookie = unixKinds[found.Type], found.Cookie
		return id, err == nil
	default:
		return id, false
	}
	return id, true
}

// list looks for the socket with this inode in the kernel's lists of its
// protocol.
func (s *sockets) list(host string, id *identity, inode uint32) {
	for _, family := range []uint8{unix.AF_INET, unix.AF_INET6} {
		all, err := s.diags[host].Dump(id.protocol, family, diag.AllStates|1<<boundInactive)
		if err != nil {
			continue // it stays without a name until it is asked for again
		}
		for _, d := range all {
			if d.Inode == inode {
				id.cookie, id.local, id.remote, id.family = d.Cookie, unmap(d.Local), unmap(d.Remote), familyOf(d)
				return
			}
		}
	}
}

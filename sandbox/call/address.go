//go:build linux

package call

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net/netip"

	"golang.org/x/sys/unix"
)

// addressIn writes a struct sockaddr that the call is given; argument length
// says how long it is.
func addressIn(length int) argument {
	return func(c *Call, i int) string { return c.address(c.raw[i], int(int32(c.raw[length]))) }
}

// addressOut writes a struct sockaddr that the call filled in; argument
// length points to how long it is, and pointed to how much room there was.
func addressOut(length int) argument {
	return func(c *Call, i int) string {
		if !c.ok() || c.raw[i] == 0 {
			return pointer(c, i)
		}
		n, ok := c.int32At(c.raw[length])
		if !ok || n == 0 {
			return pointer(c, i)
		}
		if room, known := c.was[length]; known {
			n = int32(min(int64(n), room))
		}
		return c.address(c.raw[i], int(n))
	}
}

// lengthOut writes the length that an argument points to, and what it was
// before when the kernel changed it.
func lengthOut(c *Call, i int) string {
	n, ok := c.int32At(c.raw[i])
	if !ok {
		return pointer(c, i)
	}
	if !c.done {
		c.was[i] = int64(n)
	}
	if was := c.was[i]; was != int64(n) {
		return fmt.Sprintf("[%d => %d]", was, n)
	}
	return fmt.Sprintf("[%d]", n)
}

// maxAddress is the size of struct sockaddr_storage.
const maxAddress = 128

func (c *Call) address(at uint64, n int) string {
	if at == 0 {
		return "NULL"
	}
	b, ok := c.bytes(at, min(n, maxAddress))
	if !ok || len(b) < 2 {
		return address(at)
	}
	return c.sockaddr(b)
}

// sockaddr writes a struct sockaddr.
func (c *Call) sockaddr(b []byte) string {
	family := half(b)
	switch {
	case len(b) == 2:
		return "{sa_family=" + families.name(uint64(family)) + "}"
	case family == unix.AF_INET && len(b) >= 8:
		return fmt.Sprintf("{sa_family=AF_INET, sin_port=htons(%d), sin_addr=inet_addr(%q)}",
			binary.BigEndian.Uint16(b[2:]), netip.AddrFrom4([4]byte(b[4:8])))
	case family == unix.AF_INET6 && len(b) >= 24:
		return c.inet6(b)
	case family == unix.AF_UNIX:
		return "{sa_family=AF_UNIX, sun_path=" + unixPath(b[2:]) + "}"
	case family == unix.AF_NETLINK && len(b) >= 12:
		return fmt.Sprintf("{sa_family=AF_NETLINK, nl_pid=%d, nl_groups=%#08x}", word(b[4:]), uword(b[8:]))
	case family == unix.AF_PACKET && len(b) >= 12:
		return c.link(b)
	}
	return "{sa_family=" + families.name(uint64(family)) + ", sa_data=" + Quote(b[2:]) + "}"
}

func (c *Call) inet6(b []byte) string {
	s := fmt.Sprintf("{sa_family=AF_INET6, sin6_port=htons(%d), sin6_flowinfo=htonl(%d), inet_pton(AF_INET6, %q, &sin6_addr)",
		binary.BigEndian.Uint16(b[2:]), binary.BigEndian.Uint32(b[4:]), netip.AddrFrom16([16]byte(b[8:24])))
	if len(b) < 28 { // RFC 2133 knew no scope
		return s + "}"
	}
	scope := fmt.Sprint(uword(b[24:]))
	if a := netip.AddrFrom16([16]byte(b[8:24])); a.IsLinkLocalUnicast() || a.IsLinkLocalMulticast() {
		scope = c.interfaceName(uword(b[24:]))
	}
	return s + ", sin6_scope_id=" + scope + "}"
}

// unixPath writes the path of a Unix-domain socket, or the name that begins
// with a zero byte and has no file.
func unixPath(b []byte) string {
	if b[0] == 0 {
		return "@" + Quote(b[1:])
	}
	path, _, _ := bytes.Cut(b, []byte{0})
	return Quote(path)
}

// link writes a struct sockaddr_ll.
func (c *Call) link(b []byte) string {
	s := fmt.Sprintf("{sa_family=AF_PACKET, sll_protocol=%s, sll_ifindex=%s, sll_hatype=%s, sll_pkttype=%s, sll_halen=%d",
		etherType(binary.BigEndian.Uint16(b[2:])), c.interfaceName(uword(b[4:])), hardware.name(uint64(half(b[8:]))), packetTypes.name(uint64(b[10])), b[11])
	hardware := b[12:]
	if len(hardware) > int(b[11]) {
		hardware = hardware[:b[11]]
	}
	if len(hardware) == 0 {
		return s + "}"
	}
	return s + fmt.Sprintf(", sll_addr=[%s]}", joined(hardware, ", ", "%#02x"))
}

func joined(b []byte, separator, format string) (s string) {
	for i, v := range b {
		if i > 0 {
			s += separator
		}
		s += fmt.Sprintf(format, v)
	}
	return s
}

func etherType(n uint16) string { return "htons(" + etherTypes.name(uint64(n)) + ")" }

// interfaceName writes the index of a network interface by its name where it
// has one.
func (c *Call) interfaceName(index uint32) string {
	if index != 0 {
		if name := c.process.Interface(index); name != "" {
			return "if_nametoindex(" + Quote([]byte(name)) + ")"
		}
	}
	return fmt.Sprint(index)
}

func inetAddr(b []byte) string {
	return fmt.Sprintf("inet_addr(%q)", netip.AddrFrom4([4]byte(b)))
}

// Destination is the port that a connect or sendto of an Internet socket is
// about; ok is false for other calls and addresses.
func (c *Call) Destination() (port uint16, ok bool) {
	at := map[string]int{"connect": 1, "sendto": 4}[c.Name]
	b, readable := c.bytes(c.raw[at], 4)
	if at == 0 || !readable {
		return 0, false
	}
	family := half(b)
	return binary.BigEndian.Uint16(b[2:]), family == unix.AF_INET || family == unix.AF_INET6
}

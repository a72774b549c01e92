//go:build linux

package call

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net/netip"
	"strconv"

	"golang.org/x/sys/unix"
)

// addressIn writes a struct sockaddr that the call is given; argument length
// says how long it is.
func addressIn(length int) argument {
	return func(c *Call, i int) string { return c.address(i, int(int32(c.raw[length]))) }
}

// addressOut writes a struct sockaddr that the call filled in; argument
// length points to how long it is.
func addressOut(length int) argument {
	return func(c *Call, i int) string {
		if !c.ok() || c.raw[i] == 0 {
			return pointer(c, i)
		}
		n, ok := c.int32At(c.raw[length])
		if !ok || n == 0 {
			return pointer(c, i)
		}
		return c.address(i, int(n))
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
		c.was[i] = n
	}
	if was := c.was[i]; was != n {
		return fmt.Sprintf("[%d => %d]", was, n)
	}
	return fmt.Sprintf("[%d]", n)
}

func (c *Call) int32At(address uint64) (int32, bool) {
	b, ok := c.bytes(address, 4)
	if !ok {
		return 0, false
	}
	return int32(binary.NativeEndian.Uint32(b)), true
}

// maxAddress is the size of struct sockaddr_storage.
const maxAddress = 128

func (c *Call) address(i, n int) string {
	if c.raw[i] == 0 {
		return "NULL"
	}
	b, ok := c.bytes(c.raw[i], min(n, maxAddress))
	if !ok || len(b) < 2 {
		return pointer(c, i)
	}
	return Address(b)
}

// Address writes a struct sockaddr.
func Address(b []byte) string {
	family := binary.NativeEndian.Uint16(b)
	switch {
	case family == unix.AF_INET && len(b) >= 8:
		return fmt.Sprintf("{sa_family=AF_INET, sin_port=htons(%d), sin_addr=inet_addr(%q)}",
			binary.BigEndian.Uint16(b[2:]), netip.AddrFrom4([4]byte(b[4:8])))
	case family == unix.AF_INET6 && len(b) >= 28:
		return fmt.Sprintf("{sa_family=AF_INET6, sin6_port=htons(%d), sin6_flowinfo=htonl(%d), inet_pton(AF_INET6, %q, &sin6_addr), sin6_scope_id=%d}",
			binary.BigEndian.Uint16(b[2:]), binary.BigEndian.Uint32(b[4:]), netip.AddrFrom16([16]byte(b[8:24])), binary.NativeEndian.Uint32(b[24:]))
	case family == unix.AF_UNIX && len(b) == 2:
		return "{sa_family=AF_UNIX}"
	case family == unix.AF_UNIX && b[2] == 0:
		return "{sa_family=AF_UNIX, sun_path=@" + Quote(b[3:]) + "}"
	case family == unix.AF_UNIX:
		path, _, _ := bytes.Cut(b[2:], []byte{0})
		return "{sa_family=AF_UNIX, sun_path=" + Quote(path) + "}"
	}
	return "{sa_family=" + families.name(uint64(family)) + ", sa_data=" + Quote(b[2:]) + "}"
}

// Destination is the port that a connect or sendto of an Internet socket is
// about; ok is false for other calls and addresses.
func (c *Call) Destination() (port uint16, ok bool) {
	at := map[string]int{"connect": 1, "sendto": 4}[c.Name]
	b, readable := c.bytes(c.raw[at], 4)
	if at == 0 || !readable {
		return 0, false
	}
	family := binary.NativeEndian.Uint16(b)
	return binary.BigEndian.Uint16(b[2:]), family == unix.AF_INET || family == unix.AF_INET6
}

func pairOut(c *Call, i int) string {
	b, ok := c.bytes(c.raw[i], 8)
	if !ok || !c.ok() {
		return pointer(c, i)
	}
	return "[" + strconv.Itoa(int(binary.NativeEndian.Uint32(b))) + ", " + strconv.Itoa(int(binary.NativeEndian.Uint32(b[4:]))) + "]"
}

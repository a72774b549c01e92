//go:build linux

package call

import (
	"fmt"
	"net/netip"

	"golang.org/x/sys/unix"
)

func optionIn(c *Call, i int) string {
	n := int(int32(c.raw[4]))
	if c.raw[1] == unix.SOL_SOCKET && c.raw[2] == unix.SO_ATTACH_FILTER && n == 16 {
		if b, ok := c.bytes(c.raw[i], 16); ok {
			return fmt.Sprintf("{len=%d, filter=%s}", half(b), address(uint64(long(b[8:]))))
		}
	}
	return c.value(i, n)
}

func optionOut(c *Call, i int) string {
	n, ok := c.int32At(c.raw[4])
	if !c.ok() || !ok || n == 0 {
		return pointer(c, i)
	}
	return c.value(i, int(n))
}

// optionKey is an option of a level.
type optionKey struct{ level, option uint64 }

// values write the values of options that are not simply numbers, where
// there are as many bytes as they need.
var values = map[optionKey]struct {
	need  int
	write func(c *Call, b []byte) string
}{
	{unix.SOL_SOCKET, unix.SO_LINGER}:      {4, linger},
	{unix.SOL_SOCKET, unix.SO_RCVTIMEO}:    {16, timeval},
	{unix.SOL_SOCKET, unix.SO_SNDTIMEO}:    {16, timeval},
	{unix.SOL_SOCKET, unix.SO_ERROR}:       {4, socketError},
	{unix.SOL_SOCKET, unix.SO_PEERCRED}:    {4, credentials},
	{unix.SOL_SOCKET, unix.SO_COOKIE}:      {8, cookie},
	{unix.SOL_TCP, unix.TCP_INFO}:          {8, tcpInfo},
	{unix.SOL_IP, unix.IP_ADD_MEMBERSHIP}:  {8, groupRequest},
	{unix.SOL_IP, unix.IP_DROP_MEMBERSHIP}: {8, groupRequest},
	{unix.SOL_IP, unix.IP_MULTICAST_IF}:    {4, multicastInterface},

	{unix.SOL_IP, unix.IP_ADD_SOURCE_MEMBERSHIP}:  {12, sourceRequest},
	{unix.SOL_IP, unix.IP_DROP_SOURCE_MEMBERSHIP}: {12, sourceRequest},
	{unix.SOL_IPV6, unix.IPV6_ADD_MEMBERSHIP}:     {20, group6Request},
	{unix.SOL_IPV6, unix.IPV6_DROP_MEMBERSHIP}:    {20, group6Request},
	{unix.SOL_IP, unix.IP_PKTINFO}:                {12, packetInfo}, // of a message; as an option it is a number
}

// textual are the options whose value is a text.
var textual = map[optionKey]bool{
	{unix.SOL_SOCKET, unix.SO_BINDTODEVICE}: true, {unix.SOL_TCP, unix.TCP_CONGESTION}: true, {unix.SOL_TCP, unix.TCP_ULP}: true,
}

// value writes the n bytes of the value of a socket option.
func (c *Call) value(i, n int) string {
	b, ok := c.bytes(c.raw[i], min(n, 512))
	if !ok {
		return pointer(c, i)
	}
	key := optionKey{c.raw[1], c.raw[2]}
	switch v, known := values[key]; {
	case known && len(b) >= v.need:
		return v.write(c, b)
	case textual[key]:
		return Quote(b)
	case n == 4:
		return fmt.Sprintf("[%d]", word(b))
	case n < 4 && options[c.raw[1]] != nil && !byteOptions[key]:
		return pointer(c, i) // too short for a number
	}
	return c.data(c.raw[i], uint64(n))
}

// byteOptions are the options that may be one byte long.
var byteOptions = map[optionKey]bool{
	{unix.SOL_IP, unix.IP_MULTICAST_TTL}: true, {unix.SOL_IP, unix.IP_MULTICAST_LOOP}: true, {unix.SOL_IP, unix.IP_TOS}: true, {unix.SOL_IP, unix.IP_TTL}: true,
}

func linger(_ *Call, b []byte) string {
	if len(b) < 8 {
		return fmt.Sprintf("{l_onoff=%d}", word(b))
	}
	return fmt.Sprintf("{l_onoff=%d, l_linger=%d}", word(b), word(b[4:]))
}

func timeval(_ *Call, b []byte) string {
	return fmt.Sprintf("{tv_sec=%d, tv_usec=%d}", long(b), long(b[8:]))
}

func timespec(_ *Call, b []byte) string {
	return fmt.Sprintf("{tv_sec=%d, tv_nsec=%d}", long(b), long(b[8:]))
}

func socketError(_ *Call, b []byte) string {
	if name := unix.ErrnoName(unix.Errno(word(b))); name != "" {
		return "[" + name + "]"
	}
	return fmt.Sprintf("[%d]", word(b))
}

func credentials(_ *Call, b []byte) string {
	if len(b) < 12 {
		return fmt.Sprintf("{pid=%d}", word(b))
	}
	return fmt.Sprintf("{pid=%d, uid=%d, gid=%d}", word(b), uword(b[4:]), uword(b[8:]))
}

func cookie(_ *Call, b []byte) string { return fmt.Sprintf("[%d]", uint64(long(b))) }

// groupRequest writes a struct ip_mreq, or ip_mreqn with its interface.
func groupRequest(c *Call, b []byte) string {
	s := "{imr_multiaddr=" + inetAddr(b[:4]) + ", imr_interface=" + inetAddr(b[4:8])
	if len(b) >= 12 && word(b[8:]) != 0 {
		s += ", imr_ifindex=" + c.interfaceName(uword(b[8:]))
	}
	return s + "}"
}

func multicastInterface(c *Call, b []byte) string {
	if len(b) >= 8 {
		return groupRequest(c, b)
	}
	return inetAddr(b[:4])
}

func sourceRequest(_ *Call, b []byte) string {
	return "{imr_multiaddr=" + inetAddr(b[:4]) + ", imr_interface=" + inetAddr(b[4:8]) + ", imr_sourceaddr=" + inetAddr(b[8:12]) + "}"
}

func group6Request(c *Call, b []byte) string {
	return fmt.Sprintf("{inet_pton(AF_INET6, %q, &ipv6mr_multiaddr), ipv6mr_interface=%s}", netip.AddrFrom16([16]byte(b[:16])), c.interfaceName(uword(b[16:])))
}

func packetInfo(c *Call, b []byte) string {
	return fmt.Sprintf("{ipi_ifindex=%s, ipi_spec_dst=%s, ipi_addr=%s}", c.interfaceName(uword(b)), inetAddr(b[4:8]), inetAddr(b[8:12]))
}

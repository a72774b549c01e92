//go:build linux

package call

import (
	"fmt"
	"strings"

	"golang.org/x/sys/unix"
)

// names are the names of numbers.
type names []struct {
	value uint64
	name  string
}

func (n names) name(v uint64) string {
	for _, e := range n {
		if e.value == v {
			return e.name
		}
	}
	return fmt.Sprintf("%#x", v)
}

// flags writes v as names joined by |; what has no name stays a number.
func (n names) flags(v uint64) string {
	if v == 0 {
		return "0"
	}
	var set []string
	for _, e := range n {
		if v&e.value == e.value {
			set = append(set, e.name)
			v &^= e.value
		}
	}
	if v != 0 {
		set = append(set, fmt.Sprintf("%#x", v))
	}
	return strings.Join(set, "|")
}

var families = names{
	{unix.AF_UNSPEC, "AF_UNSPEC"}, {unix.AF_UNIX, "AF_UNIX"}, {unix.AF_INET, "AF_INET"}, {unix.AF_INET6, "AF_INET6"},
	{unix.AF_NETLINK, "AF_NETLINK"}, {unix.AF_PACKET, "AF_PACKET"}, {unix.AF_VSOCK, "AF_VSOCK"},
}

var socketTypes = names{
	{unix.SOCK_STREAM, "SOCK_STREAM"}, {unix.SOCK_DGRAM, "SOCK_DGRAM"}, {unix.SOCK_RAW, "SOCK_RAW"}, {unix.SOCK_SEQPACKET, "SOCK_SEQPACKET"},
}

var socketTypeFlags = names{{unix.SOCK_CLOEXEC, "SOCK_CLOEXEC"}, {unix.SOCK_NONBLOCK, "SOCK_NONBLOCK"}}

var protocols = names{
	{unix.IPPROTO_IP, "IPPROTO_IP"}, {unix.IPPROTO_ICMP, "IPPROTO_ICMP"}, {unix.IPPROTO_TCP, "IPPROTO_TCP"}, {unix.IPPROTO_UDP, "IPPROTO_UDP"},
	{unix.IPPROTO_IPV6, "IPPROTO_IPV6"}, {unix.IPPROTO_ICMPV6, "IPPROTO_ICMPV6"}, {unix.IPPROTO_RAW, "IPPROTO_RAW"}, {unix.IPPROTO_MPTCP, "IPPROTO_MPTCP"},
}

var messageFlagNames = names{
	{unix.MSG_OOB, "MSG_OOB"}, {unix.MSG_PEEK, "MSG_PEEK"}, {unix.MSG_DONTROUTE, "MSG_DONTROUTE"}, {unix.MSG_CTRUNC, "MSG_CTRUNC"},
	{unix.MSG_TRUNC, "MSG_TRUNC"}, {unix.MSG_DONTWAIT, "MSG_DONTWAIT"}, {unix.MSG_EOR, "MSG_EOR"}, {unix.MSG_WAITALL, "MSG_WAITALL"},
	{unix.MSG_CONFIRM, "MSG_CONFIRM"}, {unix.MSG_ERRQUEUE, "MSG_ERRQUEUE"}, {unix.MSG_NOSIGNAL, "MSG_NOSIGNAL"}, {unix.MSG_MORE, "MSG_MORE"},
	{unix.MSG_FASTOPEN, "MSG_FASTOPEN"}, {unix.MSG_CMSG_CLOEXEC, "MSG_CMSG_CLOEXEC"},
}

var pollEvents = names{
	{unix.POLLIN, "POLLIN"}, {unix.POLLPRI, "POLLPRI"}, {unix.POLLOUT, "POLLOUT"}, {unix.POLLERR, "POLLERR"},
	{unix.POLLHUP, "POLLHUP"}, {unix.POLLNVAL, "POLLNVAL"}, {0x40, "POLLRDNORM"}, {0x80, "POLLRDBAND"}, {0x100, "POLLWRNORM"},
	{0x200, "POLLWRBAND"}, {unix.POLLRDHUP, "POLLRDHUP"},
}

var levels = names{
	{unix.SOL_SOCKET, "SOL_SOCKET"}, {unix.SOL_IP, "SOL_IP"}, {unix.SOL_TCP, "SOL_TCP"}, {unix.SOL_UDP, "SOL_UDP"}, {unix.SOL_IPV6, "SOL_IPV6"},
}

// options are the names of the options of each level.
var options = map[uint64]names{
	unix.SOL_SOCKET: {
		{unix.SO_REUSEADDR, "SO_REUSEADDR"}, {unix.SO_TYPE, "SO_TYPE"}, {unix.SO_ERROR, "SO_ERROR"}, {unix.SO_BROADCAST, "SO_BROADCAST"},
		{unix.SO_SNDBUF, "SO_SNDBUF"}, {unix.SO_RCVBUF, "SO_RCVBUF"}, {unix.SO_KEEPALIVE, "SO_KEEPALIVE"}, {unix.SO_OOBINLINE, "SO_OOBINLINE"},
		{unix.SO_LINGER, "SO_LINGER"}, {unix.SO_REUSEPORT, "SO_REUSEPORT"}, {unix.SO_RCVTIMEO, "SO_RCVTIMEO_OLD"}, {unix.SO_SNDTIMEO, "SO_SNDTIMEO_OLD"},
		{unix.SO_ACCEPTCONN, "SO_ACCEPTCONN"}, {unix.SO_PROTOCOL, "SO_PROTOCOL"}, {unix.SO_DOMAIN, "SO_DOMAIN"}, {unix.SO_PEERCRED, "SO_PEERCRED"},
		{unix.SO_RXQ_OVFL, "SO_RXQ_OVFL"}, {unix.SO_TIMESTAMP, "SO_TIMESTAMP_OLD"}, {unix.SO_RCVLOWAT, "SO_RCVLOWAT"}, {unix.SO_SNDLOWAT, "SO_SNDLOWAT"},
	},
	unix.SOL_IP: {
		{unix.IP_TOS, "IP_TOS"}, {unix.IP_TTL, "IP_TTL"}, {unix.IP_RECVERR, "IP_RECVERR"}, {unix.IP_MTU_DISCOVER, "IP_MTU_DISCOVER"}, {unix.IP_MTU, "IP_MTU"},
		{unix.IP_MULTICAST_IF, "IP_MULTICAST_IF"}, {unix.IP_MULTICAST_TTL, "IP_MULTICAST_TTL"}, {unix.IP_MULTICAST_LOOP, "IP_MULTICAST_LOOP"},
		{unix.IP_ADD_MEMBERSHIP, "IP_ADD_MEMBERSHIP"}, {unix.IP_DROP_MEMBERSHIP, "IP_DROP_MEMBERSHIP"},
	},
	unix.SOL_TCP: {
		{unix.TCP_NODELAY, "TCP_NODELAY"}, {unix.TCP_MAXSEG, "TCP_MAXSEG"}, {unix.TCP_CORK, "TCP_CORK"}, {unix.TCP_KEEPIDLE, "TCP_KEEPIDLE"},
		{unix.TCP_KEEPINTVL, "TCP_KEEPINTVL"}, {unix.TCP_KEEPCNT, "TCP_KEEPCNT"}, {unix.TCP_SYNCNT, "TCP_SYNCNT"}, {unix.TCP_LINGER2, "TCP_LINGER2"},
		{unix.TCP_DEFER_ACCEPT, "TCP_DEFER_ACCEPT"}, {unix.TCP_WINDOW_CLAMP, "TCP_WINDOW_CLAMP"}, {unix.TCP_INFO, "TCP_INFO"}, {unix.TCP_QUICKACK, "TCP_QUICKACK"},
		{unix.TCP_CONGESTION, "TCP_CONGESTION"}, {unix.TCP_USER_TIMEOUT, "TCP_USER_TIMEOUT"}, {unix.TCP_FASTOPEN, "TCP_FASTOPEN"},
	},
	unix.SOL_IPV6: {{unix.IPV6_V6ONLY, "IPV6_V6ONLY"}, {unix.IPV6_UNICAST_HOPS, "IPV6_UNICAST_HOPS"}, {unix.IPV6_MTU, "IPV6_MTU"}},
}

func domain(c *Call, i int) string { return families.name(c.raw[i]) }

func socketType(c *Call, i int) string {
	const mask = 0xf
	s := socketTypes.name(c.raw[i] & mask)
	if rest := c.raw[i] &^ mask; rest != 0 {
		s += "|" + socketTypeFlags.flags(rest)
	}
	return s
}

// protocol names the protocol where the domain has names for it.
func protocol(c *Call, i int) string {
	if d := c.raw[0]; d == unix.AF_INET || d == unix.AF_INET6 {
		return protocols.name(c.raw[i])
	}
	return unsigned(c, i)
}

func socketFlags(c *Call, i int) string  { return socketTypeFlags.flags(c.raw[i]) }
func messageFlags(c *Call, i int) string { return messageFlagNames.flags(c.raw[i] & 0xffffffff) }
func descriptorFlags(c *Call, i int) string {
	return names{{unix.O_CLOEXEC, "O_CLOEXEC"}}.flags(c.raw[i])
}
func level(c *Call, i int) string { return levels.name(c.raw[i]) }

func option(c *Call, i int) string { return options[c.raw[1]].name(c.raw[i]) }

func how(c *Call, i int) string {
	return names{{unix.SHUT_RD, "SHUT_RD"}, {unix.SHUT_WR, "SHUT_WR"}, {unix.SHUT_RDWR, "SHUT_RDWR"}}.name(c.raw[i])
}

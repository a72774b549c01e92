//go:build linux

package call

import (
	"fmt"
	"strings"

	"golang.org/x/sys/unix"
)

// names are the names of numbers. The entry without a name, if there is one,
// is how strace says that a number has none: AF_???.
type names []struct {
	value uint64
	name  string
}

func (n names) name(v uint64) string {
	for _, e := range n {
		if e.value == v && !strings.HasSuffix(e.name, "??") {
			return e.name
		}
	}
	return n.unnamed(v)
}

func (n names) unnamed(v uint64) string {
	if len(n) > 0 && strings.HasSuffix(n[len(n)-1].name, "??") {
		return fmt.Sprintf("%#x /* %s */", v, n[len(n)-1].name)
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
		if e.value != 0 && v&e.value == e.value && !strings.HasSuffix(e.name, "??") {
			set = append(set, e.name)
			v &^= e.value
		}
	}
	switch {
	case v != 0 && len(set) == 0:
		return n.unnamed(v)
	case v != 0:
		set = append(set, fmt.Sprintf("%#x", v))
	}
	return strings.Join(set, "|")
}

// named writes an argument by its name.
func named(n names) argument {
	return func(c *Call, i int) string { return n.name(c.raw[i] & 0xffffffff) }
}

// flagged writes an argument as flags.
func flagged(n names) argument {
	return func(c *Call, i int) string { return n.flags(c.raw[i] & 0xffffffff) }
}

var families = names{
	{unix.AF_UNSPEC, "AF_UNSPEC"}, {unix.AF_UNIX, "AF_UNIX"}, {unix.AF_INET, "AF_INET"}, {unix.AF_INET6, "AF_INET6"},
	{unix.AF_NETLINK, "AF_NETLINK"}, {unix.AF_PACKET, "AF_PACKET"}, {unix.AF_VSOCK, "AF_VSOCK"}, {unix.AF_ALG, "AF_ALG"},
	{unix.AF_BLUETOOTH, "AF_BLUETOOTH"}, {unix.AF_CAN, "AF_CAN"}, {unix.AF_KEY, "AF_KEY"}, {unix.AF_XDP, "AF_XDP"}, {0, "AF_???"},
}

var socketTypes = names{
	{unix.SOCK_STREAM, "SOCK_STREAM"}, {unix.SOCK_DGRAM, "SOCK_DGRAM"}, {unix.SOCK_RAW, "SOCK_RAW"}, {unix.SOCK_RDM, "SOCK_RDM"},
	{unix.SOCK_SEQPACKET, "SOCK_SEQPACKET"}, {unix.SOCK_PACKET, "SOCK_PACKET"}, {0, "SOCK_???"},
}

var socketTypeFlags = names{{unix.SOCK_CLOEXEC, "SOCK_CLOEXEC"}, {unix.SOCK_NONBLOCK, "SOCK_NONBLOCK"}, {0, "SOCK_???"}}

var protocols = names{
	{unix.IPPROTO_IP, "IPPROTO_IP"}, {unix.IPPROTO_ICMP, "IPPROTO_ICMP"}, {unix.IPPROTO_IGMP, "IPPROTO_IGMP"}, {unix.IPPROTO_TCP, "IPPROTO_TCP"},
	{unix.IPPROTO_UDP, "IPPROTO_UDP"}, {unix.IPPROTO_IPV6, "IPPROTO_IPV6"}, {unix.IPPROTO_ICMPV6, "IPPROTO_ICMPV6"}, {unix.IPPROTO_SCTP, "IPPROTO_SCTP"},
	{unix.IPPROTO_DCCP, "IPPROTO_DCCP"}, {unix.IPPROTO_UDPLITE, "IPPROTO_UDPLITE"}, {unix.IPPROTO_RAW, "IPPROTO_RAW"}, {unix.IPPROTO_MPTCP, "IPPROTO_MPTCP"},
	{0, "IPPROTO_???"},
}

var netlinkProtocols = names{
	{unix.NETLINK_ROUTE, "NETLINK_ROUTE"}, {unix.NETLINK_SOCK_DIAG, "NETLINK_SOCK_DIAG"}, {unix.NETLINK_AUDIT, "NETLINK_AUDIT"},
	{unix.NETLINK_NETFILTER, "NETLINK_NETFILTER"}, {unix.NETLINK_KOBJECT_UEVENT, "NETLINK_KOBJECT_UEVENT"}, {unix.NETLINK_GENERIC, "NETLINK_GENERIC"},
	{0, "NETLINK_???"},
}

var etherTypes = names{
	{unix.ETH_P_ALL, "ETH_P_ALL"}, {unix.ETH_P_IP, "ETH_P_IP"}, {unix.ETH_P_ARP, "ETH_P_ARP"}, {unix.ETH_P_IPV6, "ETH_P_IPV6"},
	{unix.ETH_P_8021Q, "ETH_P_8021Q"}, {unix.ETH_P_LOOP, "ETH_P_LOOP"}, {0, "ETH_P_???"},
}

var hardware = names{
	{unix.ARPHRD_NETROM, "ARPHRD_NETROM"}, {unix.ARPHRD_ETHER, "ARPHRD_ETHER"}, {unix.ARPHRD_LOOPBACK, "ARPHRD_LOOPBACK"}, {unix.ARPHRD_NONE, "ARPHRD_NONE"},
	{0, "ARPHRD_???"},
}

var packetTypes = names{
	{unix.PACKET_HOST, "PACKET_HOST"}, {unix.PACKET_BROADCAST, "PACKET_BROADCAST"}, {unix.PACKET_MULTICAST, "PACKET_MULTICAST"},
	{unix.PACKET_OTHERHOST, "PACKET_OTHERHOST"}, {unix.PACKET_OUTGOING, "PACKET_OUTGOING"}, {0, "PACKET_???"},
}

var messageFlagNames = names{
	{unix.MSG_OOB, "MSG_OOB"}, {unix.MSG_PEEK, "MSG_PEEK"}, {unix.MSG_DONTROUTE, "MSG_DONTROUTE"}, {unix.MSG_CTRUNC, "MSG_CTRUNC"},
	{unix.MSG_PROXY, "MSG_PROXY"}, {unix.MSG_TRUNC, "MSG_TRUNC"}, {unix.MSG_DONTWAIT, "MSG_DONTWAIT"}, {unix.MSG_EOR, "MSG_EOR"},
	{unix.MSG_WAITALL, "MSG_WAITALL"}, {unix.MSG_FIN, "MSG_FIN"}, {unix.MSG_SYN, "MSG_SYN"}, {unix.MSG_CONFIRM, "MSG_CONFIRM"}, {unix.MSG_RST, "MSG_RST"},
	{unix.MSG_ERRQUEUE, "MSG_ERRQUEUE"}, {unix.MSG_NOSIGNAL, "MSG_NOSIGNAL"}, {unix.MSG_MORE, "MSG_MORE"}, {unix.MSG_WAITFORONE, "MSG_WAITFORONE"},
	{unix.MSG_BATCH, "MSG_BATCH"}, {unix.MSG_ZEROCOPY, "MSG_ZEROCOPY"}, {unix.MSG_FASTOPEN, "MSG_FASTOPEN"}, {unix.MSG_CMSG_CLOEXEC, "MSG_CMSG_CLOEXEC"},
	{0, "MSG_???"},
}

var levels = names{
	{unix.SOL_SOCKET, "SOL_SOCKET"}, {unix.SOL_IP, "SOL_IP"}, {unix.SOL_TCP, "SOL_TCP"}, {unix.SOL_UDP, "SOL_UDP"}, {unix.SOL_IPV6, "SOL_IPV6"},
	{unix.SOL_ICMPV6, "SOL_ICMPV6"}, {unix.SOL_RAW, "SOL_RAW"}, {unix.SOL_PACKET, "SOL_PACKET"}, {unix.SOL_NETLINK, "SOL_NETLINK"},
	{unix.IPPROTO_UDPLITE, "SOL_UDPLITE"}, {unix.SOL_MPTCP, "SOL_MPTCP"}, {unix.SOL_TLS, "SOL_TLS"}, {0, "SOL_??"},
}

var hows = names{{unix.SHUT_RD, "SHUT_RD"}, {unix.SHUT_WR, "SHUT_WR"}, {unix.SHUT_RDWR, "SHUT_RDWR"}, {0, "SHUT_???"}}

func socketType(c *Call, i int) string {
	const mask = 0xf
	s := socketTypes.name(c.raw[i] & mask)
	if rest := c.raw[i] & 0xffffffff &^ mask; rest != 0 {
		s += "|" + socketTypeFlags.flags(rest)
	}
	return s
}

// protocol names the protocol where the domain has names for it.
func protocol(c *Call, i int) string {
	v := c.raw[i] & 0xffffffff
	switch c.raw[0] {
	case unix.AF_INET, unix.AF_INET6:
		return protocols.name(v)
	case unix.AF_NETLINK:
		return netlinkProtocols.name(v)
	case unix.AF_PACKET:
		return etherType(uint16(v)>>8 | uint16(v)<<8)
	}
	return unsigned(c, i)
}

func option(c *Call, i int) string {
	known, v := options[c.raw[1]], c.raw[i]&0xffffffff
	if known == nil {
		return integer(c, i)
	}
	if c.Name == "getsockopt" && c.raw[1] == unix.SOL_SOCKET && v == unix.SO_ATTACH_FILTER {
		return "SO_GET_FILTER" // the same number
	}
	for _, e := range known {
		if e.value == v {
			return e.name
		}
	}
	return fmt.Sprintf("%#x /* %s??? */", v, optionPrefixes[c.raw[1]])
}

// optionPrefixes are how the names of a level's options begin.
var optionPrefixes = map[uint64]string{
	unix.SOL_SOCKET: "SO_", unix.SOL_IP: "IP_", unix.SOL_TCP: "TCP_", unix.SOL_UDP: "UDP_", unix.SOL_IPV6: "IPV6_",
	unix.SOL_RAW: "RAW_", unix.SOL_PACKET: "PACKET_", unix.SOL_NETLINK: "NETLINK_",
}

//go:build linux

package call

import (
	"fmt"

	"golang.org/x/sys/unix"
)

var fcntlCommands = names{
	{unix.F_DUPFD, "F_DUPFD"}, {unix.F_GETFD, "F_GETFD"}, {unix.F_SETFD, "F_SETFD"}, {unix.F_GETFL, "F_GETFL"}, {unix.F_SETFL, "F_SETFL"},
	{unix.F_GETLK, "F_GETLK"}, {unix.F_SETLK, "F_SETLK"}, {unix.F_SETLKW, "F_SETLKW"}, {unix.F_SETOWN, "F_SETOWN"}, {unix.F_GETOWN, "F_GETOWN"},
	{unix.F_SETSIG, "F_SETSIG"}, {unix.F_GETSIG, "F_GETSIG"}, {unix.F_SETOWN_EX, "F_SETOWN_EX"}, {unix.F_GETOWN_EX, "F_GETOWN_EX"},
	{unix.F_DUPFD_CLOEXEC, "F_DUPFD_CLOEXEC"}, {unix.F_SETPIPE_SZ, "F_SETPIPE_SZ"}, {unix.F_GETPIPE_SZ, "F_GETPIPE_SZ"},
	{unix.F_ADD_SEALS, "F_ADD_SEALS"}, {unix.F_GET_SEALS, "F_GET_SEALS"}, {0, "F_???"},
}

var descriptorFlags = names{{unix.FD_CLOEXEC, "FD_CLOEXEC"}}

var closeOnExec = names{{unix.O_CLOEXEC, "O_CLOEXEC"}, {0, "O_???"}}

// openFlagNames are the flags of open(2) but for the access mode.
var openFlagNames = names{
	{unix.O_CREAT, "O_CREAT"}, {unix.O_EXCL, "O_EXCL"}, {unix.O_NOCTTY, "O_NOCTTY"}, {unix.O_TRUNC, "O_TRUNC"}, {unix.O_APPEND, "O_APPEND"},
	{unix.O_NONBLOCK, "O_NONBLOCK"}, {unix.O_SYNC, "O_SYNC"}, {unix.O_DSYNC, "O_DSYNC"}, {unix.O_DIRECT, "O_DIRECT"}, {0x8000, "O_LARGEFILE"},
	{unix.O_NOFOLLOW, "O_NOFOLLOW"}, {unix.O_NOATIME, "O_NOATIME"}, {unix.O_CLOEXEC, "O_CLOEXEC"}, {unix.O_PATH, "O_PATH"},
	{unix.O_TMPFILE, "O_TMPFILE"}, {unix.O_DIRECTORY, "O_DIRECTORY"}, {unix.O_ASYNC, "FASYNC"}, {0, "O_???"},
}

var accessModes = names{{unix.O_RDONLY, "O_RDONLY"}, {unix.O_WRONLY, "O_WRONLY"}, {unix.O_RDWR, "O_RDWR"}, {0, "O_ACCMODE"}}

// openFlags writes the flags of an open file.
func openFlags(v uint64) string {
	s := accessModes.name(v & unix.O_ACCMODE)
	if rest := v &^ unix.O_ACCMODE; rest != 0 {
		s += "|" + openFlagNames.flags(rest)
	}
	return s
}

// pipeFlags writes the flags of pipe2, which opens nothing.
func pipeFlags(c *Call, i int) string { return openFlagNames.flags(c.raw[i] & 0xffffffff) }

// fcntlArgument writes the third argument of fcntl as its command reads it.
func fcntlArgument(c *Call, i int) string {
	switch c.raw[i-1] {
	case unix.F_SETFD:
		return descriptorFlags.flags(c.raw[i])
	case unix.F_SETFL:
		return openFlags(c.raw[i] & 0xffffffff)
	case unix.F_DUPFD, unix.F_DUPFD_CLOEXEC, unix.F_SETOWN, unix.F_SETPIPE_SZ:
		return integer(c, i)
	case unix.F_SETSIG:
		return signalName(c.raw[i])
	case unix.F_GETFD, unix.F_GETFL, unix.F_GETOWN, unix.F_GETSIG, unix.F_GETPIPE_SZ, unix.F_GET_SEALS:
		return ""
	case unix.F_SETOWN_EX, unix.F_GETOWN_EX:
		return c.owner(i)
	}
	return pointer(c, i)
}

var ownerTypes = names{{0, "F_OWNER_TID"}, {1, "F_OWNER_PID"}, {2, "F_OWNER_PGRP"}, {0, "F_OWNER_???"}}

func (c *Call) owner(i int) string {
	b, ok := c.bytes(c.raw[i], 8)
	if !ok || c.raw[i-1] == unix.F_GETOWN_EX && !c.ok() {
		return pointer(c, i)
	}
	return fmt.Sprintf("{type=%s, pid=%d}", ownerTypes.name(uint64(uword(b))), word(b[4:]))
}

// fcntlText says what the flags are that a fcntl returned.
func fcntlText(c *Call) string {
	switch {
	case c.ok() && c.raw[1] == unix.F_GETFL:
		return "(flags " + openFlags(uint64(c.n)) + ")"
	case c.ok() && c.raw[1] == unix.F_GETFD && c.n != 0:
		return "(flags " + descriptorFlags.flags(uint64(c.n)) + ")"
	}
	return ""
}

// duplicated is the descriptor that a fcntl made.
func duplicated(c *Call) []int {
	if c.raw[1] == unix.F_DUPFD || c.raw[1] == unix.F_DUPFD_CLOEXEC {
		return resulting(c)
	}
	return nil
}

// Requests that x/sys/unix has no name for.
//
// Source: include/uapi/asm-generic/ioctls.h and sockios.h, include/uapi/linux/sockios.h.
const (
	fionread    = unix.TIOCINQ
	fionbio     = 0x5421
	fionclex    = 0x5450
	fioclex     = 0x5451
	fioasync    = 0x5452
	fiosetown   = 0x8901
	siocspgrp   = 0x8902
	fiogetown   = 0x8903
	siocgpgrp   = 0x8904
	siocatmark  = 0x8905
	siocgstamp  = 0x8906
	siocoutqnsd = 0x894b
)

// ioctlNames are the requests that are made on sockets. SIOCINQ and SIOCOUTQ
// are the numbers of FIONREAD and TIOCOUTQ.
var ioctlNames = names{
	{fionread, "FIONREAD"}, {unix.TIOCOUTQ, "TIOCOUTQ"}, {siocoutqnsd, "SIOCOUTQNSD"}, {fionbio, "FIONBIO"}, {fioasync, "FIOASYNC"},
	{fioclex, "FIOCLEX"}, {fionclex, "FIONCLEX"}, {siocatmark, "SIOCATMARK"}, {fiosetown, "FIOSETOWN"}, {siocspgrp, "SIOCSPGRP"},
	{fiogetown, "FIOGETOWN"}, {siocgpgrp, "SIOCGPGRP"}, {siocgstamp, "SIOCGSTAMP_OLD"}, {unix.SIOCGIFNAME, "SIOCGIFNAME"},
	{unix.SIOCGIFINDEX, "SIOCGIFINDEX"}, {unix.SIOCGIFMTU, "SIOCGIFMTU"}, {unix.SIOCGIFADDR, "SIOCGIFADDR"}, {unix.SIOCGIFNETMASK, "SIOCGIFNETMASK"},
	{unix.SIOCGIFBRDADDR, "SIOCGIFBRDADDR"}, {unix.SIOCGIFFLAGS, "SIOCGIFFLAGS"}, {unix.SIOCGIFHWADDR, "SIOCGIFHWADDR"}, {unix.SIOCGIFCONF, "SIOCGIFCONF"},
	{unix.TCGETS, "TCGETS"}, {unix.TIOCGWINSZ, "TIOCGWINSZ"},
}

func ioctlRequest(c *Call, i int) string {
	v := c.raw[i] & 0xffffffff
	for _, e := range ioctlNames {
		if e.value == v {
			return e.name
		}
	}
	direction := names{{0, "_IOC_NONE"}, {1, "_IOC_WRITE"}, {2, "_IOC_READ"}, {3, "_IOC_READ|_IOC_WRITE"}}.name(v >> 30)
	hex := names{}.flags
	return fmt.Sprintf("_IOC(%s, %s, %s, %s)", direction, hex(v>>8&0xff), hex(v&0xff), hex(v>>16&0x3fff))
}

func ioctlArgument(c *Call, i int) string {
	switch c.raw[i-1] & 0xffffffff {
	case fioclex, fionclex:
		return ""
	case fionbio, fioasync, fiosetown, siocspgrp:
		return c.numberAt(i)
	case fionread, unix.TIOCOUTQ, siocoutqnsd, siocatmark, fiogetown, siocgpgrp:
		if c.ok() {
			return c.numberAt(i)
		}
	case unix.SIOCGIFINDEX, unix.SIOCGIFMTU, unix.SIOCGIFADDR, unix.SIOCGIFNETMASK, unix.SIOCGIFBRDADDR, unix.SIOCGIFFLAGS:
		return c.interfaceRequest(i)
	}
	return pointer(c, i)
}

// numberAt writes the number that argument i points to.
func (c *Call) numberAt(i int) string {
	n, ok := c.int32At(c.raw[i])
	if !ok {
		return pointer(c, i)
	}
	return fmt.Sprintf("[%d]", n)
}

var interfaceFlags = names{
	{unix.IFF_UP, "IFF_UP"}, {unix.IFF_BROADCAST, "IFF_BROADCAST"}, {unix.IFF_DEBUG, "IFF_DEBUG"}, {unix.IFF_LOOPBACK, "IFF_LOOPBACK"},
	{unix.IFF_POINTOPOINT, "IFF_POINTOPOINT"}, {unix.IFF_NOTRAILERS, "IFF_NOTRAILERS"}, {unix.IFF_RUNNING, "IFF_RUNNING"}, {unix.IFF_NOARP, "IFF_NOARP"},
	{unix.IFF_PROMISC, "IFF_PROMISC"}, {unix.IFF_ALLMULTI, "IFF_ALLMULTI"}, {unix.IFF_MULTICAST, "IFF_MULTICAST"},
}

// interfaceRequest writes a struct ifreq.
func (c *Call) interfaceRequest(i int) string {
	const ifreqLen, nameLen = 40, 16
	b, ok := c.bytes(c.raw[i], ifreqLen)
	if !ok {
		return pointer(c, i)
	}
	s := "{ifr_name=" + Quote([]byte(unix.ByteSliceToString(b[:nameLen])))
	value := b[nameLen:]
	if !c.ok() {
		return s + "}"
	}
	switch c.raw[i-1] & 0xffffffff {
	case unix.SIOCGIFINDEX:
		return s + fmt.Sprintf(", ifr_ifindex=%d}", word(value))
	case unix.SIOCGIFMTU:
		return s + fmt.Sprintf(", ifr_mtu=%d}", word(value))
	case unix.SIOCGIFFLAGS:
		return s + ", ifr_flags=" + interfaceFlags.flags(uint64(half(value))) + "}"
	case unix.SIOCGIFNETMASK:
		return s + ", ifr_netmask=" + c.sockaddr(value[:16]) + "}"
	case unix.SIOCGIFBRDADDR:
		return s + ", ifr_broadaddr=" + c.sockaddr(value[:16]) + "}"
	}
	return s + ", ifr_addr=" + c.sockaddr(value[:16]) + "}"
}

// offsetOut writes the offset that an argument points to, which sendfile and
// splice move.
func offsetOut(c *Call, i int) string {
	b, ok := c.bytes(c.raw[i], 8)
	if !ok {
		return pointer(c, i)
	}
	n := long(b)
	if !c.done {
		c.was[i] = n
		return fmt.Sprintf("[%d]", n)
	}
	if was := c.was[i]; c.Name == "sendfile" && was != n {
		return fmt.Sprintf("[%d] => [%d]", was, n)
	}
	return fmt.Sprintf("[%d]", n)
}

var (
	closeRangeFlags = names{{unix.CLOSE_RANGE_UNSHARE, "CLOSE_RANGE_UNSHARE"}, {unix.CLOSE_RANGE_CLOEXEC, "CLOSE_RANGE_CLOEXEC"}, {0, "CLOSE_RANGE_???"}}
	vectorFlags     = names{
		{unix.RWF_HIPRI, "RWF_HIPRI"}, {unix.RWF_DSYNC, "RWF_DSYNC"}, {unix.RWF_SYNC, "RWF_SYNC"}, {unix.RWF_NOWAIT, "RWF_NOWAIT"},
		{unix.RWF_APPEND, "RWF_APPEND"}, {0, "RWF_???"},
	}
)

// readWriteFlags are the flags of preadv2 and pwritev2, whose offset takes two
// registers.
func readWriteFlags(c *Call, i int) string { return vectorFlags.flags(c.raw[i+1]) }

// Range are the first and the last of the descriptors that the call is about,
// when it is about all between them.
func (c *Call) Range() (first, last int, ok bool) {
	return int(uint32(c.raw[0])), int(uint32(c.raw[1])), c.Name == "close_range"
}

// Closes are the first and the last of the descriptors that the call is to
// close; ok is false when it closes none.
func (c *Call) Closes() (first, last int, ok bool) {
	if c.Name == "close" {
		fd, _ := c.FD()
		return fd, fd, true
	}
	first, last, ok = c.Range()
	return first, last, ok && c.raw[2]&unix.CLOSE_RANGE_CLOEXEC == 0
}

var spliceFlags = names{
	{unix.SPLICE_F_MOVE, "SPLICE_F_MOVE"}, {unix.SPLICE_F_NONBLOCK, "SPLICE_F_NONBLOCK"}, {unix.SPLICE_F_MORE, "SPLICE_F_MORE"},
	{unix.SPLICE_F_GIFT, "SPLICE_F_GIFT"}, {0, "SPLICE_F_???"},
}

//go:build linux

package call

import (
	"fmt"
	"strings"

	"golang.org/x/sys/unix"
)

// infoLen is the size of struct siginfo.
const infoLen = 128

// signalName is SIGPIPE; the first real-time signal is SIGRTMIN, as strace
// and the kernel count them, and 0 is no signal.
func signalName(v uint64) string {
	const firstRealTime, lastRealTime = 32, 64
	if name := unix.SignalName(unix.Signal(v)); v != 0 && name != "" {
		return name
	}
	switch {
	case v == firstRealTime:
		return "SIGRTMIN"
	case v > firstRealTime && v <= lastRealTime:
		return fmt.Sprintf("SIGRT_%d", v-firstRealTime)
	}
	return fmt.Sprint(int32(v))
}

func signalArgument(c *Call, i int) string { return signalName(c.raw[i] & 0xffffffff) }

// signalSet writes the set of signals at an address, the shorter way: the
// ones in it, or ~ and the ones that are not.
func (c *Call) signalSet(at uint64) string {
	b, ok := c.bytes(at, 8)
	if !ok {
		return address(at)
	}
	set, sign := uint64(long(b)), ""
	members := signalsIn(set)
	if len(members) >= 42 { // as strace: two thirds of all
		members, sign = signalsIn(^set), "~"
	}
	return sign + "[" + strings.Join(members, " ") + "]"
}

func signalsIn(set uint64) (all []string) {
	for n := range uint64(64) {
		if set&(1<<n) != 0 {
			all = append(all, strings.TrimPrefix(signalName(n+1), "SIG"))
		}
	}
	return all
}

func signalMask(c *Call, i int) string { return c.signalSet(c.raw[i]) }

// signalCodes are the reasons of a signal that are common to all signals.
var signalCodes = map[int32]string{
	0: "SI_USER", -1: "SI_QUEUE", -2: "SI_TIMER", -3: "SI_MESGQ", -4: "SI_ASYNCIO", -5: "SI_SIGIO", -6: "SI_TKILL", 0x80: "SI_KERNEL",
}

// signalReasons are the reasons that single signals have.
var signalReasons = map[unix.Signal]names{
	unix.SIGCHLD: {{1, "CLD_EXITED"}, {2, "CLD_KILLED"}, {3, "CLD_DUMPED"}, {4, "CLD_TRAPPED"}, {5, "CLD_STOPPED"}, {6, "CLD_CONTINUED"}},
	unix.SIGSEGV: {{1, "SEGV_MAPERR"}, {2, "SEGV_ACCERR"}},
	unix.SIGBUS:  {{1, "BUS_ADRALN"}, {2, "BUS_ADRERR"}, {3, "BUS_OBJERR"}},
	unix.SIGFPE:  {{1, "FPE_INTDIV"}, {2, "FPE_INTOVF"}},
	unix.SIGILL:  {{1, "ILL_ILLOPC"}, {2, "ILL_ILLOPN"}},
	unix.SIGIO:   {{1, "POLL_IN"}, {2, "POLL_OUT"}, {3, "POLL_MSG"}, {4, "POLL_ERR"}, {5, "POLL_PRI"}, {6, "POLL_HUP"}},
	unix.SIGSYS:  {{1, "SYS_SECCOMP"}},
}

// SignalInfo writes a struct siginfo as strace does: what the signal is and
// where it came from. b is the whole structure.
//
// Source: sigaction(2).
func SignalInfo(b []byte) string {
	if len(b) < infoLen {
		return "{}"
	}
	signal, code := unix.Signal(word(b)), word(b[8:])
	s := "{si_signo=" + signalName(uint64(uint32(signal))) + ", si_code=" + signalCode(signal, code)
	if errno := word(b[4:]); errno != 0 {
		s += ", si_errno=" + fmt.Sprint(errno)
	}
	switch {
	case code == 0x80: // of the kernel's making
	case code == -1:
		s += fmt.Sprintf(", si_pid=%d, si_uid=%d, si_int=%d, si_ptr=%s", word(b[16:]), uword(b[20:]), word(b[24:]), address(uint64(long(b[24:]))))
	case code <= 0:
		s += fmt.Sprintf(", si_pid=%d, si_uid=%d", word(b[16:]), uword(b[20:]))
	case signal == unix.SIGCHLD:
		status := fmt.Sprint(word(b[24:]))
		if code != 1 {
			status = signalName(uint64(uword(b[24:])))
		}
		s += fmt.Sprintf(", si_pid=%d, si_uid=%d, si_status=%s, si_utime=%d, si_stime=%d", word(b[16:]), uword(b[20:]), status, long(b[32:]), long(b[40:]))
	case signal == unix.SIGIO:
		s += fmt.Sprintf(", si_band=%d, si_fd=%d", long(b[16:]), word(b[24:]))
	case signal == unix.SIGSEGV || signal == unix.SIGBUS || signal == unix.SIGFPE || signal == unix.SIGILL:
		s += ", si_addr=" + address(uint64(long(b[16:])))
	}
	return s + "}"
}

func signalCode(signal unix.Signal, code int32) string {
	if name, ok := signalCodes[code]; ok {
		return name
	}
	for _, e := range signalReasons[signal] {
		if e.value == uint64(uint32(code)) {
			return e.name
		}
	}
	return fmt.Sprint(code)
}

var actionFlags = names{
	{0x4000000, "SA_RESTORER"}, {0x8000000, "SA_ONSTACK"}, {0x10000000, "SA_RESTART"}, {0x40000000, "SA_NODEFER"},
	{0x80000000, "SA_RESETHAND"}, {4, "SA_SIGINFO"}, {1, "SA_NOCLDSTOP"}, {2, "SA_NOCLDWAIT"}, {0, "SA_???"},
}

// action writes a struct sigaction as the kernel has it: handler, flags, on
// amd64 restorer, mask.
func action(c *Call, i int) string {
	const length, masked = 32, 24
	b, ok := c.bytes(c.raw[i], length)
	if !ok || i == 2 && !c.ok() {
		return pointer(c, i)
	}
	handler := address(uint64(long(b)))
	switch long(b) {
	case 0:
		handler = "SIG_DFL"
	case 1:
		handler = "SIG_IGN"
	}
	flags, mask, restorer := uint64(long(b[8:])), c.raw[i]+masked-8, ""
	if withRestorer {
		mask = c.raw[i] + masked
		if flags&0x4000000 != 0 {
			restorer = ", sa_restorer=" + address(uint64(long(b[16:])))
		}
	}
	return fmt.Sprintf("{sa_handler=%s, sa_mask=%s, sa_flags=%s%s}", handler, c.signalSet(mask), actionFlags.flags(flags), restorer)
}

var maskChanges = names{{0, "SIG_BLOCK"}, {1, "SIG_UNBLOCK"}, {2, "SIG_SETMASK"}, {0, "SIG_???"}}

// maskOut writes the set of signals that a call filled in.
func maskOut(c *Call, i int) string {
	if !c.ok() {
		return pointer(c, i)
	}
	return signalMask(c, i)
}

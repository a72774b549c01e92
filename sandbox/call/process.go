//go:build linux

package call

import (
	"fmt"
	"strings"

	"golang.org/x/sys/unix"
)

var cloneFlags = names{
	{unix.CLONE_VM, "CLONE_VM"}, {unix.CLONE_FS, "CLONE_FS"}, {unix.CLONE_FILES, "CLONE_FILES"}, {unix.CLONE_SIGHAND, "CLONE_SIGHAND"},
	{unix.CLONE_PIDFD, "CLONE_PIDFD"}, {unix.CLONE_PTRACE, "CLONE_PTRACE"}, {unix.CLONE_VFORK, "CLONE_VFORK"}, {unix.CLONE_PARENT, "CLONE_PARENT"},
	{unix.CLONE_THREAD, "CLONE_THREAD"}, {unix.CLONE_NEWNS, "CLONE_NEWNS"}, {unix.CLONE_SYSVSEM, "CLONE_SYSVSEM"}, {unix.CLONE_SETTLS, "CLONE_SETTLS"},
	{unix.CLONE_PARENT_SETTID, "CLONE_PARENT_SETTID"}, {unix.CLONE_CHILD_CLEARTID, "CLONE_CHILD_CLEARTID"}, {unix.CLONE_DETACHED, "CLONE_DETACHED"},
	{unix.CLONE_UNTRACED, "CLONE_UNTRACED"}, {unix.CLONE_CHILD_SETTID, "CLONE_CHILD_SETTID"}, {unix.CLONE_NEWCGROUP, "CLONE_NEWCGROUP"},
	{unix.CLONE_NEWUTS, "CLONE_NEWUTS"}, {unix.CLONE_NEWIPC, "CLONE_NEWIPC"}, {unix.CLONE_NEWUSER, "CLONE_NEWUSER"}, {unix.CLONE_NEWPID, "CLONE_NEWPID"},
	{unix.CLONE_NEWNET, "CLONE_NEWNET"}, {unix.CLONE_IO, "CLONE_IO"},
}

// The registers of clone's arguments that are the same on all machines.
const (
	cloneFlagsAt = 0
	cloneStackAt = 1
	cloneTidAt   = 2
)

func cloneStack(c *Call, _ int) string { return "child_stack=" + address(c.raw[cloneStackAt]) }

// cloneHow writes the flags of clone; the signal that the parent gets when
// the child ends is in their last byte.
func cloneHow(c *Call, _ int) string {
	const signalMask = 0xff
	v := c.raw[cloneFlagsAt] & 0xffffffff
	var all []string
	if rest := v &^ signalMask; rest != 0 {
		all = append(all, cloneFlags.flags(rest))
	}
	if signal := v & signalMask; signal != 0 {
		all = append(all, signalName(signal))
	}
	if len(all) == 0 {
		return "flags=0"
	}
	return "flags=" + strings.Join(all, "|")
}

// clonePointers writes the pointers that the flags of clone ask for.
func clonePointers(c *Call, _ int) string {
	v := c.raw[cloneFlagsAt]
	var all []string
	if v&(unix.CLONE_PARENT_SETTID|unix.CLONE_PIDFD) != 0 {
		all = append(all, "parent_tid="+c.cloneParent())
	}
	if v&unix.CLONE_SETTLS != 0 {
		all = append(all, "tls="+address(c.raw[cloneTLSAt]))
	}
	if v&(unix.CLONE_CHILD_SETTID|unix.CLONE_CHILD_CLEARTID) != 0 {
		all = append(all, "child_tidptr="+address(c.raw[cloneChildAt]))
	}
	return strings.Join(all, ", ")
}

func (c *Call) cloneParent() string {
	if n, ok := c.int32At(c.raw[cloneTidAt]); c.ok() && ok {
		return fmt.Sprintf("[%d]", n)
	}
	return address(c.raw[cloneTidAt])
}

// maxArguments is how many arguments of a program are counted.
const maxArguments = 4096

// pointers reads a list of pointers to strings that ends with a null pointer.
func (c *Call) pointers(at uint64) (all []uint64, ok bool) {
	for len(all) < maxArguments {
		b, ok := c.bytes(at, 8)
		if !ok {
			return nil, false
		}
		p := uint64(long(b))
		if p == 0 {
			return all, true
		}
		all, at = append(all, p), at+8
	}
	return all, true
}

func arguments(c *Call, i int) string {
	all, ok := c.pointers(c.raw[i])
	if !ok {
		return pointer(c, i)
	}
	var words []string
	for n, p := range all {
		if n == previewLen {
			words = append(words, "...")
			break
		}
		words = append(words, c.shortText(p))
	}
	return "[" + strings.Join(words, ", ") + "]"
}

// shortText writes a string no longer than is shown.
func (c *Call) shortText(p uint64) string {
	s, ok := c.text(p)
	if !ok {
		return address(p)
	}
	if len(s) > previewLen {
		return Quote([]byte(s[:previewLen])) + "..."
	}
	return Quote([]byte(s))
}

func environment(c *Call, i int) string {
	all, ok := c.pointers(c.raw[i])
	if !ok {
		return pointer(c, i)
	}
	plural := "s"
	if len(all) == 1 {
		plural = ""
	}
	return fmt.Sprintf("%#x /* %d var%s */", c.raw[i], len(all), plural)
}

var waitOptions = names{
	{unix.WNOHANG, "WNOHANG"}, {unix.WSTOPPED, "WSTOPPED"}, {unix.WEXITED, "WEXITED"}, {unix.WCONTINUED, "WCONTINUED"}, {unix.WNOWAIT, "WNOWAIT"},
	{unix.WNOTHREAD, "__WNOTHREAD"}, {unix.WALL, "__WALL"}, {unix.WCLONE, "__WCLONE"}, {0, "W???"},
}

// waitStatus writes the status that wait4 filled in.
func waitStatus(c *Call, i int) string {
	n, ok := c.int32At(c.raw[i])
	if !ok || !c.ok() || c.n == 0 {
		return pointer(c, i)
	}
	status := unix.WaitStatus(uint32(n))
	switch {
	case status.Exited():
		return fmt.Sprintf("[{WIFEXITED(s) && WEXITSTATUS(s) == %d}]", status.ExitStatus())
	case status.Signaled():
		core := ""
		if status.CoreDump() {
			core = " && WCOREDUMP(s)"
		}
		return fmt.Sprintf("[{WIFSIGNALED(s) && WTERMSIG(s) == %s%s}]", signalName(uint64(status.Signal())), core)
	case status.Stopped():
		return fmt.Sprintf("[{WIFSTOPPED(s) && WSTOPSIG(s) == %s}]", signalName(uint64(status.StopSignal())))
	case status.Continued():
		return "[{WIFCONTINUED(s)}]"
	}
	return fmt.Sprintf("[%#x]", uint32(n))
}

var idTypes = names{{0, "P_ALL"}, {1, "P_PID"}, {2, "P_PGID"}, {3, "P_PIDFD"}, {0, "P_???"}}

// waitInfo writes the siginfo that waitid filled in.
func waitInfo(c *Call, i int) string {
	b, ok := c.bytes(c.raw[i], infoLen)
	if !ok || !c.ok() {
		return pointer(c, i)
	}
	return SignalInfo(b)
}

// usage writes the beginning of a struct rusage.
func usage(c *Call, i int) string {
	b, ok := c.bytes(c.raw[i], 32)
	if !ok || !c.ok() || c.n == 0 {
		return pointer(c, i)
	}
	return fmt.Sprintf("{ru_utime=%s, ru_stime=%s, ...}", timeval(c, b), timeval(c, b[16:]))
}

var clocks = names{
	{unix.CLOCK_REALTIME, "CLOCK_REALTIME"}, {unix.CLOCK_MONOTONIC, "CLOCK_MONOTONIC"}, {unix.CLOCK_PROCESS_CPUTIME_ID, "CLOCK_PROCESS_CPUTIME_ID"},
	{unix.CLOCK_THREAD_CPUTIME_ID, "CLOCK_THREAD_CPUTIME_ID"}, {unix.CLOCK_BOOTTIME, "CLOCK_BOOTTIME"}, {unix.CLOCK_TAI, "CLOCK_TAI"}, {0, "CLOCK_???"},
}

var timerFlags = names{{unix.TIMER_ABSTIME, "TIMER_ABSTIME"}}

// remaining writes the time that a sleep had left when a signal ended it.
func remaining(c *Call, i int) string {
	if c.done && c.n < 0 {
		return timespecIn(c, i)
	}
	return pointer(c, i)
}

var intervalTimers = names{{0, "ITIMER_REAL"}, {1, "ITIMER_VIRTUAL"}, {2, "ITIMER_PROF"}, {0, "ITIMER_???"}}

// interval writes a struct itimerval.
func interval(c *Call, i int) string {
	b, ok := c.bytes(c.raw[i], 32)
	if !ok {
		return pointer(c, i)
	}
	return fmt.Sprintf("{it_interval=%s, it_value=%s}", timeval(c, b), timeval(c, b[16:]))
}

func intervalOut(c *Call, i int) string {
	if !c.ok() {
		return pointer(c, i)
	}
	return interval(c, i)
}

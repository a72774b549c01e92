//go:build linux

package confine

import (
	"cmp"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/call"
)

// Offsets in struct seccomp_data.
const (
	offsetNr   = 0
	offsetArch = 4
	offsetArg0 = 16 // low half, little endian
	offsetArg1 = 24
	offsetArg2 = 32
	offsetArg3 = 40
)

// Instructions of a filter.
const (
	load    = unix.BPF_LD | unix.BPF_W | unix.BPF_ABS
	equal   = unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K
	greater = unix.BPF_JMP | unix.BPF_JGT | unix.BPF_K
	bits    = unix.BPF_JMP | unix.BPF_JSET | unix.BPF_K
	ret     = unix.BPF_RET | unix.BPF_K
)

// namespaceFlags are the flags of clone(2) that make namespaces.
const namespaceFlags = unix.CLONE_NEWUSER | unix.CLONE_NEWNET | unix.CLONE_NEWNS | unix.CLONE_NEWPID |
	unix.CLONE_NEWIPC | unix.CLONE_NEWUTS | unix.CLONE_NEWCGROUP

// Answers of a filter.
const (
	permit = unix.SECCOMP_RET_ALLOW
	stop   = unix.SECCOMP_RET_TRACE
	deny   = unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM)
	absent = unix.SECCOMP_RET_ERRNO | uint32(unix.ENOSYS)
	strays = unix.SECCOMP_RET_ERRNO | uint32(unix.EAFNOSUPPORT)
)

// strayFamilies are the families of sockets that reach out of the network
// namespace, such as AF_VSOCK, or that are no part of the course and have a
// history of faults: all between these and the ones beside them.
var strayFamilies = []span{
	{unix.AF_UNIX + 1, unix.AF_INET - 1}, {unix.AF_INET + 1, unix.AF_INET6 - 1},
	{unix.AF_INET6 + 1, unix.AF_NETLINK - 1}, {unix.AF_PACKET + 1, unix.AF_MAX - 1},
}

// span are the numbers from first to last.
type span struct{ first, last uint32 }

// answers are what the filter says to each call: allowed ones pass, or stop
// for the tracer when they are traced, refused ones fail with EPERM, and all
// others, those of kernels to come too, with ENOSYS. So does clone3, whose
// flags a filter cannot read: the C library then uses clone. With a tracer
// some of them fail by its hand, which is given the error.
func answers(traced []uintptr) map[uint32]uint32 {
	table := call.NewTable()
	all := map[uint32]uint32{}
	for name := range strings.FieldsSeq(allowed) {
		if nr, ok := table.Number(name); ok {
			all[uint32(nr)] = permit
		}
	}
	for _, nr := range traced {
		if _, ok := all[uint32(nr)]; ok {
			all[uint32(nr)] = stop
		}
	}
	for name := range strings.FieldsSeq(refused) {
		if nr, ok := table.Number(name); ok {
			all[uint32(nr)] = deny
		}
	}
	for name := range strings.FieldsSeq(told) {
		nr, ok := table.Number(name)
		if !ok || len(traced) == 0 {
			continue
		}
		if all[uint32(nr)] == deny {
			all[uint32(nr)] = stop | deny&unix.SECCOMP_RET_DATA
		} else {
			all[uint32(nr)] = stop | absent&unix.SECCOMP_RET_DATA
		}
	}
	return all
}

// program assembles the filter: it goes through the spans of numbers that
// have the same answer, in their order. The kernel remembers which calls pass
// without a look at their arguments, so that those cost nothing.
func program(traced []uintptr, scoped bool) []unix.SockFilter {
	all := answers(traced)
	p := []unix.SockFilter{
		{Code: load, K: offsetArch},
		{Code: equal, Jt: 1, K: auditArch[runtime.GOARCH]},
		{Code: ret, K: unix.SECCOMP_RET_KILL_PROCESS}, // another architecture's calls have other numbers
		{Code: load, K: offsetNr},
	}
	for _, l := range looks {
		if l.nr == unix.SYS_SOCKET && all[l.nr] == stop {
			l.look = strayed(stop | strays&unix.SECCOMP_RET_DATA) // the tracer tells it, and has it fail
		}
		if l.nr == unix.SYS_MMAP && len(traced) > 0 {
			l.look = nameless(stop | deny&unix.SECCOMP_RET_DATA)
		}
		if scoped || !l.scoped {
			p = append(p, looked(l.nr, all[l.nr], l.at, l.look)...)
		}
	}
	for _, s := range spans(all) {
		p = append(p, unix.SockFilter{Code: greater, Jt: 1, K: s.last}, unix.SockFilter{Code: ret, K: s.answer})
	}
	return append(p, unix.SockFilter{Code: ret, K: absent})
}

// looks are the calls of which the filter looks at an argument.
var looks = []struct {
	nr, at uint32
	look   []unix.SockFilter
	scoped bool // only where there is no pid namespace
}{
	{unix.SYS_CLONE, offsetArg0, ofClone, false},
	{unix.SYS_SOCKET, offsetArg0, strayed(strays), false},
	{unix.SYS_MMAP, offsetArg3, nameless(deny), false},
	{unix.SYS_RT_SIGQUEUEINFO, offsetArg1, ofFault, false},
	{unix.SYS_RT_TGSIGQUEUEINFO, offsetArg2, ofFault, false},
	{unix.SYS_PIDFD_SEND_SIGNAL, offsetArg1, ofFault, false},
	{unix.SYS_FCNTL, offsetArg1, ofFcntl, false},
	{unix.SYS_PRCTL, offsetArg0, ofPrctl, false},
	{unix.SYS_KILL, offsetArg0, ofEverybody, true},
	{unix.SYS_SETPRIORITY, offsetArg0, ofAll, true},
	{unix.SYS_IOPRIO_SET, offsetArg0, ofAll, true},
}

// looked are the instructions that look at an argument of a call before it
// gets its answer.
func looked(nr, answer, at uint32, look []unix.SockFilter) []unix.SockFilter {
	p := []unix.SockFilter{{Code: equal, Jf: uint8(len(look) + 2), K: nr}, {Code: load, K: at}}
	return append(append(p, look...), unix.SockFilter{Code: ret, K: answer})
}

// ofClone refuses new namespaces, and children of which the tracer would not
// be told.
var ofClone = []unix.SockFilter{{Code: bits, Jf: 1, K: namespaceFlags | unix.CLONE_UNTRACED}, {Code: ret, K: deny}}

// strayed gives stray families this answer.
func strayed(answer uint32) (p []unix.SockFilter) {
	for _, s := range strayFamilies {
		p = append(p, unix.SockFilter{Code: greater, Jt: 2, K: s.last},
			unix.SockFilter{Code: greater, Jf: 1, K: s.first - 1}, unix.SockFilter{Code: ret, K: answer})
	}
	return p
}

// nameless gives this answer to shared memory without a file. The kernel keeps
// what of it is mapped no longer (MADV_DONTNEED, munmap of a part), and tells
// nobody how much that is. Programs may share a file in [TmpDir].
func nameless(answer uint32) []unix.SockFilter {
	return []unix.SockFilter{
		{Code: bits, Jf: 2, K: unix.MAP_ANONYMOUS},
		{Code: bits, Jf: 1, K: unix.MAP_SHARED},
		{Code: ret, K: answer},
	}
}

// PipeSize is how many bytes a pipe holds at most: as many as when it is made.
// What is in pipes is memory that is in no limit.
const PipeSize = 64 << 10

// ofFcntl refuses larger pipes, and the signal of a fault.
var ofFcntl = append([]unix.SockFilter{
	{Code: equal, Jf: 3, K: unix.F_SETPIPE_SZ}, {Code: load, K: offsetArg2}, {Code: greater, Jf: 1, K: PipeSize}, {Code: ret, K: deny},
	{Code: equal, Jf: uint8(len(ofFault) + 1), K: setSignal}, {Code: load, K: offsetArg2},
}, ofFault...)

// setSignal is the command of fcntl by which a file sends another signal than
// SIGIO (F_SETSIG).
const setSignal = 10

// ofFault refuses the signals of faults where their sender says itself where
// they come from: Go's runtime in the worker, which ignores those that others
// send, could not tell them from faults of its own.
var ofFault = func() (p []unix.SockFilter) {
	for _, n := range []unix.Signal{unix.SIGILL, unix.SIGTRAP, unix.SIGBUS, unix.SIGFPE, unix.SIGSEGV, unix.SIGSTKFLT, unix.SIGSYS} {
		p = append(p, unix.SockFilter{Code: equal, Jf: 1, K: uint32(n)}, unix.SockFilter{Code: ret, K: deny})
	}
	return p
}()

// ofPrctl refuses to hide in /proc from the worker, which counts there what a
// process holds.
var ofPrctl = []unix.SockFilter{{Code: equal, Jf: 1, K: unix.PR_SET_DUMPABLE}, {Code: ret, K: deny}}

// ofEverybody refuses signals to everybody whom the user may signal, which
// without a pid namespace are not only the sandbox's own.
var ofEverybody = []unix.SockFilter{{Code: equal, Jf: 1, K: ^uint32(0)}, {Code: ret, K: deny}}

// ofAll refuses a call whatever it asks for: to set a priority could be that of
// every process of the user.
var ofAll = []unix.SockFilter{{Code: ret, K: deny}}

// answered is a span of numbers, up to last, with one answer.
type answered struct{ last, answer uint32 }

// spans are the numbers in their order, put together where one follows the
// other with the same answer; numbers between them are absent.
func spans(all map[uint32]uint32) (runs []answered) {
	numbers := make([]uint32, 0, len(all))
	for nr := range all {
		numbers = append(numbers, nr)
	}
	slices.SortFunc(numbers, func(a, b uint32) int { return cmp.Compare(a, b) })
	add := func(last, answer uint32) {
		if n := len(runs); n > 0 && runs[n-1].answer == answer {
			runs[n-1].last = last
			return
		}
		runs = append(runs, answered{last, answer})
	}
	next := uint32(0)
	for _, nr := range numbers {
		if nr > next {
			add(nr-1, absent)
		}
		add(nr, all[nr])
		next = nr + 1
	}
	return runs
}

var auditArch = map[string]uint32{"amd64": unix.AUDIT_ARCH_X86_64, "arm64": unix.AUDIT_ARCH_AARCH64}

// newFilter returns a program in the form in which the kernel takes it.
func newFilter(traced []uintptr, scoped bool) unix.SockFprog {
	p := program(traced, scoped)
	return unix.SockFprog{Len: uint16(len(p)), Filter: &p[0]}
}

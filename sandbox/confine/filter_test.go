//go:build linux

package confine

import (
	"runtime"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/call"
)

// judge runs a filter on a call, as the kernel does.
func judge(p []unix.SockFilter, nr uint32, args []uint32) uint32 {
	var a uint32
	for at := 0; ; at++ {
		i := p[at]
		holds := false
		switch i.Code {
		case load:
			switch i.K {
			case offsetNr:
				a = nr
			case offsetArch:
				a = auditArch[runtime.GOARCH]
			default:
				a = args[(i.K-offsetArg0)/8]
			}
			continue
		case ret:
			return i.K
		case equal:
			holds = a == i.K
		case greater:
			holds = a > i.K
		case bits:
			holds = a&i.K != 0
		}
		if holds {
			at += int(i.Jt)
		} else {
			at += int(i.Jf)
		}
	}
}

func TestFilter(t *testing.T) {
	traced := []uintptr{unix.SYS_SOCKET, unix.SYS_CONNECT, unix.SYS_CLONE, unix.SYS_PTRACE}
	tests := []struct {
		name string
		nr   uint32
		arg0 uint32
		want uint32
	}{
		{"allowed", unix.SYS_GETPID, 0, permit},
		{"first", unix.SYS_READ, 0, permit},
		{"traced", unix.SYS_CONNECT, 3, stop},
		{"refused", unix.SYS_PERSONALITY, 0, deny},
		{"refused though traced", unix.SYS_PTRACE, 0, stop | uint32(unix.EPERM)},
		{"refused and told", unix.SYS_MOUNT, 0, stop | uint32(unix.EPERM)},
		{"absent and told", unix.SYS_MEMFD_CREATE, 0, stop | uint32(unix.ENOSYS)},
		{"io_uring", unix.SYS_IO_URING_SETUP, 0, stop | uint32(unix.EPERM)},
		{"io_uring beyond its start", unix.SYS_IO_URING_ENTER, 0, deny},
		{"clone3", unix.SYS_CLONE3, 0, absent},
		{"of a kernel to come", 5000, 0, absent},
		{"x32", 0x40000000, 0, absent},
		{"between two runs", 400, 0, absent},
		{"thread", unix.SYS_CLONE, unix.CLONE_VM | unix.CLONE_THREAD, stop},
		{"namespace", unix.SYS_CLONE, unix.CLONE_NEWNET, deny},
		{"child that is not traced", unix.SYS_CLONE, unix.CLONE_UNTRACED | uint32(unix.SIGCHLD), deny},
		{"name of a thread", unix.SYS_PRCTL, unix.PR_SET_NAME, permit},
		{"to hide in /proc", unix.SYS_PRCTL, unix.PR_SET_DUMPABLE, deny},
		{"inet", unix.SYS_SOCKET, unix.AF_INET, stop},
		{"inet6", unix.SYS_SOCKET, unix.AF_INET6, stop},
		{"unix", unix.SYS_SOCKET, unix.AF_UNIX, stop},
		{"packet", unix.SYS_SOCKET, unix.AF_PACKET, stop},
		{"netlink", unix.SYS_SOCKET, unix.AF_NETLINK, stop},
		{"vsock", unix.SYS_SOCKET, unix.AF_VSOCK, stop | uint32(unix.EAFNOSUPPORT)},
		{"alg", unix.SYS_SOCKET, unix.AF_ALG, stop | uint32(unix.EAFNOSUPPORT)},
		{"ax25", unix.SYS_SOCKET, unix.AF_AX25, stop | uint32(unix.EAFNOSUPPORT)},
		{"no family", unix.SYS_SOCKET, 255, stop},
	}
	p := program(traced, false)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := judge(p, tt.nr, []uint32{tt.arg0, 0, 0}); got != tt.want {
				t.Errorf("got %#x, want %#x", got, tt.want)
			}
		})
	}
}

// TestFilterWithoutTracer: what no tracer has fail, the kernel does.
func TestFilterWithoutTracer(t *testing.T) {
	p := program(nil, false)
	for nr, want := range map[uint32]uint32{unix.SYS_MOUNT: deny, unix.SYS_PTRACE: deny, unix.SYS_IO_URING_SETUP: deny, unix.SYS_MEMFD_CREATE: absent} {
		if got := judge(p, nr, []uint32{0, 0, 0}); got != want {
			t.Errorf("call %d: got %#x, want %#x", nr, got, want)
		}
	}
}

// TestFilterOfMemory: memory that processes share has a file.
func TestFilterOfMemory(t *testing.T) {
	const shared, private, nameless = unix.MAP_SHARED, unix.MAP_PRIVATE, unix.MAP_ANONYMOUS
	traced := []uintptr{unix.SYS_SOCKET}
	tests := []struct {
		name   string
		flags  uint32
		traced []uintptr
		want   uint32
	}{
		{"a file", private, nil, permit},
		{"a file that is shared", shared, nil, permit},
		{"memory", private | nameless | unix.MAP_NORESERVE, nil, permit},
		{"shared memory", shared | nameless, nil, deny},
		{"shared memory that is told", shared | nameless, traced, stop | uint32(unix.EPERM)},
		{"shared memory that is checked", unix.MAP_SHARED_VALIDATE | nameless, traced, stop | uint32(unix.EPERM)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := judge(program(tt.traced, false), unix.SYS_MMAP, []uint32{0, 4096, 0, tt.flags}); got != tt.want {
				t.Errorf("got %#x, want %#x", got, tt.want)
			}
		})
	}
}

// TestFilterOfSignals: the signals of faults can be sent by the calls that say
// so of themselves only, and to everybody only in a pid namespace.
func TestFilterOfSignals(t *testing.T) {
	const pid, fault, other = 7, uint32(unix.SIGSEGV), uint32(unix.SIGUSR1)
	tests := []struct {
		name   string
		nr     uint32
		args   []uint32
		scoped bool
		want   uint32
	}{
		{"kill", unix.SYS_KILL, []uint32{pid, fault, 0}, true, permit},
		{"tgkill", unix.SYS_TGKILL, []uint32{pid, pid, fault}, true, permit},
		{"everybody in a pid namespace", unix.SYS_KILL, []uint32{^uint32(0), other, 0}, false, permit},
		{"everybody", unix.SYS_KILL, []uint32{^uint32(0), other, 0}, true, deny},
		{"priority in a pid namespace", unix.SYS_SETPRIORITY, []uint32{unix.PRIO_USER, 0, 5}, false, permit},
		{"priority", unix.SYS_SETPRIORITY, []uint32{unix.PRIO_USER, 0, 5}, true, deny},
		{"sigqueue", unix.SYS_RT_SIGQUEUEINFO, []uint32{pid, other, 0}, false, permit},
		{"sigqueue of a fault", unix.SYS_RT_SIGQUEUEINFO, []uint32{pid, fault, 0}, false, deny},
		{"to a thread", unix.SYS_RT_TGSIGQUEUEINFO, []uint32{pid, pid, other}, false, permit},
		{"of a fault to a thread", unix.SYS_RT_TGSIGQUEUEINFO, []uint32{pid, pid, fault}, false, deny},
		{"by a descriptor", unix.SYS_PIDFD_SEND_SIGNAL, []uint32{3, other, 0}, false, permit},
		{"of a fault by a descriptor", unix.SYS_PIDFD_SEND_SIGNAL, []uint32{3, fault, 0}, false, deny},
		{"F_SETSIG", unix.SYS_FCNTL, []uint32{3, setSignal, other}, false, permit},
		{"F_SETSIG of a fault", unix.SYS_FCNTL, []uint32{3, setSignal, fault}, false, deny},
		{"a pipe", unix.SYS_FCNTL, []uint32{3, unix.F_SETPIPE_SZ, 4096}, false, permit},
		{"as large as it is", unix.SYS_FCNTL, []uint32{3, unix.F_SETPIPE_SZ, PipeSize}, false, permit},
		{"a large pipe", unix.SYS_FCNTL, []uint32{3, unix.F_SETPIPE_SZ, PipeSize + 1}, false, deny},
		{"another command", unix.SYS_FCNTL, []uint32{3, unix.F_SETFL, fault}, false, permit},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := judge(program(nil, tt.scoped), tt.nr, tt.args); got != tt.want {
				t.Errorf("got %#x, want %#x", got, tt.want)
			}
		})
	}
}

// TestListsAreKnown finds words in the lists that are no call on any machine
// that we know, and calls that stand in both.
func TestListsAreKnown(t *testing.T) {
	// Calls that only the other machine has, or that are newer than our table.
	elsewhere := "fchmodat2 futex_wake futex_wait futex_requeue open_tree_attr quotactl_fd renameat"
	table := call.NewTable()
	seen := map[string]bool{}
	for name := range strings.FieldsSeq(allowed + refused) {
		if _, ok := table.Number(name); !ok && !strings.Contains(elsewhere, name) && unix.SYS_OPENAT == 257 {
			t.Errorf("%s is no call", name)
		}
		if seen[name] {
			t.Errorf("%s stands in a list twice", name)
		}
		seen[name] = true
	}
}

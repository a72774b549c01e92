//go:build linux

package confine

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Arg0 is the name under which this program is started as a launcher.
const Arg0 = "fivetuple-launcher"

// Launch is what a launcher is to do: confine itself and become a program.
type Launch struct {
	Command   []string // the first word is the path of an executable
	Env       []string
	Dir       string
	CPU       uint64    // seconds
	Memory    uint64    // bytes of data
	Files     uint64    // descriptors
	FileSize  uint64    // bytes of each file that it writes; 0 for no limit
	Processes uint64    // of the whole sandbox
	Traced    []uintptr // numbers of the system calls that stop for the tracer
	Readable  []string  // paths to which reading is limited; none: all of a root of its own
	Writable  []string  // folders in which it may write
	Names     string    // a file that takes the place of /etc/hosts: see [NamesFD]
	Scoped    bool      // it signals nobody but what it starts itself
}

// launchFD is where the launcher finds its socket to the one who started it.
const launchFD = 3

// Start starts a launcher in the calling thread's network namespace with
// these standard streams, and returns the launcher's process and the socket
// to talk to it. The launcher waits until [Go] is called, so that a tracer
// can attach first. It has a session of its own, whose process group is all
// that a signal to its group reaches.
func Start(l Launch, stdin, stdout, stderr *os.File) (pid int, conn *os.File, err error) {
	pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return 0, nil, os.NewSyscallError("socketpair", err)
	}
	near, far := os.NewFile(uintptr(pair[0]), "launcher"), os.NewFile(uintptr(pair[1]), "launcher")
	defer far.Close()
	process, err := os.StartProcess("/proc/self/exe", []string{Arg0}, &os.ProcAttr{
		Dir: "/", Env: []string{"GOMAXPROCS=1", "GOGC=off", "GODEBUG=asyncpreemptoff=1"}, Files: []*os.File{stdin, stdout, stderr, far},
		Sys: &syscall.SysProcAttr{Setsid: true},
	})
	if err != nil {
		near.Close()
		return 0, nil, err
	}
	pid = process.Pid
	_ = process.Release() // the tracer waits for it
	if err := json.NewEncoder(near).Encode(l); err != nil {
		near.Close()
		return 0, nil, fmt.Errorf("launcher: %w", err)
	}
	return pid, near, nil
}

// Ready waits until the launcher is confined and returns the thread that
// will become the program.
func Ready(conn *os.File) (tid int, err error) {
	var said struct {
		TID   int
		Error string
	}
	if err := json.NewDecoder(conn).Decode(&said); err != nil {
		return 0, fmt.Errorf("launcher: %w", err)
	}
	if said.Error != "" {
		return 0, fmt.Errorf("launcher: %s", said.Error)
	}
	return said.TID, nil
}

// Go lets the launcher become the program, and closes conn.
func Go(conn *os.File) error {
	_, err := conn.Write([]byte{1})
	conn.Close()
	return err
}

// Main is a launcher. It does not return.
func Main() {
	runtime.LockOSThread() // capabilities and filter belong to this thread, which becomes the program
	conn := os.NewFile(launchFD, "launcher")
	var l Launch
	err := json.NewDecoder(conn).Decode(&l)
	if err == nil {
		err = l.confine()
	}
	if err != nil {
		_ = json.NewEncoder(conn).Encode(map[string]string{"Error": err.Error()})
		os.Exit(127)
	}
	if err := json.NewEncoder(conn).Encode(map[string]int{"TID": unix.Gettid()}); err != nil {
		os.Exit(127)
	}
	if n, err := conn.Read(make([]byte, 1)); n != 1 || err != nil {
		os.Exit(127)
	}
	err = l.become()
	fmt.Fprintf(os.Stderr, "%s: %v\n", l.Command[0], err)
	os.Exit(127)
}

func (l *Launch) confine() error {
	if err := os.Chdir(l.Dir); err != nil {
		return err
	}
	if err := l.limit(); err != nil {
		return err
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return os.NewSyscallError("prctl no_new_privs", err)
	}
	if err := l.landlock(); err != nil {
		return fmt.Errorf("landlock: %w", err)
	}
	return dropCapabilities()
}

// pending is how many signals may wait in a sandbox. The machine has a limit
// for the user whose sandboxes all of them are.
const pending = 1024

func (l *Launch) limit() error {
	for _, r := range []struct {
		resource int
		max      uint64
	}{
		{unix.RLIMIT_CPU, l.CPU}, {unix.RLIMIT_NOFILE, l.Files},
		{unix.RLIMIT_CORE, 0}, {unix.RLIMIT_MEMLOCK, 0}, {unix.RLIMIT_MSGQUEUE, 0}, {unix.RLIMIT_SIGPENDING, pending},
	} {
		limit := unix.Rlimit{Cur: r.max, Max: r.max}
		if r.resource == unix.RLIMIT_CPU {
			limit.Max++ // SIGXCPU first, SIGKILL a second later
		}
		limit = lowered(r.resource, limit)
		if err := unix.Setrlimit(r.resource, &limit); err != nil {
			return os.NewSyscallError("setrlimit", err)
		}
	}
	if l.FileSize == 0 {
		return nil
	}
	limit := lowered(unix.RLIMIT_FSIZE, unix.Rlimit{Cur: l.FileSize, Max: l.FileSize})
	return os.NewSyscallError("setrlimit", unix.Setrlimit(unix.RLIMIT_FSIZE, &limit))
}

// lowered is limit, or what this process has already where that is lower: an
// ordinary user may not raise it.
func lowered(resource int, limit unix.Rlimit) unix.Rlimit {
	var has unix.Rlimit
	if unix.Getrlimit(resource, &has) == nil {
		limit.Max = min(limit.Max, has.Max)
		limit.Cur = min(limit.Cur, limit.Max)
	}
	return limit
}

func dropCapabilities() error {
	if err := unix.Prctl(unix.PR_CAP_AMBIENT, unix.PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0); err != nil {
		return os.NewSyscallError("prctl ambient", err)
	}
	for c := range uintptr(unix.CAP_LAST_CAP + 1) {
		if err := unix.Prctl(unix.PR_CAPBSET_DROP, c, 0, 0, 0); err != nil && err != unix.EINVAL && err != unix.EPERM {
			return os.NewSyscallError("prctl bounding", err) // EPERM: it has none to take from
		}
	}
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var none [2]unix.CapUserData
	return os.NewSyscallError("capset", unix.Capset(&header, &none[0]))
}

// ownThreads is how many threads the worker may have, which the kernel counts
// among the sandbox's processes.
const ownThreads = 32

// become makes everything ready and takes the last steps, after which this
// thread's calls are traced.
func (l *Launch) become() error {
	if err := KeepDescriptors(); err != nil {
		return err
	}
	if err := l.inherit(); err != nil {
		return err
	}
	argv, err := syscall.SlicePtrFromStrings(l.Command)
	if err != nil {
		return err
	}
	envp, err := syscall.SlicePtrFromStrings(l.Env)
	if err != nil {
		return err
	}
	last := lastSteps{
		data:   lowered(unix.RLIMIT_DATA, unix.Rlimit{Cur: l.Memory, Max: l.Memory}),
		nproc:  lowered(unix.RLIMIT_NPROC, unix.Rlimit{Cur: l.Processes + ownThreads, Max: l.Processes + ownThreads}),
		filter: newFilter(l.Traced, l.Scoped),
		argv:   argv, envp: envp,
	}
	name, errno := last.take()
	return os.NewSyscallError(name, errno)
}

// lastSteps are calls after which there is a program in place of the
// launcher: limits, filter, and exec.
type lastSteps struct {
	data, nproc unix.Rlimit
	filter      unix.SockFprog
	argv, envp  []*byte
}

// take takes the steps, and returns only when one fails, which it names.
//
// The limits and the filter are for the program, and Go's runtime could not
// start one more thread under them. It does when this thread gives up its
// turn, as any function may that has room for more stack to ask for. This
// one has none, and raw calls are nothing that the runtime knows of.
//
//go:nosplit
//go:norace
func (s *lastSteps) take() (name string, errno syscall.Errno) {
	if _, _, errno = unix.RawSyscall6(unix.SYS_PRLIMIT64, 0, unix.RLIMIT_DATA, uintptr(unsafe.Pointer(&s.data)), 0, 0, 0); errno != 0 {
		return "setrlimit", errno
	}
	if _, _, errno = unix.RawSyscall6(unix.SYS_PRLIMIT64, 0, unix.RLIMIT_NPROC, uintptr(unsafe.Pointer(&s.nproc)), 0, 0, 0); errno != 0 {
		return "setrlimit", errno
	}
	if _, _, errno = unix.RawSyscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, 0, uintptr(unsafe.Pointer(&s.filter))); errno != 0 {
		return "seccomp", errno // it needs no_new_privs
	}
	_, _, errno = unix.RawSyscall(unix.SYS_EXECVE, uintptr(unsafe.Pointer(s.argv[0])), uintptr(unsafe.Pointer(&s.argv[0])), uintptr(unsafe.Pointer(&s.envp[0])))
	return "execve", errno
}

// KeepDescriptors keeps all descriptors but the standard streams from the
// programs that this process becomes or starts: whatever it was itself
// started with, none of it is theirs.
func KeepDescriptors() error {
	return os.NewSyscallError("close_range", unix.CloseRange(3, ^uint(0), unix.CLOSE_RANGE_CLOEXEC))
}

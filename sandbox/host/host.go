//go:build linux

// Package host makes the hosts of a sandbox: network namespaces, and the
// links that lead from them into our hands.
package host

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"runtime"

	"golang.org/x/sys/unix"
)

// Host is one network namespace with a thread that lives in it.
//
// The thread is never given back to the Go scheduler: a goroutine that came
// to run on it later would find itself in the wrong namespace. It ends with
// the Host.
type Host struct {
	Name  string
	Addrs []netip.Addr // the host's addresses, IPv4 first

	work chan func()
	ns   int // /proc/thread-self/ns/net of the thread
}

// New makes a network namespace in which only lo exists and is up. It needs
// CAP_SYS_ADMIN in the user namespace that will own it.
func New(name string) (*Host, error) { return start(name, (*Host).enter) }

// Here is the network namespace that the calling process is in, which it
// shares with others.
func Here(name string) (*Host, error) {
	return start(name, func(*Host) error { return nil })
}

func start(name string, enter func(*Host) error) (*Host, error) {
	h := &Host{Name: name, work: make(chan func()), ns: -1}
	made := make(chan error)
	go h.live(made, enter)
	if err := <-made; err != nil {
		return nil, fmt.Errorf("host %s: %w", name, err)
	}
	return h, nil
}

func (h *Host) live(made chan<- error, enter func(*Host) error) {
	runtime.LockOSThread() // and never unlocked: the thread ends with this goroutine
	err := enter(h)
	made <- err
	if err != nil {
		return
	}
	for f := range h.work {
		f()
	}
	unix.Close(h.ns)
}

func (h *Host) enter() error {
	if err := unix.Unshare(unix.CLONE_NEWNET); err != nil {
		return os.NewSyscallError("unshare", err)
	}
	ns, err := unix.Open("/proc/thread-self/ns/net", unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return os.NewSyscallError("open", err)
	}
	h.ns = ns
	return setUp("lo")
}

// Do runs f on the host's thread, that is in its network namespace, and
// returns when f has returned. A process that f starts lives there too.
func (h *Host) Do(f func() error) error {
	done := make(chan error)
	h.work <- func() { done <- f() }
	return <-done
}

// Close ends the host's thread. The namespace goes with its last socket and
// process.
func (h *Host) Close() { close(h.work) }

// setUp brings a link of the calling thread's namespace up.
func setUp(name string) error {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return os.NewSyscallError("socket", err)
	}
	defer unix.Close(fd)
	request, err := unix.NewIfreq(name)
	if err != nil {
		return err
	}
	request.SetUint16(unix.IFF_UP | unix.IFF_RUNNING)
	return os.NewSyscallError("ioctl SIOCSIFFLAGS", unix.IoctlIfreq(fd, unix.SIOCSIFFLAGS, request))
}

// Index is the number of the link called name in the calling thread's
// namespace.
func Index(name string) (int, error) {
	link, err := net.InterfaceByName(name)
	if err != nil {
		return 0, fmt.Errorf("link %s: %w", name, err)
	}
	return link.Index, nil
}

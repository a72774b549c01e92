//go:build linux

package diag_test

import (
	"os"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/diag"
)

// TestMemory fills sockets of each kind in a network namespace of its own,
// and asks what the kernel holds.
func TestMemory(t *testing.T) {
	const full = 64 << 10
	tests := []struct {
		name string
		fill func(t *testing.T) (fds []int)
	}{
		{"unix stream", func(t *testing.T) []int {
			pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
			sent(t, err, pair[0])
			return pair[:]
		}},
		{"unix stream, its sender closed", func(t *testing.T) []int {
			pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
			sent(t, err, pair[0])
			unix.Close(pair[0])
			return pair[1:]
		}},
		{"unix datagram, its sender closed", func(t *testing.T) []int {
			to := socket(t, unix.AF_UNIX, unix.SOCK_DGRAM, 0, &unix.SockaddrUnix{Name: "@memory"})
			from := socket(t, unix.AF_UNIX, unix.SOCK_DGRAM, 0, nil)
			sent(t, unix.Connect(from, &unix.SockaddrUnix{Name: "@memory"}), from)
			unix.Close(from)
			return []int{to}
		}},
		{"udp", func(t *testing.T) []int {
			to := socket(t, unix.AF_INET, unix.SOCK_DGRAM, 0, &unix.SockaddrInet4{Port: 4711, Addr: [4]byte{127, 0, 0, 1}})
			from := socket(t, unix.AF_INET, unix.SOCK_DGRAM, 0, nil)
			for range 5 {
				if err := unix.Sendto(from, make([]byte, 20<<10), 0, &unix.SockaddrInet4{Port: 4711, Addr: [4]byte{127, 0, 0, 1}}); err != nil {
					t.Fatal(err)
				}
			}
			return []int{to, from}
		}},
		{"tcp that nobody accepts", func(t *testing.T) []int { return unaccepted(t, unix.IPPROTO_TCP) }},
		{"mptcp that nobody accepts", func(t *testing.T) []int { return unaccepted(t, unix.IPPROTO_MPTCP) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			apart(t)
			c := open(t)
			before := memory(t, c)
			fds := tt.fill(t)
			if got := memory(t, c); got-before < full {
				t.Errorf("%d bytes before, %d bytes now", before, got)
			}
			for _, fd := range fds {
				unix.Close(fd)
			}
		})
	}
}

func memory(t *testing.T, c *diag.Conn) int64 {
	t.Helper()
	n, err := c.Memory()
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// apart gives the test a network namespace of its own, on a thread that ends
// with it.
func apart(t *testing.T) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("a network namespace of its own needs root")
	}
	runtime.LockOSThread() // never unlocked
	if err := unix.Unshare(unix.CLONE_NEWNET); err != nil {
		t.Fatal(err)
	}
	up(t)
}

// up brings lo up.
func up(t *testing.T) {
	t.Helper()
	fd := socket(t, unix.AF_INET, unix.SOCK_DGRAM, 0, nil)
	defer unix.Close(fd)
	lo, err := unix.NewIfreq("lo")
	if err != nil {
		t.Fatal(err)
	}
	lo.SetUint16(unix.IFF_UP)
	if err := unix.IoctlIfreq(fd, unix.SIOCSIFFLAGS, lo); err != nil {
		t.Fatal(err)
	}
}

func socket(t *testing.T, family, kind, protocol int, bound unix.Sockaddr) int {
	t.Helper()
	fd, err := unix.Socket(family, kind, protocol)
	if err == nil && bound != nil {
		err = unix.Bind(fd, bound)
	}
	if err != nil {
		t.Fatal(err)
	}
	return fd
}

func sent(t *testing.T, err error, fd int) {
	t.Helper()
	if err == nil {
		_, err = unix.Write(fd, make([]byte, 100<<10))
	}
	if err != nil {
		t.Fatal(err)
	}
}

func unaccepted(t *testing.T, protocol int) []int {
	t.Helper()
	to := socket(t, unix.AF_INET, unix.SOCK_STREAM, protocol, &unix.SockaddrInet4{Port: 4711, Addr: [4]byte{127, 0, 0, 1}})
	from := socket(t, unix.AF_INET, unix.SOCK_STREAM, protocol, nil)
	err := unix.Listen(to, 5)
	if err == nil {
		err = unix.Connect(from, &unix.SockaddrInet4{Port: 4711, Addr: [4]byte{127, 0, 0, 1}})
	}
	sent(t, err, from)
	return []int{to, from}
}

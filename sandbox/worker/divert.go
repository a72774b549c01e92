//go:build linux

package worker

import (
	"golang.org/x/sys/unix"

	"fivetuple/sandbox/confine"
	"fivetuple/sandbox/trace"
)

// In a sandbox without a root of its own, /etc/hosts and /tmp are the
// machine's. There the paths that a program asks for are changed, in its
// memory and before the kernel reads them, to those of the sandbox.

// diverted are the paths that are changed: a whole path, or the beginning of
// one that ends in a slash.
var diverted = []struct{ from, to string }{
	{"/etc/hosts\x00", confine.NamesPath + "\x00"},
	{"/tmp/", confine.NearTmp},
}

// pathAt says which argument of a call is a path. They are traced in such a
// sandbox only.
var pathAt = map[uint64]int{
	unix.SYS_OPENAT: 1, unix.SYS_UNLINKAT: 1, unix.SYS_MKDIRAT: 1, unix.SYS_NEWFSTATAT: 1, unix.SYS_STATX: 1,
	unix.SYS_FACCESSAT: 1, unix.SYS_FACCESSAT2: 1,
}

// addressAt says which argument of a call is the address of a socket; the
// next is its length.
var addressAt = map[uint64]int{unix.SYS_BIND: 1, unix.SYS_CONNECT: 1, unix.SYS_SENDTO: 4}

// restrict keeps a program to what it may see.
func (w *worker) restrict(launch *confine.Launch) {
	w.root.Restrict(launch)
	launch.Scoped = w.own != nil // elsewhere the pid namespace has nobody else in it
	if launch.Names == "" {
		return
	}
	for number := range pathAt {
		launch.Traced = append(launch.Traced, uintptr(number))
	}
	for number := range oldPathAt {
		launch.Traced = append(launch.Traced, uintptr(number))
	}
}

// divert changes the path that a call points to.
func (w *worker) divert(tid int, number uint64, args [6]uint64) {
	address := uint64(0)
	if at, ok := pathAt[number]; ok {
		address = args[at]
	} else if at, ok := oldPathAt[number]; ok {
		address = args[at]
	} else if at, ok := addressAt[number]; ok {
		address = pathOf(tid, args[at])
		if w.own != nil && address == 0 && args[at] != 0 {
			w.divertAddress(tid, args[at], args[at+1])
		}
	}
	if address == 0 {
		return
	}
	for _, d := range diverted {
		if begins(tid, address, d.from) && !begins(tid, address, w.root.Path("/")) {
			// What cannot be changed is refused by Landlock.
			_ = trace.Write(tid, []byte(d.to), address)
			return
		}
	}
}

// begins says whether the text at an address of a thread begins so.
func begins(tid int, address uint64, text string) bool {
	b := make([]byte, len(text))
	return trace.Read(tid, b, address) == nil && string(b) == text
}

// pathOf is where the path of a Unix-domain address stands, 0 when it is the
// address of another family.
func pathOf(tid int, address uint64) uint64 {
	var family [2]byte
	if address == 0 || trace.Read(tid, family[:], address) != nil || family != [2]byte{unix.AF_UNIX} {
		return 0
	}
	return address + uint64(len(family))
}

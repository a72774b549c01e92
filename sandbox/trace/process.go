//go:build linux

package trace

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/sys/unix"
)

// ownProc says whether /proc counts processes as we do. It does not where a
// sandbox could not mount its own.
var ownProc = sync.OnceValue(func() bool {
	self, err := os.Readlink("/proc/self")
	return err != nil || self == strconv.Itoa(os.Getpid())
})

// Proc is the folder in /proc of a process or thread. When there is none its
// files are not found.
func Proc(tid int) string {
	if ownProc() {
		return fmt.Sprintf("/proc/%d", tid)
	}
	fd, err := unix.PidfdOpen(tid, unix.PIDFD_THREAD)
	if err != nil { // before Linux 6.9 of a process only
		fd, err = unix.PidfdOpen(tid, 0)
	}
	if err != nil {
		return "/proc/0"
	}
	defer unix.Close(fd)
	return fmt.Sprintf("/proc/%d", numberInProc(fd))
}

// numberInProc is the number that the process of a descriptor has in /proc,
// 0 when it has none: the kernel tells it of the descriptor.
func numberInProc(fd int) (number int) {
	f, err := os.Open(fmt.Sprintf("/proc/self/fdinfo/%d", fd))
	if err != nil {
		return 0
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if value, ok := strings.CutPrefix(lines.Text(), "Pid:"); ok {
			number, _ = strconv.Atoi(strings.TrimSpace(value))
			return max(number, 0)
		}
	}
	return 0
}

// wchan is the kernel function that a thread sleeps in, empty when the
// kernel does not say.
func wchan(tid int) string {
	b, err := os.ReadFile(Proc(tid) + "/wchan")
	if name := strings.TrimSpace(string(b)); err == nil && name != "0" {
		return name
	}
	return ""
}

// asleep says whether a thread waits for something to happen in the kernel.
//
// Source: proc_pid_stat(5), state.
func asleep(tid int) bool {
	b, err := os.ReadFile(Proc(tid) + "/stat")
	if err != nil {
		return false
	}
	_, after, _ := strings.Cut(string(b), ") ")
	return strings.HasPrefix(after, "S") || strings.HasPrefix(after, "D")
}

//go:build linux

package worker

import (
	"os"
	"os/signal"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/trace"
)

// disposition is what becomes of a signal that reaches a thread.
//
// Source: proc_pid_status(5), SigIgn and SigCgt.
func disposition(tid int, number unix.Signal) string {
	b, err := os.ReadFile(trace.Proc(tid) + "/status")
	if err != nil {
		return ""
	}
	bit := uint64(1) << (number - 1)
	for line := range strings.Lines(string(b)) {
		name, value, _ := strings.Cut(line, ":")
		mask, err := strconv.ParseUint(strings.TrimSpace(value), 16, 64)
		switch {
		case err != nil || mask&bit == 0:
		case name == "SigIgn":
			return event.SignalIgnored
		case name == "SigCgt":
			return event.SignalCaught
		}
	}
	return event.SignalDefault
}

// heedNoSignal has the worker go on whatever signal its programs send it. As
// the first process of a pid namespace it gets those that it has handlers
// for, and Go's runtime has them for nearly all. They are caught and not
// ignored, which programs would inherit. A fault of its own is still one.
func heedNoSignal() {
	unheeded := make(chan os.Signal, 1)
	for n := unix.SIGHUP; n < 65; n++ {
		if n != unix.SIGCHLD && n != unix.SIGURG { // the tracer's, and the runtime's own
			signal.Notify(unheeded, n)
		}
	}
}

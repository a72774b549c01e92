//go:build linux

package sandbox_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/event"
)

// TestSocketsThatAreRefused: a socket that would see the packets of others, or
// that reaches out of the sandbox, is refused, and that is told at its line.
func TestSocketsThatAreRefused(t *testing.T) {
	all := run(t, alone(`import socket
for family, kind, protocol in (
    (socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP),
    (socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_TCP),
    (socket.AF_PACKET, socket.SOCK_RAW, 0),
    (socket.AF_VSOCK, socket.SOCK_STREAM, 0),
    (socket.AF_VSOCK, socket.SOCK_STREAM, 0),
):
    try:
        socket.socket(family, kind, protocol)
    except OSError as e:
        print(e.strerror)
`), nil)
	finished(t, all)
	if diff := cmp.Diff(strings.Repeat("Operation not permitted\n", 3)+strings.Repeat("Address family not supported by protocol\n", 2), printed(all, "server")); diff != "" {
		t.Errorf("it printed (-want +got):\n%s", diff)
	}
	var calls, notes []string
	for _, e := range all {
		switch {
		case e.Kind == event.KindCall && e.Phase == event.PhaseReturn && e.Name == "socket":
			if e.Line != 10 {
				t.Errorf("socket(%s) is told at line %d", strings.Join(e.Args, ", "), e.Line)
			}
			calls = append(calls, fmt.Sprintf("%s %s = %s", e.Args[0], strings.TrimSuffix(e.Args[1], "|SOCK_CLOEXEC"), e.Errno))
		case e.Kind == event.KindNote:
			notes = append(notes, fmt.Sprintf("%s %s at %d", e.Text, e.Error, e.Line))
		}
	}
	want := []string{"AF_INET SOCK_RAW = EPERM", "AF_INET6 SOCK_RAW = EPERM", "AF_PACKET SOCK_RAW = EPERM", "AF_VSOCK SOCK_STREAM = EAFNOSUPPORT", "AF_VSOCK SOCK_STREAM = EAFNOSUPPORT"}
	if diff := cmp.Diff(want, calls); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"not-allowed socket(AF_VSOCK) at 10"}, notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

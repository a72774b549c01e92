//go:build linux

package sandbox_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// noNamespaces is a machine as `docker run` without options makes it.
var noNamespaces = []refusal{
	{Call: unix.SYS_CLONE, Bits: unix.CLONE_NEWUSER, Errno: unix.EPERM},
	{Call: unix.SYS_UNSHARE, Errno: unix.EPERM},
	{Call: unix.SYS_MOUNT, Errno: unix.EPERM},
	{Call: unix.SYS_PIDFD_GETFD, Errno: unix.EPERM},
	{Call: unix.SYS_PROCESS_VM_READV, Errno: unix.EPERM},
}

// loaded is a lab as the course has it.
func loaded(t *testing.T, name string) *lab.Lab {
	t.Helper()
	l, err := lab.Load(os.DirFS("../lessons"), "labs/"+name)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestShared(t *testing.T) {
	if !on(t, noNamespaces...) {
		return
	}
	all := run(t, loaded(t, "endpoints/two-programs"), typing("client", "\nhello"))
	finished(t, all)
	own := all[0].Hosts[0].Addrs[0]
	if !strings.HasPrefix(own, "127.") || !strings.HasSuffix(own, ".1") || own == "127.0.0.1" {
		t.Errorf("the sandbox has the address %s, want one of its own in 127/8", own)
	}
	label := all[1]
	if label.Kind != event.KindNote || label.Text != "shared" || label.Error != own {
		t.Errorf("the run is not labelled: %+v", label)
	}
	for _, e := range all {
		if e.Socket != nil && (strings.HasPrefix(e.Socket.Local, "0.0.0.0") || strings.HasPrefix(e.Socket.Local, "[::]")) {
			t.Errorf("a socket of the sandbox takes the whole machine: %+v", e.Socket)
		}
	}
	for _, state := range []string{"LISTEN", "ESTABLISHED"} {
		if !slices.ContainsFunc(all, func(e event.Event) bool { return e.Kind == event.KindState && e.To == state }) {
			t.Errorf("no socket was seen in %s", state)
		}
	}
}

// TestSharedCaptured: root may capture packets, and sees its own only.
func TestSharedCaptured(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("capturing needs CAP_NET_RAW")
	}
	if !on(t, noNamespaces...) {
		return
	}
	all := run(t, loaded(t, "endpoints/two-programs"), typing("client", "\nhello"))
	finished(t, all)
	own := strings.TrimSuffix(all[0].Hosts[0].Addrs[0], "1")
	flags := ""
	for _, e := range all {
		if e.Kind != event.KindPacket || e.Phase != event.PhaseSent {
			continue
		}
		flags += strings.Join(e.Summary.Flags, ",") + " "
		if !strings.HasPrefix(e.Summary.Src, own) && !strings.HasPrefix(e.Summary.Dst, own) {
			t.Errorf("a packet of others: %+v", e.Summary)
		}
	}
	if !strings.HasPrefix(flags, "SYN SYN,ACK ACK ") {
		t.Errorf("the packets carry %s", flags)
	}
}

// TestSharedDerived: where packets cannot be captured, those that must have
// been are told, and marked.
func TestSharedDerived(t *testing.T) {
	if !on(t, append(slices.Clone(noNamespaces), refusal{Call: unix.SYS_SOCKET, Value: unix.AF_PACKET, Errno: unix.EPERM})...) {
		return
	}
	all := run(t, loaded(t, "endpoints/two-programs"), typing("client", "\nhello"))
	finished(t, all)
	var told []string
	for _, e := range all {
		if e.Kind != event.KindPacket || e.Phase != event.PhaseSent {
			continue
		}
		if !e.Derived || e.Data != nil || e.Summary.Seq != nil {
			t.Errorf("a packet that was not captured is not marked: %+v", e)
		}
		if s := e.Summary; s.Len > 0 || !slices.Equal(s.Flags, []string{"ACK"}) {
			told = append(told, fmt.Sprintf("%s%v%d", e.From, s.Flags, s.Len))
		}
	}
	want := []string{"client[SYN]0", "server[SYN ACK]0", "client[PSH ACK]5", "server[PSH ACK]5", "client[FIN ACK]0", "server[FIN ACK]0"}
	if !slices.Equal(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
	if !slices.ContainsFunc(all, func(e event.Event) bool { return e.Kind == event.KindNote && e.Text == "derived" }) {
		t.Error("the run does not say that its packets are derived")
	}
}

func TestSharedRefuses(t *testing.T) {
	if !on(t, noNamespaces...) {
		return
	}
	edited := loaded(t, "endpoints/two-programs")
	edited.Programs[0].Source = append(slices.Clone(edited.Programs[0].Source), '\n')
	foreign := loaded(t, "endpoints/two-programs")
	foreign.Programs[0].File, foreign.Programs[0].Command = "", []string{"true"}
	late := loaded(t, "reliability/retransmission")
	late.Wire.Delay = time.Millisecond
	named := loaded(t, "lifecycle/errors")
	named.Wire.Delay = 0
	tests := []struct {
		name string
		lab  *lab.Lab
		want string
	}{
		{"a wire with a delay", late, "it can only be cut"},
		{"addresses of a wire", named, "no addresses of their own"},
		{"a cut without pidfd_getfd", loaded(t, "reliability/retransmission"), "pidfd_getfd"},
		{"a wire", loaded(t, "handshake/three-way"), "a lab with a wire"},
		{"an edited program", edited, "not the course's own"},
		{"an executable", foreign, "not the course's own"},
		{"a lab of one's own", echo(lab.Loopback), "not the course's own"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := sandbox.Start(t.Context(), tt.lab)
			var unavailable *sandbox.UnavailableError
			if !errors.As(err, &unavailable) || !strings.Contains(unavailable.Ability.Detail.English, tt.want) || unavailable.Ability.Remedy.IsZero() {
				t.Errorf("got %v, want %q and a remedy", err, tt.want)
			}
		})
	}
}

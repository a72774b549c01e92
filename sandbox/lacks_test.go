//go:build linux

package sandbox_test

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/machine"
)

// TestLacks: what a machine lacks is said of each lab as its start would say
// it.
func TestLacks(t *testing.T) {
	python := sandbox.Ability{Name: "python3", Needed: true, Detail: machine.Typed("no python3"), Remedy: machine.Typed("apt-get install python3")}
	namespaces := sandbox.Ability{Name: "namespaces", Detail: machine.Say("no namespaces", "네임스페이스가 없습니다"), Remedy: machine.Typed("sysctl this")}
	shared := sandbox.Ability{Name: "tier", OK: true, Needed: true, Detail: machine.Typed("shared: labs on one host run")}
	settings := sandbox.Ability{Name: "settings", Detail: machine.Typed("/proc/sys is read-only"), Remedy: machine.Typed("unmask it")}
	wire, loopback := loaded(t, "handshake/three-way"), loaded(t, "endpoints/two-programs")
	edited := *loopback
	edited.Programs = append([]lab.Program(nil), loopback.Programs...)
	edited.Programs[0].Source = []byte("pass\n")
	set := *wire
	set.Sysctl = map[string]string{"net.ipv4.tcp_syncookies": "0"}
	tests := []struct {
		name      string
		abilities []sandbox.Ability
		lab       *lab.Lab
		want      string // in the detail; empty when it runs
	}{
		{"nothing is known", nil, wire, ""},
		{"all is there", []sandbox.Ability{{Name: "namespaces", OK: true, Needed: true}}, wire, ""},
		{"no interpreter", []sandbox.Ability{python}, loopback, "no python3"},
		{"shared, with a wire", []sandbox.Ability{shared, namespaces}, wire, "hosts with a network of their own. Here no namespaces"},
		{"shared, on loopback", []sandbox.Ability{shared, namespaces}, loopback, ""},
		{"shared, edited", []sandbox.Ability{shared, namespaces}, &edited, "not the course's own"},
		{"read-only settings, which it needs", []sandbox.Ability{settings}, &set, "/proc/sys is read-only"},
		{"read-only settings, which it does not need", []sandbox.Ability{settings}, wire, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, lacks := sandbox.Lacks(tt.abilities, tt.lab)
			if lacks != (tt.want != "") || !strings.Contains(got.Detail.English, tt.want) || lacks && got.Remedy.IsZero() {
				t.Errorf("%+v, %v; want %q", got, lacks, tt.want)
			}
		})
	}
}

// TestUsedUp: a machine that has namespaces, but no room for one more process,
// is not taken for one that refuses them. What to do is said of what is used
// up, and the other tier is not tried.
func TestUsedUp(t *testing.T) {
	for errno, want := range map[unix.Errno]struct{ name, remedy string }{
		unix.EAGAIN: {"processes", "--pids-limit"}, unix.ENOMEM: {"memory", "--memory"}, unix.EMFILE: {"descriptors", "nofile"},
	} {
		t.Run(want.name, func(t *testing.T) {
			if !on(t, refusal{Call: unix.SYS_CLONE, Bits: unix.CLONE_NEWUSER, Errno: errno}) {
				return
			}
			s, err := sandbox.Start(t.Context(), loaded(t, "endpoints/two-programs"))
			if err == nil {
				s.Stop(event.EndStopped)
				for range s.Events() {
				}
			}
			var unavailable *sandbox.UnavailableError
			if !errors.As(err, &unavailable) {
				t.Fatalf("error %v, want one that says what is used up", err)
			}
			a := unavailable.Ability
			if a.Name != want.name || !strings.Contains(a.Remedy.English, want.remedy) || !strings.Contains(a.Detail.English, "no room") || !strings.Contains(a.Detail.Korean, "자리") {
				t.Errorf("got %+v", a)
			}
		})
	}
}

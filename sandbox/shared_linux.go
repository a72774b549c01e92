package sandbox

import (
	"errors"
	"os"
	"syscall"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/lab"
)

// begun starts a worker for a lab: in namespaces of its own or, where the
// machine has none for us, on the tier shared, if the lab can run there.
func begun(spec *specification, l *lab.Lab) (*Sandbox, error) {
	s, err := spawn(spec.premises)
	var unavailable *UnavailableError
	if !errors.As(err, &unavailable) || unavailable.Ability.Name != "namespaces" { // what is used up would be so there, too
		return s, err
	}
	if why := wantsNamespaces(l); !why.IsZero() {
		unavailable.Ability.Detail = here(why, unavailable.Ability.Detail)
		return nil, unavailable
	}
	spec.premises.Shared = true
	if l.Topology == lab.Wire { // which is lo then
		spec.Cut, spec.Lab.Topology, spec.premises.Topology = true, lab.Loopback, lab.Loopback
	}
	return spawn(spec.premises)
}

// Lacks is what a machine with these abilities lacks to run l, as [Start] would
// say it; ok is false when l runs.
func Lacks(abilities []Ability, l *lab.Lab) (lacks Ability, ok bool) {
	shared := IsShared(abilities)
	for _, a := range abilities {
		switch {
		case a.OK:
		case a.Needed, a.Name == "settings" && len(l.Sysctl) > 0:
			return a, true
		case a.Name == "namespaces" && shared:
			if why := wantsNamespaces(l); !why.IsZero() {
				a.Detail = here(why, a.Detail)
				return a, true
			}
		}
	}
	return Ability{}, false
}

// here is what a lab wants and what there is.
func here(wants, found Text) Text {
	return wants.With(say(". Here ", ". 이 서버의 상태: ")).With(found)
}

// wantsNamespaces says why a lab cannot run on the tier shared: what it needs
// beyond the machine's own lo, or programs that nobody has read. It is empty
// when the lab can.
func wantsNamespaces(l *lab.Lab) (why Text) {
	if why := wantsWire(l); !why.IsZero() {
		return why
	}
	if len(l.Sysctl) > 0 {
		return say("a lab with kernel settings needs a network of its own", "커널 설정을 바꾸는 실습에는 자기 네트워크가 필요합니다")
	}
	for i := range l.Programs {
		if !l.Programs[i].Unedited() {
			return say("a program that is not the course's own runs in a sandbox with namespaces only", "과정의 프로그램이 아닌 것은 네임스페이스가 있는 샌드박스에서만 실행됩니다")
		}
	}
	return Text{}
}

// sharing are the attributes of a worker on the tier shared: what this
// process may, but for being root. It keeps the right to capture packets
// where there is one.
func sharing() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{}
	if os.Getuid() == 0 && mapped(nobody) {
		attr.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
	}
	if captures() {
		attr.AmbientCaps = []uintptr{unix.CAP_NET_RAW}
	}
	return attr
}

// captures says whether this process may capture packets: whether it has
// CAP_NET_RAW over the network that it is in.
func captures() bool {
	fd, err := unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_CLOEXEC, 0) // of no protocol: it hears nothing
	if err != nil {
		return false
	}
	unix.Close(fd)
	return true
}

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
	if !errors.As(err, &unavailable) {
		return s, err
	}
	if why := wantsNamespaces(l); why != "" {
		unavailable.Ability.Detail = why + ". Here " + unavailable.Ability.Detail
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
			if why := wantsNamespaces(l); why != "" {
				a.Detail = why + ". Here " + a.Detail
				return a, true
			}
		}
	}
	return Ability{}, false
}

// wantsNamespaces says why a lab cannot run on the tier shared: what it needs
// beyond the machine's own lo, or programs that nobody has read. It is empty
// when the lab can.
func wantsNamespaces(l *lab.Lab) string {
	if why := wantsWire(l); why != "" {
		return why
	}
	if len(l.Sysctl) > 0 {
		return "a lab with kernel settings needs a network of its own"
	}
	for i := range l.Programs {
		if !l.Programs[i].Unedited() {
			return "a program that is not the course's own runs in a sandbox with namespaces only"
		}
	}
	return ""
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

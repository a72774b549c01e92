package machine

import (
	"errors"
	"fmt"
	"syscall"
)

// OtherSystem is what to do where there is no Linux.
const OtherSystem = "run fivetuple in Docker: docker compose up; on Windows also in WSL 2"

// FullDisk is what to do where temporary files find a disk full.
const FullDisk = "make room there, or set TMPDIR to a folder on another disk"

// containers say what to do so that a container lets labs have what they
// need: what each option is for, by the name of the container.
var containers = map[string]struct{ profile, paths, unconfined string }{
	"Docker": {
		"docker compose up; or: docker run --rm fivetuple seccomp > seccomp.json, then docker run --security-opt seccomp=seccomp.json --security-opt systempaths=unconfined",
		"docker run --security-opt systempaths=unconfined", "docker run --security-opt apparmor=unconfined",
	},
	"Podman": {
		"podman run --rm fivetuple seccomp > seccomp.json, then podman run --security-opt seccomp=seccomp.json --security-opt unmask=ALL",
		"podman run --security-opt unmask=ALL", "podman run --security-opt apparmor=unconfined",
	},
	"Kubernetes": {
		"put what `fivetuple seccomp` prints on each node and name it in securityContext.seccompProfile (type Localhost)",
		"securityContext: procMount: Unmasked (needs hostUsers: false)", "securityContext.appArmorProfile: type: Unconfined",
	},
}

// Namespaces says why this machine does not let an ordinary user have
// namespaces of his own, when trying ended in err, and what to do.
func (m Machine) Namespaces(err error) (why, remedy string) {
	for _, s := range []struct {
		name string
		bad  int
		good int
	}{{"user.max_user_namespaces", 0, 10000}, {"kernel.unprivileged_userns_clone", 0, 1}} {
		if value, ok := m.Setting(s.name); ok && value == s.bad {
			return fmt.Sprintf("the kernel's setting %s is %d", s.name, value), asRoot(s.name, s.good)
		}
	}
	contained, known := containers[m.Container()]
	switch restricted, _ := m.Setting("kernel.apparmor_restrict_unprivileged_userns"); {
	case m.WSL() == 1:
		return "this is WSL 1, which has no Linux kernel", "wsl --set-version DISTRIBUTION 2"
	case m.Has("/proc/self/status") && !m.Has("/proc/self/ns/user"):
		return "the kernel has no user namespaces", "a kernel with CONFIG_USER_NS=y"
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EUSERS):
		return "there are as many namespaces as the kernel's settings user.max_*_namespaces allow", asRoot("user.max_user_namespaces", 10000)
	case restricted == 1 && m.AppArmor() == "":
		return "AppArmor keeps unprivileged user namespaces from everything (kernel.apparmor_restrict_unprivileged_userns is 1)",
			asRoot("kernel.apparmor_restrict_unprivileged_userns", 0) + "; or an AppArmor profile with the rule userns for this program"
	case m.Filtered() && known:
		return "the seccomp profile of " + m.Container() + " refuses them", contained.profile
	case m.Filtered():
		return "a seccomp filter refuses them, which whatever started this program has set", "in a systemd unit: RestrictNamespaces=no, and no SystemCallFilter= that leaves out @mount"
	case m.AppArmor() != "":
		return "the AppArmor profile " + m.AppArmor() + " refuses them", m.unconfined()
	}
	return "the machine refuses them", "allow unprivileged user namespaces to this user; in a chroot they cannot be had"
}

func asRoot(setting string, value int) string {
	return fmt.Sprintf("as root: sysctl -w %s=%d, and the same line in /etc/sysctl.d/60-fivetuple.conf", setting, value)
}

func (m Machine) unconfined() string {
	if c, ok := containers[m.Container()]; ok {
		return c.unconfined
	}
	return "as root: aa-complain " + m.AppArmor() + ", or an unconfined profile for this program"
}

// Mounting says why a sandbox may not mount though it has a mount namespace
// of its own, and what to do.
func (m Machine) Mounting() (why, remedy string) {
	if name := m.AppArmor(); name != "" {
		return "the AppArmor profile " + name + " refuses to mount", m.unconfined()
	}
	if c, ok := containers[m.Container()]; ok {
		return "the seccomp profile of " + m.Container() + " refuses to mount", c.profile
	}
	return "the machine refuses to mount", "allow mount in user namespaces: a seccomp filter or a security module forbids it"
}

// Proc says what to do where parts of /proc are hidden.
func (m Machine) Proc() (remedy string) {
	if c, ok := containers[m.Container()]; ok {
		return c.paths
	}
	return "unmount what hides parts of /proc: see /proc/self/mountinfo"
}

// Capture says what gives the right to capture packets.
func (m Machine) Capture() (remedy string) {
	if m.Container() == "Docker" || m.Container() == "Podman" {
		return "--user 0 --cap-add NET_RAW"
	}
	return "as root: setcap cap_net_raw+ep on this program"
}

// Descriptors says what gives the right to copy descriptors of processes that
// we trace.
func (m Machine) Descriptors() (remedy string) {
	if m.Container() == "Docker" || m.Container() == "Podman" {
		return "--cap-add SYS_PTRACE" // for which their profiles allow pidfd_getfd
	}
	return "Linux 5.6 or newer, and no seccomp filter that refuses pidfd_getfd"
}

// Describe says in a few words what this machine is.
func (m Machine) Describe() string {
	text := "Linux " + m.Kernel()
	if m.WSL() > 0 {
		text += fmt.Sprintf(", WSL %d", m.WSL())
	}
	if c := m.Container(); c != "" {
		text += ", in " + c
	}
	if p := m.AppArmor(); p != "" {
		text += ", AppArmor profile " + p
	}
	return text
}

package machine

import (
	"errors"
	"fmt"
	"syscall"
)

// OtherSystem is what to do where there is no Linux.
var OtherSystem = Say("run fivetuple in Docker: docker compose up; on Windows also in WSL 2",
	"Docker에서 fivetuple을 실행하십시오: docker compose up. Windows에서는 WSL 2에서도 됩니다")

// FullDisk is what to do where temporary files find a disk full.
var FullDisk = Say("make room there, or set TMPDIR to a folder on another disk",
	"그곳에 빈 공간을 만들거나 TMPDIR을 다른 디스크의 폴더로 정하십시오")

// containers say what to do so that a container lets labs have what they
// need: what each option is for, by the name of the container.
var containers = map[string]struct{ profile, paths, unconfined Text }{
	"Docker": {
		Say("docker compose up; or: docker run --rm fivetuple seccomp > seccomp.json, then docker run --security-opt seccomp=seccomp.json --security-opt systempaths=unconfined",
			"docker compose up. 또는 docker run --rm fivetuple seccomp > seccomp.json 다음에 docker run --security-opt seccomp=seccomp.json --security-opt systempaths=unconfined"),
		Typed("docker run --security-opt systempaths=unconfined"), Typed("docker run --security-opt apparmor=unconfined"),
	},
	"Podman": {
		Say("podman run --rm fivetuple seccomp > seccomp.json, then podman run --security-opt seccomp=seccomp.json --security-opt unmask=ALL",
			"podman run --rm fivetuple seccomp > seccomp.json 다음에 podman run --security-opt seccomp=seccomp.json --security-opt unmask=ALL"),
		Typed("podman run --security-opt unmask=ALL"), Typed("podman run --security-opt apparmor=unconfined"),
	},
	"Kubernetes": {
		Say("put what `fivetuple seccomp` prints on each node and name it in securityContext.seccompProfile (type Localhost)",
			"`fivetuple seccomp`의 출력을 노드마다 파일로 두고 securityContext.seccompProfile(type Localhost)에 그 이름을 적으십시오"),
		Say("securityContext: procMount: Unmasked (needs hostUsers: false)", "securityContext: procMount: Unmasked (hostUsers: false 필요)"),
		Typed("securityContext.appArmorProfile: type: Unconfined"),
	},
}

// Namespaces says why this machine does not let an ordinary user have
// namespaces of his own, when trying ended in err, and what to do.
func (m Machine) Namespaces(err error) (why, remedy Text) {
	for _, s := range []struct {
		name string
		bad  int
		good int
	}{{"user.max_user_namespaces", 0, 10000}, {"kernel.unprivileged_userns_clone", 0, 1}} {
		if value, ok := m.Setting(s.name); ok && value == s.bad {
			return Say("the kernel's setting %s is %d", "커널 설정 %s의 값이 %d입니다", s.name, value), asRoot(s.name, s.good)
		}
	}
	contained, known := containers[m.Container()]
	switch restricted, _ := m.Setting("kernel.apparmor_restrict_unprivileged_userns"); {
	case m.WSL() == 1:
		return Say("this is WSL 1, which has no Linux kernel", "여기는 리눅스 커널이 없는 WSL 1입니다"), Typed("wsl --set-version DISTRIBUTION 2")
	case m.Has("/proc/self/status") && !m.Has("/proc/self/ns/user"):
		return Say("the kernel has no user namespaces", "커널에 사용자 네임스페이스가 없습니다"), Say("a kernel with CONFIG_USER_NS=y", "CONFIG_USER_NS=y로 빌드한 커널이 필요합니다")
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EUSERS):
		return Say("there are as many namespaces as the kernel's settings user.max_*_namespaces allow", "네임스페이스가 이미 커널 설정 user.max_*_namespaces의 한도만큼 있습니다"), asRoot("user.max_user_namespaces", 10000)
	case restricted == 1 && m.AppArmor() == "":
		return Say("AppArmor keeps unprivileged user namespaces from everything (kernel.apparmor_restrict_unprivileged_userns is 1)",
				"AppArmor가 권한 없는 사용자 네임스페이스를 막습니다(kernel.apparmor_restrict_unprivileged_userns가 1)"),
			asRoot("kernel.apparmor_restrict_unprivileged_userns", 0).With(Say("; or an AppArmor profile with the rule userns for this program", ". 또는 이 프로그램에 userns 규칙이 있는 AppArmor 프로파일을 주십시오"))
	case m.Filtered() && known:
		return Say("the seccomp profile of %s refuses them", "%s의 seccomp 프로파일이 네임스페이스를 거부합니다", m.Container()), contained.profile
	case m.Filtered():
		return Say("a seccomp filter refuses them, which whatever started this program has set", "이 프로그램을 시작한 쪽이 설정한 seccomp 필터가 네임스페이스를 거부합니다"),
			Say("in a systemd unit: RestrictNamespaces=no, and no SystemCallFilter= that leaves out @mount", "systemd 유닛이라면 RestrictNamespaces=no로 하고, @mount를 빼는 SystemCallFilter=를 쓰지 마십시오")
	case m.AppArmor() != "":
		return Say("the AppArmor profile %s refuses them", "AppArmor의 %s 프로파일이 네임스페이스를 거부합니다", m.AppArmor()), m.unconfined()
	}
	return Say("the machine refuses them", "이 컴퓨터가 네임스페이스를 거부합니다"),
		Say("allow unprivileged user namespaces to this user; in a chroot they cannot be had", "이 사용자에게 권한 없는 사용자 네임스페이스를 허용하십시오. chroot 안에서는 만들 수 없습니다")
}

func asRoot(setting string, value int) Text {
	return Say("as root: sysctl -w %s=%d, and the same line in /etc/sysctl.d/60-fivetuple.conf", "루트로 sysctl -w %s=%d 명령을 실행하고, 같은 설정을 /etc/sysctl.d/60-fivetuple.conf에도 적으십시오", setting, value)
}

func (m Machine) unconfined() Text {
	if c, ok := containers[m.Container()]; ok {
		return c.unconfined
	}
	return Say("as root: aa-complain %s, or an unconfined profile for this program", "루트로 aa-complain %s 명령을 실행하거나, 이 프로그램에 제한 없는 프로파일을 주십시오", m.AppArmor())
}

// Mounting says why a sandbox may not mount though it has a mount namespace
// of its own, and what to do.
func (m Machine) Mounting() (why, remedy Text) {
	if name := m.AppArmor(); name != "" {
		return Say("the AppArmor profile %s refuses to mount", "AppArmor의 %s 프로파일이 마운트를 거부합니다", name), m.unconfined()
	}
	if c, ok := containers[m.Container()]; ok {
		return Say("the seccomp profile of %s refuses to mount", "%s의 seccomp 프로파일이 마운트를 거부합니다", m.Container()), c.profile
	}
	return Say("the machine refuses to mount", "이 컴퓨터가 마운트를 거부합니다"),
		Say("allow mount in user namespaces: a seccomp filter or a security module forbids it", "사용자 네임스페이스에서 mount를 허용하십시오. seccomp 필터나 보안 모듈이 막고 있습니다")
}

// Proc says what to do where parts of /proc are hidden.
func (m Machine) Proc() (remedy Text) {
	if c, ok := containers[m.Container()]; ok {
		return c.paths
	}
	return Say("unmount what hides parts of /proc: see /proc/self/mountinfo", "/proc의 일부를 가리는 마운트를 해제하십시오. /proc/self/mountinfo에 있습니다")
}

// Capture says what gives the right to capture packets.
func (m Machine) Capture() (remedy Text) {
	if m.Container() == "Docker" || m.Container() == "Podman" {
		return Typed("--user 0 --cap-add NET_RAW")
	}
	return Say("as root: setcap cap_net_raw+ep on this program", "루트로 이 프로그램에 setcap cap_net_raw+ep 명령을 실행하십시오")
}

// Descriptors says what gives the right to copy descriptors of processes that
// we trace.
func (m Machine) Descriptors() (remedy Text) {
	if m.Container() == "Docker" || m.Container() == "Podman" {
		return Typed("--cap-add SYS_PTRACE") // for which their profiles allow pidfd_getfd
	}
	return Say("Linux 5.6 or newer, and no seccomp filter that refuses pidfd_getfd", "Linux 5.6 이상, 그리고 pidfd_getfd를 거부하지 않는 seccomp 필터")
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

package sandbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/confine"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/machine"
)

// Probe finds out what works here by trying it: it runs small labs. It takes
// some tens of milliseconds.
func Probe(ctx context.Context) []Ability {
	m := machine.Here()
	all := []Ability{{Name: "system", OK: true, Detail: machine.Typed(m.Describe())}, python(ctx), languages()}
	isolated, lacks := isolation(ctx, m)
	if isolated.OK {
		all = append(all, tier(say("namespaces: every lab runs", "namespaces: 모든 실습이 실행됩니다")), isolated, roots(m, lacks), landlock(), settings(ctx, m))
	} else {
		all = append(all, sharedTier(ctx, m, isolated)...)
	}
	return append(all, memory(m), descriptors(), processes(m))
}

func python(ctx context.Context) Ability {
	none := noPython()
	path, _, err := findPython()
	if err != nil {
		return none
	}
	switch version, err := exec.CommandContext(ctx, path, "-I", "-S", "-c", isOld).Output(); {
	case err == nil:
		return Ability{Name: none.Name, OK: true, Needed: true, Detail: machine.Typed(path)}
	case len(version) > 0:
		none.Detail = say("%s is Python %s; the course's programs need 3.9 or newer", "%s은(는) Python %s입니다. 이 과정의 프로그램에는 3.9 이상이 필요합니다", path, version)
		none.Remedy = say("install Python 3.9 or newer as /usr/local/bin/python3", "Python 3.9 이상을 /usr/local/bin/python3으로 설치하십시오")
	default:
		none.Detail = say("%s does not run: %v", "%s이(가) 실행되지 않습니다: %v", path, err)
	}
	return none
}

// isOld says of Python, and fails, when programs in a sandbox are not written
// for it.
const isOld = `import sys
if sys.version_info < (3, 9):
    print(*sys.version_info[:3], sep=".", end="")
    sys.exit(1)`

// languages says in which languages programs run here. None is missing where
// no lab needs it.
func languages() Ability {
	names := strings.Join(Languages(), ", ")
	detail := say("programs run in %s", "프로그램을 실행할 수 있는 언어: %s", names)
	if !slices.Contains(Languages(), ".c") {
		detail = detail.With(say("; for .c apt-get install tcc (or gcc)", "; .c에는 apt-get install tcc (또는 gcc)"))
	}
	if !slices.Contains(Languages(), ".go") {
		detail = detail.With(say("; for .go see https://go.dev/doc/install", "; .go에는 https://go.dev/doc/install"))
	}
	return Ability{Name: "languages", OK: true, Detail: detail}
}

func tier(detail Text) Ability {
	return Ability{Name: "tier", OK: true, Needed: true, Detail: detail}
}

// sharedTier says what works without namespaces.
func sharedTier(ctx context.Context, m machine.Machine, isolated Ability) []Ability {
	l := &lab.Lab{Name: "probe", Topology: lab.Loopback, Programs: []lab.Program{{Name: "probe", Host: "probe", Command: []string{"sh", "-c", ":"}}}}
	if _, err := try(ctx, l, true); err != nil {
		return []Ability{{Name: "tier", Needed: true, Detail: say("no lab runs: %v", "실행되는 실습이 없습니다: %v", err), Remedy: isolated.Remedy}, isolated}
	}
	isolated.Needed = false
	capture := Ability{Name: "capture", OK: captures(), Detail: say("packets of the shared tier are captured (CAP_NET_RAW)", "공유 등급의 패킷을 캡처합니다(CAP_NET_RAW)")}
	if !capture.OK {
		capture.Detail = say("without CAP_NET_RAW no packet of the shared tier is captured", "CAP_NET_RAW가 없어 공유 등급의 패킷을 캡처하지 못합니다")
		capture.Remedy = otherwise(m.Capture())
	}
	cutting := Ability{Name: "cut", OK: cuts(), Detail: say("labs whose wire does nothing but being cut run on the shared tier (pidfd_getfd)", "회선을 끊기만 하는 실습은 공유 등급에서 실행됩니다(pidfd_getfd)")}
	if !cutting.OK {
		cutting.Detail = say("without pidfd_getfd no wire is cut on the shared tier", "pidfd_getfd가 없어 공유 등급에서는 회선을 끊지 못합니다")
		cutting.Remedy = otherwise(m.Descriptors())
	}
	return []Ability{tier(tierShared), isolated, capture, cutting}
}

// otherwise is what to do where there are no namespaces.
func otherwise(remedy Text) Text {
	return say("with namespaces it is not needed; else ", "네임스페이스가 있으면 필요 없습니다. 없으면 ").With(remedy)
}

// wired is a lab that does nothing.
func wired(sysctl map[string]string) *lab.Lab {
	return &lab.Lab{
		Name: "probe", Topology: lab.Wire, Sysctl: sysctl,
		Programs: []lab.Program{{Name: "probe", Host: "client", Command: []string{"sh", "-c", ":"}}},
	}
}

// try runs a lab on one of the tiers, and returns what its worker lacks by
// its own words.
func try(ctx context.Context, l *lab.Lab, shared bool) (lacks []string, err error) {
	spec, err := specify(l)
	if err != nil {
		return nil, err
	}
	spec.premises.Shared = shared
	s, err := spawn(spec.premises)
	if err != nil {
		return nil, err
	}
	s.begin(ctx, &spec.Spec)
	exited := false
	for e := range s.Events() {
		exited = exited || bytes.Contains(e, []byte(`"kind":"`+event.KindExit))
	}
	said := strings.TrimSpace(s.stderr.String())
	if !exited {
		return nil, errors.New(said)
	}
	return strings.Fields(said), nil
}

// isolation says whether a sandbox can have namespaces of its own.
func isolation(ctx context.Context, m machine.Machine) (a Ability, lacks []string) {
	lacks, err := try(ctx, wired(nil), false)
	var unavailable *UnavailableError
	switch {
	case errors.As(err, &unavailable):
		return unavailable.Ability, nil
	case err != nil:
		return namespaces(err), nil
	}
	return Ability{Name: "namespaces", OK: true, Needed: true, Detail: say("user, network, pid, mount, IPC and UTS namespaces; packet sockets; tracing", "user, network, pid, mount, IPC, UTS 네임스페이스, 패킷 소켓, 추적")}, lacks
}

// namespaces says what is missing where a worker cannot get its namespaces.
func namespaces(err error) Ability {
	why, remedy := machine.Here().Namespaces(err)
	return Ability{Name: "namespaces", Needed: true, Detail: Text{English: fmt.Sprintf("a sandbox cannot be isolated: %s (%v)", why.English, err), Korean: fmt.Sprintf("샌드박스를 격리할 수 없습니다. %s (%v)", why.Korean, err)}, Remedy: remedy}
}

// unstarted says what is missing where a worker could not be started: what is
// used up, and may be there again in a moment, or else its namespaces.
func unstarted(err error) *UnavailableError {
	a := Ability{Needed: true, Detail: say("the machine has no room for one more sandbox: %v", "이 컴퓨터에는 샌드박스를 하나 더 둘 자리가 없습니다: %v", err)}
	switch {
	case errors.Is(err, unix.EAGAIN):
		a.Name, a.Remedy = "processes", moreProcesses
	case errors.Is(err, unix.EMFILE), errors.Is(err, unix.ENFILE):
		a.Name, a.Remedy = "descriptors", moreDescriptors
	case errors.Is(err, unix.ENOMEM):
		a.Name, a.Remedy = "memory", moreMemory
	default:
		a = namespaces(err)
	}
	return &UnavailableError{a}
}

// roots says whether a sandbox has a root and a /proc of its own.
func roots(m machine.Machine, lacks []string) Ability {
	a := Ability{Name: "root", OK: len(lacks) == 0, Detail: say("each sandbox has a root and a /proc of its own", "샌드박스마다 자기 루트와 /proc이 있습니다")}
	switch {
	case slices.Contains(lacks, confine.NoMount):
		why, remedy := m.Mounting()
		a.Detail, a.Remedy = why.With(say(": a sandbox has a folder in the place of a root, and Landlock keeps programs in it", ". 그래서 샌드박스는 루트 대신 폴더 하나를 쓰고, Landlock이 프로그램을 그 안에 가둡니다")), remedy
	case slices.Contains(lacks, confine.NoProc):
		a.Detail, a.Remedy = say("parts of /proc are hidden here: programs see the machine's, and with it the names of its processes", "/proc의 일부가 가려져 있어, 프로그램에 컴퓨터 자체의 /proc과 그 프로세스 이름이 보입니다"), m.Proc()
	}
	return a
}

func landlock() Ability {
	version := confine.LandlockVersion()
	if version == 0 {
		return Ability{Name: "landlock", Detail: say("the kernel has no Landlock: a sandbox's files have one lock instead of two", "커널에 Landlock이 없어 샌드박스의 파일을 지키는 장치가 둘이 아니라 하나입니다"), Remedy: say("Linux 5.13 or newer, started with landlock in lsm=", "Linux 5.13 이상을 lsm=에 landlock을 넣어 시작하십시오")}
	}
	return Ability{Name: "landlock", OK: true, Detail: say("version %d", "버전 %d", version)}
}

// settings says whether a lab can have kernel settings of its own.
func settings(ctx context.Context, m machine.Machine) Ability {
	_, err := try(ctx, wired(map[string]string{"net.ipv4.tcp_syncookies": "1"}), false)
	if err != nil {
		return Ability{Name: "settings", Detail: say("labs with kernel settings of their own do not run: /proc/sys is read-only", "/proc/sys가 읽기 전용이라 커널 설정을 바꾸는 실습이 실행되지 않습니다"), Remedy: m.Proc()}
	}
	return Ability{Name: "settings", OK: true, Detail: say("labs may have kernel settings of their own", "실습이 커널 설정을 바꿀 수 있습니다")}
}

// What a server with a class of thirty needs: two sandboxes each, and as much
// again for itself.
const (
	perSandbox      = 25 << 20 // bytes
	enoughMemory    = 1 << 30  // bytes
	enoughFiles     = 4096
	enoughProcesses = 2048
)

// What to do where there is less.
var (
	moreMemory      = say("at least 1 GB for a class; of a container: docker run --memory 2g (Podman the same), mem_limit in compose.yaml", "한 반이 쓰려면 1 GB 이상이 필요합니다. 컨테이너라면 docker run --memory 2g (Podman도 같음), compose.yaml의 mem_limit")
	moreDescriptors = say("ulimit -Hn %d, LimitNOFILE=%d in a systemd unit, docker run --ulimit nofile=%d", "ulimit -Hn %d, systemd 유닛의 LimitNOFILE=%d, docker run --ulimit nofile=%d", enoughFiles, enoughFiles, enoughFiles)
	moreProcesses   = say("ulimit -Hu %d, TasksMax=%d in a systemd unit, docker run --pids-limit %d", "ulimit -Hu %d, systemd 유닛의 TasksMax=%d, docker run --pids-limit %d", enoughProcesses, enoughProcesses, enoughProcesses)
)

func memory(m machine.Machine) Ability {
	free := m.Memory()
	a := Ability{Name: "memory", OK: free == 0 || free >= enoughMemory, Detail: say("%d MB free: about %d sandboxes", "빈 메모리 %d MB, 샌드박스 약 %d개분", free>>20, free/perSandbox)}
	if !a.OK {
		a.Remedy = moreMemory
	}
	return a
}

// descriptors says whether this process may have enough of them. Go has
// raised the limit to the highest it may set.
func descriptors() Ability {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		return Ability{Name: "descriptors", Detail: machine.Typed(err.Error()), Remedy: machine.Typed("ulimit -n")}
	}
	a := Ability{Name: "descriptors", OK: limit.Max >= enoughFiles, Detail: upTo(limit.Max)}
	if !a.OK {
		a.Remedy = moreDescriptors
	}
	return a
}

func upTo(n uint64) Text { return say("up to %d", "최대 %d개", n) }

func processes(m machine.Machine) Ability {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NPROC, &limit); err != nil {
		return Ability{Name: "processes", Detail: machine.Typed(err.Error()), Remedy: machine.Typed("ulimit -u")}
	}
	most := limit.Max
	if group := m.Processes(); group > 0 {
		most = min(most, group)
	}
	a := Ability{Name: "processes", OK: most >= enoughProcesses, Detail: upTo(most)}
	if most == unix.RLIM_INFINITY {
		a.Detail = say("no limit", "한도 없음")
	}
	if !a.OK {
		a.Remedy = moreProcesses
	}
	return a
}

package sandbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
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
	all := []Ability{{Name: "system", OK: true, Detail: m.Describe()}, python(), languages()}
	isolated, lacks := isolation(ctx, m)
	if isolated.OK {
		all = append(all, tier("namespaces: every lab runs"), isolated, roots(m, lacks), landlock(), settings(ctx, m))
	} else {
		all = append(all, sharedTier(ctx, m, isolated)...)
	}
	return append(all, memory(m), descriptors(), processes(m))
}

func python() Ability {
	path, _, err := findPython()
	if err != nil {
		return noPython()
	}
	return Ability{Name: "python3", OK: true, Needed: true, Detail: path}
}

// languages says in which languages programs run here. None is missing where
// no lab needs it.
func languages() Ability {
	detail := "programs run in " + strings.Join(Languages(), ", ")
	if !slices.Contains(Languages(), ".c") {
		detail += "; for .c apt-get install tcc (or gcc)"
	}
	if !slices.Contains(Languages(), ".go") {
		detail += "; for .go see https://go.dev/doc/install"
	}
	return Ability{Name: "languages", OK: true, Detail: detail}
}

func tier(detail string) Ability {
	return Ability{Name: "tier", OK: true, Needed: true, Detail: detail}
}

// sharedTier says what works without namespaces.
func sharedTier(ctx context.Context, m machine.Machine, isolated Ability) []Ability {
	l := &lab.Lab{Name: "probe", Topology: lab.Loopback, Programs: []lab.Program{{Name: "probe", Host: "probe", Command: []string{"sh", "-c", ":"}}}}
	if _, err := try(ctx, l, true); err != nil {
		return []Ability{{Name: "tier", Needed: true, Detail: "no lab runs: " + err.Error(), Remedy: isolated.Remedy}, isolated}
	}
	isolated.Needed = false
	capture := Ability{Name: "capture", OK: captures(), Detail: "packets of the shared tier are captured (CAP_NET_RAW)"}
	if !capture.OK {
		capture.Detail = "without CAP_NET_RAW no packet of the shared tier is captured"
		capture.Remedy = "with namespaces it is not needed; else " + m.Capture()
	}
	cutting := Ability{Name: "cut", OK: cuts(), Detail: "labs whose wire does nothing but being cut run on the shared tier (pidfd_getfd)"}
	if !cutting.OK {
		cutting.Detail = "without pidfd_getfd no wire is cut on the shared tier"
		cutting.Remedy = "with namespaces it is not needed; else " + m.Descriptors()
	}
	return []Ability{tier(tierShared), isolated, capture, cutting}
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
	return Ability{Name: "namespaces", OK: true, Needed: true, Detail: "user, network, pid, mount, IPC and UTS namespaces; packet sockets; tracing"}, lacks
}

// namespaces says what is missing where a worker cannot get its namespaces.
func namespaces(err error) Ability {
	why, remedy := machine.Here().Namespaces(err)
	return Ability{Name: "namespaces", Needed: true, Detail: fmt.Sprintf("a sandbox cannot be isolated: %s (%v)", why, err), Remedy: remedy}
}

// roots says whether a sandbox has a root and a /proc of its own.
func roots(m machine.Machine, lacks []string) Ability {
	a := Ability{Name: "root", OK: len(lacks) == 0, Detail: "each sandbox has a root and a /proc of its own"}
	switch {
	case slices.Contains(lacks, confine.NoMount):
		why, remedy := m.Mounting()
		a.Detail, a.Remedy = why+": a sandbox has a folder in the place of a root, and Landlock keeps programs in it", remedy
	case slices.Contains(lacks, confine.NoProc):
		a.Detail, a.Remedy = "parts of /proc are hidden here: programs see the machine's, and with it the names of its processes", m.Proc()
	}
	return a
}

func landlock() Ability {
	version := confine.LandlockVersion()
	if version == 0 {
		return Ability{Name: "landlock", Detail: "the kernel has no Landlock: a sandbox's files have one lock instead of two", Remedy: "Linux 5.13 or newer, started with landlock in lsm="}
	}
	return Ability{Name: "landlock", OK: true, Detail: fmt.Sprintf("version %d", version)}
}

// settings says whether a lab can have kernel settings of its own.
func settings(ctx context.Context, m machine.Machine) Ability {
	_, err := try(ctx, wired(map[string]string{"net.ipv4.tcp_syncookies": "1"}), false)
	if err != nil {
		return Ability{Name: "settings", Detail: "labs with kernel settings of their own do not run: /proc/sys is read-only", Remedy: m.Proc()}
	}
	return Ability{Name: "settings", OK: true, Detail: "labs may have kernel settings of their own"}
}

// What a server with a class of thirty needs: two sandboxes each, and as much
// again for itself.
const (
	perSandbox      = 25 << 20 // bytes
	enoughMemory    = 1 << 30  // bytes
	enoughFiles     = 4096
	enoughProcesses = 2048
)

func memory(m machine.Machine) Ability {
	free := m.Memory()
	a := Ability{Name: "memory", OK: free == 0 || free >= enoughMemory, Detail: fmt.Sprintf("%d MB free: about %d sandboxes", free>>20, free/perSandbox)}
	if !a.OK {
		a.Remedy = "at least 1 GB for a class; of a container: docker run --memory 2g (Podman the same), mem_limit in compose.yaml"
	}
	return a
}

// descriptors says whether this process may have enough of them. Go has
// raised the limit to the highest it may set.
func descriptors() Ability {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		return Ability{Name: "descriptors", Detail: err.Error(), Remedy: "ulimit -n"}
	}
	a := Ability{Name: "descriptors", OK: limit.Max >= enoughFiles, Detail: fmt.Sprintf("up to %d", limit.Max)}
	if !a.OK {
		a.Remedy = fmt.Sprintf("ulimit -Hn %d, LimitNOFILE=%d in a systemd unit, docker run --ulimit nofile=%d", enoughFiles, enoughFiles, enoughFiles)
	}
	return a
}

func processes(m machine.Machine) Ability {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NPROC, &limit); err != nil {
		return Ability{Name: "processes", Detail: err.Error(), Remedy: "ulimit -u"}
	}
	most := limit.Max
	if group := m.Processes(); group > 0 {
		most = min(most, group)
	}
	a := Ability{Name: "processes", OK: most >= enoughProcesses, Detail: fmt.Sprintf("up to %d", most)}
	if most == unix.RLIM_INFINITY {
		a.Detail = "no limit"
	}
	if !a.OK {
		a.Remedy = fmt.Sprintf("ulimit -Hu %d, TasksMax=%d in a systemd unit, docker run --pids-limit %d", enoughProcesses, enoughProcesses, enoughProcesses)
	}
	return a
}

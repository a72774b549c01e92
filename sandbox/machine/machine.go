// Package machine says what the files of a machine tell of it, as far as
// labs are concerned: who confines us, and how much there is of everything.
//
// Its files are those of Linux; of another system they tell nothing.
package machine

import (
	"io/fs"
	"os"
	"strconv"
	"strings"
)

// Machine is a machine, known by its files.
type Machine struct{ files fs.FS }

// New is the machine with these files, the first of which is its root.
func New(files fs.FS) Machine { return Machine{files} }

// Here is the machine that this program runs on.
func Here() Machine { return New(os.DirFS("/")) }

// text is what a file says, without the space around it; empty when it
// cannot be read.
func (m Machine) text(name string) string {
	b, _ := fs.ReadFile(m.files, strings.TrimPrefix(name, "/"))
	return strings.TrimSpace(strings.TrimRight(string(b), "\x00"))
}

// Has says whether there is a file of this name.
func (m Machine) Has(name string) bool {
	_, err := fs.Stat(m.files, strings.TrimPrefix(name, "/"))
	return err == nil
}

// Kernel is the kernel's release: 6.1.0-18-amd64.
func (m Machine) Kernel() string { return m.text("/proc/sys/kernel/osrelease") }

// WSL is the version of the Windows subsystem for Linux, 0 when this is none.
// The first has no Linux kernel.
func (m Machine) WSL() int {
	switch release := m.Kernel(); {
	case strings.Contains(release, "microsoft"):
		return 2
	case strings.Contains(release, "Microsoft"):
		return 1
	}
	return 0
}

// Container is the name of what contains us: Docker, Podman, Kubernetes,
// another by the name that it gives itself; empty when nothing does.
func (m Machine) Container() string {
	groups := m.text("/proc/self/cgroup") + m.text("/proc/1/cgroup")
	switch {
	case strings.Contains(groups, "kubepods"), m.Has("/run/secrets/kubernetes.io"):
		return "Kubernetes"
	case m.Has("/run/.containerenv"):
		return "Podman"
	case m.Has("/.dockerenv"), strings.Contains(groups, "/docker/"):
		return "Docker"
	}
	return m.text("/run/systemd/container")
}

// Setting is the number that a kernel setting has: user.max_user_namespaces.
func (m Machine) Setting(name string) (value int, ok bool) {
	value, err := strconv.Atoi(m.text("/proc/sys/" + strings.ReplaceAll(name, ".", "/")))
	return value, err == nil
}

// Filtered says whether a seccomp filter holds for us.
func (m Machine) Filtered() bool { return m.status("Seccomp") == "2" }

// status is what the kernel says of us under a name.
func (m Machine) status(name string) string {
	for line := range strings.Lines(m.text("/proc/self/status")) {
		if key, value, _ := strings.Cut(line, ":"); key == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// AppArmor is the name of the profile that confines us, empty when none does.
func (m Machine) AppArmor() string {
	for _, file := range []string{"/proc/self/attr/apparmor/current", "/proc/self/attr/current"} {
		name, mode, enforced := strings.Cut(m.text(file), " (")
		if enforced && mode == "enforce)" {
			return name
		}
	}
	return ""
}

// Memory is how many bytes of memory are free for us: what the kernel calls
// available, or less where a control group allows less. 0 when nothing says.
func (m Machine) Memory() uint64 {
	free := uint64(0)
	for line := range strings.Lines(m.text("/proc/meminfo")) {
		if value, ok := strings.CutPrefix(line, "MemAvailable:"); ok {
			kilobytes, _ := strconv.ParseUint(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")), 10, 64)
			free = kilobytes << 10
		}
	}
	for _, g := range []struct{ limit, used string }{
		{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"},
		{"/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"},
	} {
		limit, err := strconv.ParseUint(m.text(g.limit), 10, 64)
		used, _ := strconv.ParseUint(m.text(g.used), 10, 64)
		if err == nil && limit >= used {
			free = min(free, limit-used)
		}
	}
	return free
}

// Processes is how many processes and threads a control group allows us, 0
// when it does not say.
func (m Machine) Processes() uint64 {
	for _, file := range []string{"/sys/fs/cgroup/pids.max", "/sys/fs/cgroup/pids/pids.max"} {
		if limit, err := strconv.ParseUint(m.text(file), 10, 64); err == nil {
			return limit
		}
	}
	return 0
}

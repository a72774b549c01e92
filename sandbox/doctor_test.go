//go:build linux

package sandbox_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox"
)

// ability is what the doctor says of one thing.
func ability(t *testing.T, name string) sandbox.Ability {
	t.Helper()
	all := sandbox.Probe(t.Context())
	i := slices.IndexFunc(all, func(a sandbox.Ability) bool { return a.Name == name })
	if i < 0 {
		t.Fatalf("nothing of %s in %+v", name, all)
	}
	return all[i]
}

// missing asserts what the doctor says of a thing that is missing.
func missing(t *testing.T, a sandbox.Ability, detail, remedy string) {
	t.Helper()
	if a.OK || !strings.Contains(a.Detail.English, detail) || !strings.Contains(a.Remedy.English, remedy) {
		t.Errorf("got %+v, want it missing, with %q and %q", a, detail, remedy)
	}
}

func TestDoctorSeccomp(t *testing.T) {
	if !on(t, refusal{Call: unix.SYS_CLONE, Bits: unix.CLONE_NEWUSER, Errno: unix.EPERM}) {
		return
	}
	a := ability(t, "namespaces")
	missing(t, a, "seccomp", "")
	if !strings.Contains(a.Remedy.English, "seccomp") && !strings.Contains(a.Remedy.English, "RestrictNamespaces=no") {
		t.Errorf("the remedy is %q", a.Remedy)
	}
}

func TestDoctorSysctl(t *testing.T) {
	if !inNamespace(t, "echo 0 > /proc/sys/user/max_user_namespaces") {
		return
	}
	missing(t, ability(t, "namespaces"), "user.max_user_namespaces is 0", "sysctl -w user.max_user_namespaces=10000")
}

// TestDoctorShared: without namespaces some labs run still.
func TestDoctorShared(t *testing.T) {
	if !on(t, noNamespaces...) {
		return
	}
	if a := ability(t, "tier"); !a.OK || !strings.HasPrefix(a.Detail.English, "shared: ") {
		t.Errorf("got %+v, want the tier shared", a)
	}
	if a := ability(t, "namespaces"); a.OK || a.Needed || a.Remedy.IsZero() {
		t.Errorf("got %+v, want it missing and not needed", a)
	}
	if a := ability(t, "capture"); a.OK != (os.Getuid() == 0) {
		t.Errorf("got %+v", a)
	}
	missing(t, ability(t, "cut"), "without pidfd_getfd", "with namespaces")
}

func TestDoctorCut(t *testing.T) {
	if !on(t, noUserNamespaces...) {
		return
	}
	if a := ability(t, "cut"); !a.OK || !a.Remedy.IsZero() {
		t.Errorf("got %+v, want wires that can be cut", a)
	}
}

func TestDoctorMount(t *testing.T) {
	if !on(t, refusal{Call: unix.SYS_MOUNT, Errno: unix.EACCES}) {
		return
	}
	missing(t, ability(t, "root"), "refuses to mount", "")
	if a := ability(t, "namespaces"); !a.OK {
		t.Errorf("got %+v, want labs to run", a)
	}
}

func TestDoctorProc(t *testing.T) {
	if !after(t, "mount -t tmpfs none /proc/irq && mount --bind -o ro /proc/sys /proc/sys && mount -o remount,bind,ro /proc/sys") {
		return
	}
	missing(t, ability(t, "root"), "parts of /proc are hidden", "")
	missing(t, ability(t, "settings"), "/proc/sys is read-only", "")
}

func TestDoctorLandlock(t *testing.T) {
	if !on(t, refusal{Call: unix.SYS_LANDLOCK_CREATE_RULESET, Errno: unix.ENOSYS}) {
		return
	}
	missing(t, ability(t, "landlock"), "no Landlock", "Linux 5.13")
}

// TestDoctorNothingConfines: where neither mounts nor Landlock keep a
// program from the machine's files, no lab runs.
func TestDoctorNothingConfines(t *testing.T) {
	if !on(t, refusal{Call: unix.SYS_MOUNT, Errno: unix.EACCES}, refusal{Call: unix.SYS_LANDLOCK_CREATE_RULESET, Errno: unix.ENOSYS}) {
		return
	}
	missing(t, ability(t, "namespaces"), "without Landlock", "")
}

func TestDoctorLimits(t *testing.T) {
	if !limited(t, "--nofile=512:512", "--nproc=1000:1000") {
		return
	}
	missing(t, ability(t, "descriptors"), "up to 512", "--ulimit nofile=4096")
	missing(t, ability(t, "processes"), "up to 1000", "--pids-limit 2048")
}

func TestDoctorMemory(t *testing.T) {
	if !after(t, instead("/proc/meminfo", "MemAvailable: 307200 kB")) {
		return
	}
	missing(t, ability(t, "memory"), "300 MB free: about 12 sandboxes", "--memory 2g")
}

// TestDoctorMachines: the doctor says what kind of machine it is on, and gives
// the remedy of that kind.
func TestDoctorMachines(t *testing.T) {
	tests := []struct {
		name, script string
		says, remedy string // the remedy for a /proc/sys that cannot be written
	}{
		{"WSL 2", instead("/proc/sys/kernel/osrelease", "5.15.90.1-microsoft-standard-WSL2"), "5.15.90.1-microsoft-standard-WSL2, WSL 2", ""},
		{"Podman", "mount -t tmpfs none /run && touch /run/.containerenv", ", in Podman", "podman run --security-opt unmask=ALL"},
		{"Kubernetes", "mount -t tmpfs none /run && mkdir -p /run/secrets/kubernetes.io", ", in Kubernetes", "procMount: Unmasked"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if !after(t, "mount --bind -o ro /proc/sys /proc/sys && mount -o remount,bind,ro /proc/sys && "+tt.script) {
				return
			}
			if a := ability(t, "system"); !strings.Contains(a.Detail.English, tt.says) {
				t.Errorf("got %+v, want %q in it", a, tt.says)
			}
			missing(t, ability(t, "settings"), "/proc/sys is read-only", tt.remedy)
		})
	}
}

// instead has a file of the machine say something else, by a shell.
func instead(file, text string) string {
	return "mount -t tmpfs none /mnt && echo '" + text + "' > /mnt/text && mount --bind /mnt/text " + file
}

// TestDoctorPython: an interpreter that is too old, or does not run, is none.
func TestDoctorPython(t *testing.T) {
	tests := []struct{ name, script, says, remedy string }{
		{"old", "printf 3.8.10; exit 1", "python3 is Python 3.8.10", "install Python 3.9"},
		{"broken", "exit 127", "python3 does not run: exit status 127", "apt-get install python3"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			other := instead("/usr/bin/python3", "#!/bin/sh\n"+tt.script) + " && chmod +x /mnt/text"
			if !after(t, other+" && { [ ! -e /usr/local/bin/python3 ] || mount --bind /mnt/text /usr/local/bin/python3; }") {
				return
			}
			missing(t, ability(t, "python3"), tt.says, tt.remedy)
		})
	}
}

// inNamespace is after in a user namespace whose settings a shell changes.
func inNamespace(t *testing.T, script string) bool {
	t.Helper()
	return elsewhere(t, "unshare", "--user", "--map-root-user", "sh", "-c", script+` && exec "$0" "$@"`)
}

// limited is after with limits set by prlimit(1).
func limited(t *testing.T, limits ...string) bool {
	t.Helper()
	return elsewhere(t, append([]string{"prlimit"}, limits...)...)
}

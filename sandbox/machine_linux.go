package sandbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"

	"fivetuple/sandbox/confine"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/worker"
)

// systemPython is where a sandbox sees the machine's own interpreter.
var systemPython = []string{"/usr/local/bin/python3", "/usr/bin/python3"}

// findPython finds an interpreter that programs in a sandbox can run, and
// the folder it needs when it is not the system's.
func findPython() (path string, extra []string, err error) {
	for _, path := range systemPython {
		if _, err := os.Stat(path); err == nil {
			return path, nil, nil
		}
	}
	path, err = exec.LookPath("python3")
	if err != nil {
		return "", nil, errPython
	}
	// What PATH names may be a script that chooses a version: ask it.
	out, err := exec.Command(path, "-c", "import os,sys; print(os.path.realpath(sys.executable)); print(sys.base_prefix)").Output()
	found := strings.Fields(string(out))
	if err != nil || len(found) != 2 {
		return "", nil, errPython
	}
	return found[0], []string{found[1], filepath.Dir(found[0])}, nil
}

func noPython() Ability {
	return Ability{Name: "python3", Needed: true, Detail: "no python3 on this machine", Remedy: "apt-get install python3 (or dnf install python3)"}
}

// systemDirs are the folders whose programs a sandbox sees at their own path.
var systemDirs = []string{"/usr/", "/bin/", "/sbin/", "/lib/", "/lib64/"}

// foreign has the executable of p placed in the sandbox when it is a file of
// its own rather than one of the system's.
func foreign(spec *worker.Spec, p *lab.Program) error {
	if len(p.Command) == 0 {
		return errors.New("it has neither a file nor a command")
	}
	if !strings.Contains(p.Command[0], "/") {
		return nil // found on the sandbox's PATH
	}
	path, err := filepath.Abs(p.Command[0])
	if err != nil {
		return err
	}
	for _, dir := range systemDirs {
		if strings.HasPrefix(path, dir) {
			p.Command = append([]string{path}, p.Command[1:]...)
			return nil
		}
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	inside := filepath.Join(confine.LabDir, p.Name+"-"+filepath.Base(path))
	spec.Executables = append(spec.Executables, confine.File{Path: inside, Content: content, Executable: true})
	p.Command = append([]string{inside}, p.Command[1:]...)
	return nil
}

// Probe finds out what works here by trying it: it runs a small lab. It
// takes some tens of milliseconds.
func Probe(ctx context.Context) []Ability {
	python := noPython()
	path, _, err := findPython()
	if err == nil {
		python = Ability{Name: "python3", OK: true, Needed: true, Detail: path}
	}
	return []Ability{probeNamespaces(ctx), python}
}

func probeNamespaces(ctx context.Context) Ability {
	s, err := Start(ctx, &lab.Lab{Name: "probe", Topology: lab.Wire, Programs: []lab.Program{{Name: "probe", Host: "client", Command: []string{"sh", "-c", ":"}}}})
	var unavailable *UnavailableError
	if errors.As(err, &unavailable) {
		return unavailable.Ability
	}
	if err != nil {
		return namespaces(err)
	}
	exited := false
	for e := range s.Events() {
		exited = exited || bytes.Contains(e, []byte(`"kind":"`+event.KindExit))
	}
	if !exited {
		return namespaces(errors.New(strings.TrimSpace(s.stderr.String())))
	}
	return Ability{Name: "namespaces", OK: true, Needed: true, Detail: "user, network, pid, mount, IPC and UTS namespaces; packet sockets; tracing"}
}

// namespaces says what is missing where a worker cannot get its namespaces.
func namespaces(err error) Ability {
	a := Ability{Name: "namespaces", Needed: true, Detail: fmt.Sprintf("a sandbox cannot be isolated on this machine (%v)", err)}
	for _, known := range []struct{ file, bad, remedy string }{
		{"/proc/sys/kernel/unprivileged_userns_clone", "0", "sysctl -w kernel.unprivileged_userns_clone=1"},
		{"/proc/sys/user/max_user_namespaces", "0", "sysctl -w user.max_user_namespaces=10000"},
		{"/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1", "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"},
	} {
		if b, err := os.ReadFile(known.file); err == nil && strings.TrimSpace(string(b)) == known.bad {
			a.Remedy = "as root: " + known.remedy
			return a
		}
	}
	a.Remedy = "allow unprivileged user namespaces; in Docker: docker run --security-opt seccomp=unconfined --security-opt apparmor=unconfined"
	return a
}

// tail keeps the end of what a worker wrote to its standard error.
type tail struct {
	mu   sync.Mutex
	text []byte
}

// Write implements io.Writer.
func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, b...)
	t.text = t.text[max(0, len(t.text)-4096):]
	return len(b), nil
}

// String is what was kept.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.text)
}

package sandbox

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"fivetuple/sandbox/confine"
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
	return Ability{Name: "python3", Needed: true, Detail: say("no python3 on this machine", "이 컴퓨터에 python3이 없습니다"), Remedy: say("apt-get install python3 (or dnf install python3)", "apt-get install python3 (또는 dnf install python3)")}
}

// Languages are the endings of the files of programs that can be run on this
// machine, as [lab.Languages] has them.
func Languages() []string {
	return slices.DeleteFunc(slices.Clone(lab.Languages), func(ending string) bool {
		switch ending {
		case ".c":
			return !worker.CompilesC()
		case ".go":
			_, err := exec.LookPath("go")
			return err != nil
		}
		return false
	})
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

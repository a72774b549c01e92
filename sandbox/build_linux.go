package sandbox

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/confine"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/machine"
	"fivetuple/sandbox/worker"
)

// Limits of a build of a program in Go.
const (
	buildTime   = time.Minute // the first one compiles the standard library too
	buildCPU    = 90          // seconds
	buildMemory = 2 << 30     // bytes of data of each process
)

// buildGo has a program in Go compiled, outside of the sandbox: what Go keeps
// of its compiled library would otherwise have to be in each. The compiler
// reads nothing but the source: no C, no other module, no network.
func buildGo(spec *worker.Spec, p *lab.Program) error {
	failed := func(said string) {
		if spec.Failures == nil {
			spec.Failures = map[string]string{}
		}
		spec.Failures[p.Name] = said
	}
	command, err := exec.LookPath("go")
	if err != nil {
		failed("no Go on this machine: install it, see https://go.dev/doc/install\n")
		return nil
	}
	dir, err := os.MkdirTemp("", "fivetuple-build-")
	if err != nil {
		return unlessFull(err)
	}
	defer os.RemoveAll(dir)
	held, err := confine.Hold(dir)
	if err != nil {
		return err
	}
	defer unix.Close(held)
	if err := os.WriteFile(filepath.Join(dir, p.File), p.Source, 0o600); err != nil {
		return unlessFull(err)
	}
	said, err := goBuild(command, dir, p.File)
	if err != nil {
		return err
	}
	if said != "" {
		failed(said)
		return nil
	}
	content, err := os.ReadFile(filepath.Join(dir, "program"))
	if err != nil {
		return err
	}
	spec.Executables = append(spec.Executables, confine.File{Path: filepath.Join(confine.LabDir, p.Name), Content: content, Executable: true})
	return nil
}

// unlessFull is err, or where the disk is full, that and what to do.
func unlessFull(err error) error {
	if errors.Is(err, unix.ENOSPC) {
		return &UnavailableError{Ability{Name: "disk", Needed: true, Detail: machine.Typed(err.Error()), Remedy: machine.FullDisk}}
	}
	return err
}

// goBuild returns what Go said when it could not build a file.
func goBuild(command, dir, file string) (said string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), buildTime)
	defer cancel()
	env := goEnv(dir)
	if err := writeModule(ctx, command, dir, env); err != nil {
		return "", err
	}
	c := exec.CommandContext(ctx, command, "build", "-buildvcs=false", "-o", "program", file)
	c.Dir, c.Env = dir, env
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	if err := c.Start(); err != nil {
		return "", err
	}
	for resource, max := range map[int]uint64{unix.RLIMIT_DATA: buildMemory, unix.RLIMIT_CPU: buildCPU} {
		limit := unix.Rlimit{Cur: max, Max: max} // for the compiler that it is about to start too
		_ = unix.Prlimit(c.Process.Pid, resource, &limit, nil)
	}
	err = c.Wait()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return "it takes too long to compile\n", nil
	case errors.As(err, &exit):
		return out.String(), nil
	}
	return "", err
}

// goEnv is the environment of Go: nothing that somebody has set for work of
// their own, and no path on which it would find that, but where it keeps what
// it has compiled. A user without a home, such as nobody, keeps nothing.
func goEnv(dir string) []string {
	cache := os.Getenv("GOCACHE")
	if home, err := os.UserCacheDir(); cache == "" && err == nil {
		cache = filepath.Join(home, "go-build")
	}
	if err := os.MkdirAll(cache, 0o700); err != nil {
		cache = ""
	}
	return []string{
		"PATH=" + os.Getenv("PATH"), "TMPDIR=" + filepath.Join(dir, "tmp"), "GOPATH=" + filepath.Join(dir, "path"), "GOCACHE=" + cmp.Or(cache, filepath.Join(dir, "cache")),
		"CGO_ENABLED=0", "GO111MODULE=on", "GOENV=off", "GOPROXY=off", "GOSUMDB=off", "GOTOOLCHAIN=local", "GOWORK=off",
	}
}

// goVersion is the part of Go's version that says which language it knows.
var goVersion = regexp.MustCompile(`go(1\.\d+)`)

// writeModule makes a folder a module of its own, in the language of this Go.
// In none a program could import what lies beside the folder, and in one that
// lies around it, what that has.
func writeModule(ctx context.Context, command, dir string, env []string) error {
	c := exec.CommandContext(ctx, command, "env", "GOVERSION")
	c.Dir, c.Env = dir, env
	out, err := c.Output()
	if err != nil {
		return fmt.Errorf("go env: %w", err)
	}
	version := goVersion.FindSubmatch(out)
	if version == nil {
		return fmt.Errorf("go env: unknown version %q", out)
	}
	text := fmt.Sprintf("module program\n\ngo %s\n", version[1])
	return unlessFull(cmp.Or(os.WriteFile(filepath.Join(dir, "go.mod"), []byte(text), 0o600), os.Mkdir(filepath.Join(dir, "tmp"), 0o700)))
}

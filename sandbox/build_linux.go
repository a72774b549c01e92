package sandbox

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
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
// reads nothing but the source: no C, no module, no network.
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
		return &UnavailableError{Ability{Name: "disk", Needed: true, Detail: err.Error(), Remedy: machine.FullDisk}}
	}
	return err
}

// goBuild returns what Go said when it could not build a file.
func goBuild(command, dir, file string) (said string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), buildTime)
	defer cancel()
	c := exec.CommandContext(ctx, command, "build", "-o", "program", file)
	c.Dir = dir
	c.Env = append(os.Environ(), "CGO_ENABLED=0", "GO111MODULE=off", "GOWORK=off", "GOFLAGS=", "GOTOOLCHAIN=local", "GOPROXY=off")
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

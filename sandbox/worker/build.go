//go:build linux

package worker

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/confine"
	"fivetuple/sandbox/event"
)

// compilers are the C compilers that are looked for, in this order.
var compilers = []string{"gcc", "cc", "tcc"}

// errNoCompiler is what a program in C ends with where nothing can compile
// it.
var errNoCompiler = errors.New("no C compiler on this machine: install gcc or tcc")

// buildTime is how long compiling all programs may take. What is included may
// be a thing that never ends, such as the compiler's own standard error.
const buildTime = 30 * time.Second

// build compiles the programs that are written in C, confined as they
// themselves will be but that the compiler may write where they lie. It comes
// before the tracer runs, which waits for every child.
func (w *worker) build(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, min(buildTime, w.spec.Lab.Limits.Time))
	defer cancel()
	w.failures = w.spec.Failures
	for _, p := range w.spec.Lab.Programs {
		if !strings.HasSuffix(p.File, ".c") {
			continue
		}
		said, err := w.compile(ctx, p.File, executable(p.Name))
		if err != nil {
			return fmt.Errorf("compile %s: %w", p.File, err)
		}
		if said != "" {
			if w.failures == nil {
				w.failures = map[string]string{}
			}
			w.failures[p.Name] = said
		}
	}
	return nil
}

// executable is the file that a program is compiled to.
func executable(program string) string { return path.Join(confine.LabDir, program) }

// terminal is the source that has what a program in C prints appear line by line,
// as on a terminal. Python has it from sitecustomize.
const terminal = confine.RunDir + "/terminal.c"

var terminalFile = confine.File{Path: terminal, Content: []byte(`#include <stdio.h>
static void __attribute__((constructor)) as_on_a_terminal(void) { setvbuf(stdout, NULL, _IOLBF, 0); }
`)}

// headers is where tcc looks for headers first. The one that is there keeps
// __attribute__, which glibc defines as nothing for a compiler that it does not
// know: an epoll_event that is not packed is not the kernel's.
const headers = confine.RunDir + "/include"

var headerFile = confine.File{Path: headers + "/sys/cdefs.h", Content: []byte(`#include_next <sys/cdefs.h>
#undef __attribute__
`)}

// compiler is where the first of the compilers lies, empty when there is none.
func compiler() string {
	for _, name := range compilers {
		if file := found(name); file != "" {
			return file
		}
	}
	return ""
}

// CompilesC says whether programs in C can be compiled on this machine.
func CompilesC() bool { return compiler() != "" }

// compile compiles a file, and returns what the compiler said when it could
// not.
func (w *worker) compile(ctx context.Context, file, to string) (said string, err error) {
	compiler := compiler()
	if compiler == "" {
		return errNoCompiler.Error() + "\n", nil
	}
	command := []string{compiler, "-g", "-Wall", "-pthread", "-o", w.root.Path(to), file, w.root.Path(terminal)}
	if path.Base(compiler) == "tcc" {
		command = slices.Insert(command, 1, "-I", w.root.Path(headers))
	}
	launch := confine.Launch{
		Dir: w.root.Path(confine.LabDir), Command: command,
		Env: []string{"PATH=" + strings.Join(searchPath, ":"), "LANG=C.UTF-8", "TMPDIR=" + w.root.Path(confine.TmpDir)},
	}
	w.root.Restrict(&launch)
	launch.Writable = append(launch.Writable, w.root.Path(confine.LabDir))
	w.limit(&launch)
	return confined(ctx, launch)
}

// confined runs a command to its end, or until ctx ends, and returns what it
// wrote to standard error when it did not succeed.
func confined(ctx context.Context, launch confine.Launch) (said string, err error) {
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return "", err
	}
	defer null.Close()
	r, write, err := os.Pipe()
	if err != nil {
		return "", err
	}
	defer r.Close()
	pid, conn, err := confine.Start(launch, null, null, write)
	write.Close()
	if err != nil {
		return "", err
	}
	if _, err := confine.Ready(conn); err != nil {
		return "", err
	}
	if err := confine.Go(conn); err != nil {
		return "", err
	}
	stop := context.AfterFunc(ctx, func() { _ = unix.Kill(-pid, unix.SIGKILL) }) // what it has started too
	defer stop()
	const enough = 16 << 10
	b, _ := io.ReadAll(io.LimitReader(r, enough))
	r.Close() // what writes on ends
	var status unix.WaitStatus
	if _, err := unix.Wait4(pid, &status, 0, nil); err != nil {
		return "", os.NewSyscallError("wait4", err)
	}
	if status.Exited() && status.ExitStatus() == 0 {
		return "", nil
	}
	if ctx.Err() != nil {
		return "it takes too long to compile\n", nil
	}
	if status.Signaled() {
		b = fmt.Appendf(b, "the compiler was ended by %s\n", unix.SignalName(status.Signal()))
	}
	return string(b), nil
}

// compileError is how compilers name the place of an error: file, line, for
// some the column.
var compileError = regexp.MustCompile(`(?m)^(?:\./)?([^:\s]+):(\d+):(?:\d+:)? ?(?:(?:fatal )?error: )?(.*)$`)

// failed tells that a program could not be compiled: it ends before it
// begins.
func (w *worker) failed(p *program, said string) {
	e := event.Event{Kind: event.KindExit, Host: p.lane, Program: p.Name, Error: strings.TrimSpace(said)}
	for _, m := range compileError.FindAllStringSubmatch(said, -1) {
		if m[1] == p.File && !strings.Contains(m[3], "warning:") && !strings.Contains(m[3], "note:") {
			e.Line, _ = strconv.Atoi(m[2])
			e.Error = m[3]
			break
		}
	}
	code := 1
	e.Code = &code
	w.log.emit(event.Event{Kind: event.KindPrint, Host: p.lane, Program: p.Name, Stream: "stderr", Text: said})
	w.tell(p, e)
}

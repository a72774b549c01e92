//go:build linux

package worker

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sys/unix"

	"fivetuple/sandbox/confine"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/trace"
	"fivetuple/sandbox/unwind"
)

// program is one program of the lab while it runs.
type program struct {
	lab.Program
	host   string // where it runs
	lane   string
	pid    int
	stdin  *os.File
	output sync.WaitGroup // readers of its standard output and error
	lines  lines
	source *unwind.Source // of a compiled program that has its lines
	limit  event.Limit    // that we ended it by
	told   tail           // the end of its standard error
	over   bool
}

// searchPath is where a program without a slash is looked for.
var searchPath = []string{"/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/games"}

// files are the files of the sandbox: the programs, the runner's, and the
// few of /etc that make names work.
func (w *worker) files() []confine.File {
	names := w.local("localhost")
	for _, p := range w.spec.Lab.Programs {
		if !w.spec.Lab.Wired() {
			names += w.local(p.Name)
		}
	}
	for name, all := range addresses(w.spec.Lab) {
		for _, a := range all {
			names += a.String() + " " + name + "\n"
		}
	}
	files := []confine.File{
		{Path: "/etc/hosts", Content: []byte(names)},
		{Path: "/etc/nsswitch.conf", Content: []byte("hosts: files\npasswd: files\ngroup: files\nservices: files\nprotocols: files\n")},
		{Path: "/etc/passwd", Content: []byte(fmt.Sprintf("learner:x:%d:%d::/tmp:/bin/sh\n", UID, UID))},
		{Path: "/etc/group", Content: []byte(fmt.Sprintf("learner:x:%d:\n", UID))},
	}
	if w.warm == nil {
		files = append(files, runner()...)
	}
	for _, p := range w.spec.Lab.Programs {
		if strings.HasSuffix(p.File, ".c") {
			files = append(files, terminalFile, headerFile)
		}
		if p.File != "" {
			files = append(files, confine.File{Path: path.Join(confine.LabDir, p.File), Content: p.Source})
		}
	}
	return append(files, w.spec.Executables...)
}

// runner are the files without which no program starts.
func runner() []confine.File {
	return []confine.File{{Path: pythonPath + "/sitecustomize.py", Content: sitecustomize}, {Path: confine.LabDir + "/.keep"}}
}

// local are the lines of the file of names for a name of the host itself.
func (w *worker) local(name string) string {
	if w.own != nil {
		return w.own.addr().String() + " " + name + "\n"
	}
	return "127.0.0.1 " + name + "\n::1 " + name + "\n"
}

// UID is the user and group number of programs inside a sandbox.
const UID = 1000

// launch starts all programs and hands them to the tracer.
func (w *worker) launch(ctx context.Context, group *errgroup.Group) error {
	for _, p := range w.spec.Lab.Programs {
		w.programs[p.Name] = &program{Program: p, host: w.hostOf(p), lane: w.lane(w.hostOf(p), p.Name)}
		w.order = append(w.order, w.programs[p.Name])
	}
	var starting errgroup.Group
	ready := make([]func() error, len(w.order))
	for i, p := range w.order {
		if w.failures[p.Name] != "" {
			continue
		}
		starting.Go(func() (err error) {
			ready[i], err = w.start(p, group)
			return err
		})
	}
	if err := starting.Wait(); err != nil {
		return err
	}
	for i, p := range w.order {
		if said := w.failures[p.Name]; said != "" {
			w.failed(p, said)
			w.tracer.Unheld(func() { w.releaseAfter(p.Name, "") })
			continue
		}
		if err := ready[i](); err != nil {
			return err
		}
	}
	return nil
}

// start wakes the interpreter that waits for a program, or starts its
// launcher and attaches the tracer to it. What is returned has it go on.
func (w *worker) start(p *program, group *errgroup.Group) (goOn func() error, err error) {
	mode := w.mode(p)
	if s := w.sleeper(p); s != nil {
		p.lines, p.pid = s.lines, s.pid
		mode.Began = p.tells
		if w.tracer.Wake(p.Name, mode, observer{w}) {
			w.processes.began(p.pid)
			w.listen(p, s.streams, group)
			return s.wake, nil
		}
	}
	launch, err := w.launchFor(p)
	if err != nil {
		return nil, err
	}
	if strings.HasSuffix(p.File, ".py") {
		if p.lines, err = newLines(w.root.Path(linesPath(p.Name))); err != nil {
			return nil, err
		}
		mode.Began = p.tells
	}
	if mode.Compiled {
		p.source, _ = unwind.Open(launch.Command[0], p.File) // not every compiler writes lines
	}
	if mode.Go {
		mode.Resolves = p.resolves
	}
	streams, err := newStreams()
	if err != nil {
		return nil, err
	}
	w.listen(p, streams, group)
	var tid int
	var conn *os.File
	p.pid, tid, conn, err = streams.launch(launch, w.hosts[p.host])
	if err != nil {
		return nil, fmt.Errorf("program %s: %w", p.Name, err)
	}
	w.processes.began(p.pid)
	return func() error { return confine.Go(conn) }, w.tracer.Attach(p.Name, p.pid, tid, mode)
}

// mode is how p starts, but for what tells its lines.
func (w *worker) mode(p *program) trace.Mode {
	m := trace.Mode{
		Stepping: w.spec.Lab.Start == lab.Step, Waiting: p.After != nil, All: w.spec.Lab.AllCalls,
		Compiled: strings.HasSuffix(p.File, ".c") || strings.HasSuffix(p.File, ".go"), Go: strings.HasSuffix(p.File, ".go"),
	}
	if strings.HasSuffix(p.File, ".py") {
		m.Ours = w.root.Path(linesPath(p.Name))
	}
	return m
}

// launchFor is the launch of p.
func (w *worker) launchFor(p *program) (launch confine.Launch, err error) {
	if strings.HasSuffix(p.File, ".py") {
		launch = pythonLaunch(w.root, w.spec.Python, p.Name, p.File)
	} else {
		launch = launchOf(w.root)
		launch.Command, err = w.command(p)
	}
	launch.Traced = w.tracer.Traced(w.spec.Lab.AllCalls)
	if strings.HasSuffix(p.File, ".go") && !w.spec.Lab.AllCalls {
		launch.Traced = w.tracer.TracedOfGo()
	}
	w.restrict(&launch)
	w.limit(&launch)
	return launch, err
}

// launchOf is the launch of any program: where, and with which environment.
func launchOf(root *confine.Root) confine.Launch {
	return confine.Launch{
		Dir: root.Path(confine.LabDir),
		Env: []string{"PATH=" + strings.Join(searchPath, ":"), "HOME=" + root.Path(confine.TmpDir), "LANG=C.UTF-8", "USER=learner", "PYTHONDONTWRITEBYTECODE=1"},
	}
}

// pythonLaunch is the launch of a program in Python that tells its lines.
func pythonLaunch(root *confine.Root, python, program, file string) confine.Launch {
	l := launchOf(root)
	l.Command = []string{python, file}
	l.Env = append(l.Env, "PYTHONPATH="+root.Path(pythonPath), "FIVETUPLE_LINES="+root.Path(linesPath(program)), "FIVETUPLE_PROGRAM="+root.Path(path.Join(confine.LabDir, file)))
	return l
}

// limit sets what a program may take.
func (w *worker) limit(launch *confine.Launch) {
	limit(launch, w.spec.Lab.Limits)
	if w.own != nil {
		launch.Processes = most // the kernel would count the server's, too
	}
}

func limit(launch *confine.Launch, limits lab.Limits) {
	launch.CPU, launch.Memory = uint64(limits.CPU.Seconds()), uint64(limits.Memory)
	launch.Files, launch.Processes = uint64(limits.Files), uint64(limits.Processes)
}

// source is where p finds its own source.
func (w *worker) source(p *program) string {
	return w.root.Path(path.Join(confine.LabDir, p.File))
}

// command is what the launcher of p becomes, unless that is an interpreter.
func (w *worker) command(p *program) ([]string, error) {
	if strings.HasSuffix(p.File, ".c") || strings.HasSuffix(p.File, ".go") {
		return []string{w.root.Path(executable(p.Name))}, nil
	}
	if len(p.Command) == 0 {
		return nil, fmt.Errorf("program %s: nothing knows how to run %s", p.Name, p.File)
	}
	if strings.HasPrefix(p.Command[0], confine.LabDir+"/") {
		return append([]string{w.root.Path(p.Command[0])}, p.Command[1:]...), nil
	}
	if strings.Contains(p.Command[0], "/") {
		return p.Command, nil
	}
	if name := found(p.Command[0]); name != "" {
		return append([]string{name}, p.Command[1:]...), nil
	}
	return nil, fmt.Errorf("program %s: %s is in none of %s", p.Name, p.Command[0], strings.Join(searchPath, ", "))
}

// found is where a program without a slash lies, empty when nowhere.
func found(name string) string {
	for _, dir := range searchPath {
		if file := filepath.Join(dir, name); unix.Access(file, unix.X_OK) == nil {
			return file
		}
	}
	return ""
}

// listen starts reading what a program prints, and lets it have input.
func (w *worker) listen(p *program, s *streams, group *errgroup.Group) {
	p.stdin = s.stdin
	var printed int64
	var mu sync.Mutex
	for name, r := range map[string]*os.File{"stdout": s.stdout, "stderr": s.stderr} {
		p.output.Add(1)
		group.Go(func() error {
			defer p.output.Done()
			defer r.Close()
			w.read(p, name, r, func(n int) bool {
				mu.Lock()
				defer mu.Unlock()
				printed += int64(n)
				return printed <= w.spec.Lab.Limits.Output
			})
			return nil
		})
	}
}

// read tells what a program prints until it prints no more, or more than it
// may.
func (w *worker) read(p *program, stream string, r io.Reader, may func(n int) bool) {
	buf := make([]byte, 4096)
	kept := 0
	for {
		n, err := r.Read(buf[kept:])
		whole := wholeRunes(buf[:kept+n], err != nil)
		if whole > 0 {
			if !may(whole) {
				w.kill(p, event.LimitOutput)
				return
			}
			if stream == "stderr" {
				p.told.add(buf[:whole])
			}
			w.log.emit(event.Event{Kind: event.KindPrint, Host: p.lane, Program: p.Name, PID: p.pid, Stream: stream, Text: strings.ToValidUTF8(string(buf[:whole]), "\uFFFD")})
		}
		kept = copy(buf, buf[whole:kept+n])
		if err != nil {
			return
		}
	}
}

// kill ends a program that went beyond a limit.
func (w *worker) kill(p *program, limit event.Limit) {
	w.mu.Lock()
	p.limit = limit
	w.mu.Unlock()
	_ = unix.Kill(p.pid, unix.SIGKILL)
}

// inputWait is how long a program's standard input may be full before the
// line is refused: the program does not read.
const inputWait = 100 * time.Millisecond

// input gives a line to a program.
func (w *worker) input(p *program, line string) error {
	if !strings.HasSuffix(line, "\n") {
		line += "\n"
	}
	if err := p.stdin.SetWriteDeadline(time.Now().Add(inputWait)); err != nil {
		return errors.Join(errNoInput, err)
	}
	w.log.emit(event.Event{Kind: event.KindInput, Host: p.lane, Program: p.Name, Text: line})
	if _, err := p.stdin.WriteString(line); err != nil {
		return errors.Join(errNoInput, err)
	}
	return nil
}

package sandbox

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/confine"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/worker"
)

// Main takes over the process and does not return when it was started as a
// sandbox's worker or as a program's launcher; otherwise it returns at once.
// Call it first in main and in TestMain.
func Main() {
	switch os.Args[0] {
	case confine.Arg0:
		confine.Main()
	case worker.Arg0:
		os.Exit(worker.Main())
	}
}

// Sandbox is one live run of a lab.
type Sandbox struct {
	premises worker.Premises
	folder   string // the worker's, where it may not mount; ours to remove
	process  *exec.Cmd
	commands *os.File // our end; closed when the sandbox has ended
	told     *os.File // where the worker's events come from
	events   chan []byte
	started  time.Time
	stderr   tail

	mu       sync.Mutex
	begun    bool      // the worker has been told what to run
	waiting  [][]byte  // commands that came before
	stopping event.End // why the worker was asked to stop
	gone     bool      // commands is closed
	grace    *time.Timer
}

// nobody is the user and group that owns nothing.
const nobody = 65534

// mapped says whether id is a user of the user namespace that we are in. In
// one of an ordinary user's making there is often no other than root.
func mapped(id int) bool {
	b, err := os.ReadFile("/proc/self/uid_map")
	if err != nil {
		return false
	}
	for line := range strings.Lines(string(b)) {
		var inside, outside, count int
		if _, err := fmt.Sscan(line, &inside, &outside, &count); err == nil && id >= inside && id < inside+count {
			return true
		}
	}
	return false
}

// grace is how long a worker that was asked to stop may take before it is
// killed.
const grace = 2 * time.Second

// eventQueue is how many events may wait for the reader; when it is full the
// worker waits.
const eventQueue = 256

// Start runs l in namespaces of its own, or without where the machine has none
// and the lab and its programs are such that they may, and returns when its worker has been
// started; the first event is the start event. The caller must receive from
// Events until it is closed. When ctx ends the sandbox is stopped with the
// cause shutdown. The error is an [*UnavailableError] where this machine
// cannot run it, and otherwise says what is wrong with l.
func Start(ctx context.Context, l *lab.Lab) (*Sandbox, error) {
	spec, err := specify(l)
	if err != nil {
		return nil, err
	}
	return start(ctx, spec, l)
}

// start is [Start] with what specify made of l.
func start(ctx context.Context, spec *specification, l *lab.Lab) (*Sandbox, error) {
	s, err := begun(spec, l)
	if err != nil {
		return nil, err
	}
	s.begin(ctx, &spec.Spec)
	return s, nil
}

// begin gives a worker that waits its spec, and passes its events on.
func (s *Sandbox) begin(ctx context.Context, spec *worker.Spec) {
	s.started = time.Now()
	go func() { // ends at the latest when the worker does
		s.tell(spec)
		s.commandsWaited()
	}()
	stopped := context.AfterFunc(ctx, func() { s.Stop(event.EndShutdown) })
	go func() {
		defer stopped()
		s.receive()
	}()
}

// discard ends a worker that waits: it finds that nobody will tell it what
// to run.
func (s *Sandbox) discard() {
	s.commands.Close()
	_ = s.process.Wait() // it was told nothing, and has nothing to say
	_ = os.RemoveAll(s.folder)
	s.told.Close()
}

// spawn starts a worker, which has its namespaces, makes its premises and
// waits for its spec. The error is an [*UnavailableError].
func spawn(p worker.Premises) (*Sandbox, error) {
	s := &Sandbox{premises: p, folder: newFolder(), events: make(chan []byte, eventQueue)}
	commands, ours, err := os.Pipe()
	if err != nil {
		return nil, unstarted(err)
	}
	told, theirs, err := os.Pipe()
	if err != nil {
		commands.Close()
		ours.Close()
		return nil, unstarted(err)
	}
	s.process = &exec.Cmd{
		Path: "/proc/self/exe", Args: []string{worker.Arg0, s.folder}, Env: workerEnv(), Dir: "/",
		Stderr: &s.stderr, ExtraFiles: []*os.File{commands, theirs}, SysProcAttr: attributes(p),
	}
	s.commands, s.told = ours, told
	s.tell(p) // the pipe has room for it
	err = s.process.Start()
	commands.Close()
	theirs.Close()
	if err != nil {
		ours.Close()
		told.Close()
		return nil, unstarted(err)
	}
	return s, nil
}

// workerEnv is the environment of a worker, which gets no other of ours. What
// the race detector of a test is told is for its workers too.
func workerEnv() []string {
	env := []string{"GOGC=50"}
	if options, ok := os.LookupEnv("GORACE"); ok {
		env = append(env, "GORACE="+options)
	}
	return env
}

// newFolder is a name for the folder of a sandbox that nobody else has.
func newFolder() string {
	return filepath.Join(os.TempDir(), "fivetuple-"+rand.Text())
}

// attributes are those of a worker. It has a session of its own: a signal to
// the process group of the one who sends it passes by all namespaces.
func attributes(p worker.Premises) *syscall.SysProcAttr {
	attr := isolated
	if p.Shared {
		attr = sharing
	}
	own := attr()
	own.Setsid = true
	return own
}

// The users to whom a server that is root gives its sandboxes, one each: the
// kernel counts descriptors on their way, pages in pipes and other things for
// a user, wherever that is. No system has others with these numbers.
const (
	firstUser = 2_000_000_000
	users     = 100_000_000
)

// owner is the user of a sandbox of a server that is root: one of its own, or
// nobody where there are no such users.
func owner() int {
	if mapped(firstUser) && mapped(firstUser+users-1) {
		return firstUser + mathrand.IntN(users)
	}
	return nobody
}

// isOwner says whether a user may be that of a sandbox of this server.
func isOwner(uid int) bool {
	return uid == os.Getuid() || os.Getuid() == 0 && (uid == nobody || uid >= firstUser && uid < firstUser+users)
}

// isolated are the namespaces of a worker, in which it has every capability
// and outside of which none. A server that is root gives it to a user that
// owns nothing.
func isolated() *syscall.SysProcAttr {
	uid, gid := os.Getuid(), os.Getgid()
	attr := &syscall.SysProcAttr{
		Cloneflags: unix.CLONE_NEWUSER | unix.CLONE_NEWNET | unix.CLONE_NEWPID | unix.CLONE_NEWIPC | unix.CLONE_NEWUTS | unix.CLONE_NEWNS,
	}
	for c := range uintptr(unix.CAP_LAST_CAP + 1) {
		attr.AmbientCaps = append(attr.AmbientCaps, c)
	}
	if uid == 0 && mapped(nobody) {
		uid, gid = owner(), nobody
		attr.GidMappingsEnableSetgroups = true
		attr.Credential = &syscall.Credential{Uid: worker.UID, Gid: worker.UID}
	}
	attr.UidMappings = []syscall.SysProcIDMap{{ContainerID: worker.UID, HostID: uid, Size: 1}}
	attr.GidMappings = []syscall.SysProcIDMap{{ContainerID: worker.UID, HostID: gid, Size: 1}}
	return attr
}

// tell gives the worker its premises or its spec. It takes as long as the
// worker takes to read.
func (s *Sandbox) tell(what any) {
	// An error means that the worker is gone, which shows in its events.
	_ = json.NewEncoder(s.commands).Encode(what)
}

// receive passes events on until the worker has ended, and says so itself
// when the worker could not.
func (s *Sandbox) receive() {
	defer close(s.events)
	defer s.told.Close()
	var last []byte
	count := uint64(0)
	lines := bufio.NewReaderSize(s.told, 64<<10)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			break // a line cut short was never whole: it is as if it had not been written
		}
		last = line[:len(line)-1]
		count++
		s.events <- last
	}
	_ = s.process.Wait()       // why it ended is in its events, or in the one we add
	_ = os.RemoveAll(s.folder) // there seldom is one, and what is left in it is ours
	s.mu.Lock()
	s.gone = true
	s.commands.Close()
	if s.grace != nil {
		s.grace.Stop()
	}
	cause := s.stopping
	s.mu.Unlock()
	s.conclude(last, count, cause)
}

// conclude adds the end event that a killed worker could not write.
func (s *Sandbox) conclude(last []byte, count uint64, cause event.End) {
	var e event.Event
	if json.Unmarshal(last, &e) == nil && e.Kind == event.KindEnd {
		return
	}
	if cause == "" {
		cause = event.EndWorkerDied
	}
	end := event.Event{Seq: count + 1, T: max(e.T, time.Since(s.started).Nanoseconds()), Kind: event.KindEnd, Cause: &event.Cause{End: cause}, Error: s.stderr.String()}
	if b, err := json.Marshal(end); err == nil {
		s.events <- b
	}
}

// Events is the stream of encoded events, each one JSON object without a
// newline. It is closed after the end event, when the last process has ended
// and the last descriptor is closed: closed means cleaned up.
func (s *Sandbox) Events() <-chan []byte { return s.events }

// Command gives c to the sandbox. It does not wait for its effect, which
// shows in the events; a command that cannot be obeyed shows as a note.
// After the end it does nothing.
func (s *Sandbox) Command(c event.Command) {
	b, err := json.Marshal(c)
	if err != nil {
		return
	}
	b = append(b, '\n')
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.gone:
	case s.begun:
		s.give(b)
	case len(s.waiting) < commandQueue:
		s.waiting = append(s.waiting, b)
	}
}

// commandQueue is how many commands may wait for a worker that has not begun.
// Those that come then are lost, as a hand's would be that nothing answers.
const commandQueue = 1000

// commandsWaited gives the worker the commands that have waited, and has later
// ones go straight to it.
func (s *Sandbox) commandsWaited() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.begun = true
	for _, b := range s.waiting {
		if !s.gone {
			s.give(b)
		}
	}
	s.waiting = nil
}

// give writes a command. One that fails or takes too long meets a worker that
// has ended. s is locked.
func (s *Sandbox) give(command []byte) {
	_ = s.commands.SetWriteDeadline(time.Now().Add(grace))
	_, _ = s.commands.Write(command)
}

// Stop ends the sandbox with this cause. It does not wait: receive Events
// until it is closed.
func (s *Sandbox) Stop(cause event.End) {
	s.mu.Lock()
	first := s.stopping == "" && !s.gone
	if first {
		s.stopping = cause
		s.grace = time.AfterFunc(grace, func() { _ = s.process.Process.Kill() })
	}
	s.mu.Unlock()
	if first {
		s.Command(event.Command{Verb: event.VerbStop, End: cause})
	}
}

// Usage is the processor time that the worker took, its programs' not
// included. It is known when Events has been closed.
func (s *Sandbox) Usage() time.Duration {
	if s.process.ProcessState == nil {
		return 0
	}
	return s.process.ProcessState.UserTime() + s.process.ProcessState.SystemTime()
}

// PID is the worker's process id.
func (s *Sandbox) PID() int { return s.process.Process.Pid }

// errPython is in the chain when there is no Python to run a lab's programs.
var errPython = errors.New("python3 not found")

// specification is what a worker needs to run a lab on this machine.
type specification struct {
	premises worker.Premises
	worker.Spec
}

func specify(l *lab.Lab) (*specification, error) {
	own := *l
	own.Limits = l.Limits.WithDefaults()
	own.Programs = append([]lab.Program(nil), l.Programs...)
	spec := &specification{worker.Premises{Topology: l.Topology, Hosts: l.Hosts}, worker.Spec{Lab: &own}}
	for i := range own.Programs {
		p := &own.Programs[i]
		p.Versions = nil // the worker has no choice
		switch filepath.Ext(p.File) {
		case ".c": // the worker compiles it
		case ".go":
			if err := buildGo(&spec.Spec, p); err != nil {
				return nil, fmt.Errorf("program %s: %w", p.Name, err)
			}
		case ".py":
			python, extra, err := findPython()
			if err != nil {
				return nil, &UnavailableError{noPython()}
			}
			spec.Python, spec.premises.Extra = python, extra
			if worker.Sleeps(&own) {
				spec.premises.Python = python
			}
		default:
			if err := foreign(&spec.Spec, p); err != nil {
				return nil, fmt.Errorf("program %s: %w", p.Name, err)
			}
		}
	}
	return spec, nil
}

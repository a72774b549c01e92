//go:build linux

// Package trace runs programs at the system-call boundary: each of their
// socket-related calls stops before the kernel sees it and again when it
// returns, and a program can be held there.
//
// A [Tracer] has one thread, from which every ptrace request comes. A
// program is first a launcher that waits (package confine); the tracer
// attaches to it and has it go on. Programs that a program starts, and its
// threads, are traced too.
//
// Source: ptrace(2), seccomp(2).
package trace

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"time"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/call"
)

// Stop is a call at one of its phases.
type Stop struct {
	ID       uint64 // the same in every phase of one call
	Program  string
	PID, TID int
	*call.Call
	Result   int64 // once returned; negative errno when it failed
	Duration time.Duration
	Wchan    string // kernel function the blocked call sleeps in
	Line     int    // of the program's source; the observer's own

	entered time.Time
	told    bool // that it is blocked
}

// Observer is told of each phase of each socket-related call, and of the end
// of each program. It is called on the tracer's thread while the program is
// stopped (but for Blocked and Exited).
type Observer interface {
	Held(*Stop)    // before the call, the program waits for Step or Run
	Entered(*Stop) // the kernel has the call now
	Blocked(*Stop) // it has not returned for a while
	Returned(*Stop)
	Refused(*Stop)                                          // it is one that no program of a lab may make, and has returned
	Exited(program string, pid int, status unix.WaitStatus) // the program's first process ended
	Signaled(*Signal)                                       // a signal is about to reach a thread
	Began(Task)                                             // a further process or thread of a program
	Ended(Task, unix.WaitStatus)                            //
}

// Task is a process or thread of a program other than its first.
type Task struct {
	Program          string
	PID, TID, Parent int // Parent is the thread that made it
}

// Signal is a signal that is about to reach a thread.
type Signal struct {
	Program  string
	PID, TID int
	Number   unix.Signal
	Info     string // the fields of its siginfo, as strace prints them
}

// Tracer traces programs.
type Tracer struct {
	observer Observer
	table    *call.Table
	divert   func(tid int, number uint64, args [6]uint64) // may be nil
	requests chan func()                                  // done between two stops; unbuffered: the sender waits its turn
	children chan os.Signal
	programs map[string]*program
	threads  map[int]*thread
	quiet    map[string]bool         // inodes of the C library's own sockets
	pipes    map[string]bool         // pipes that programs made, as /proc names them
	early    map[int]unix.WaitStatus // new threads that stopped before their parent told of them
	lastID   uint64
	resumed  time.Time // when a thread was last let go
	blocked  *time.Timer
	due      time.Time // when blocked fires; zero: it has
	done     chan struct{}
}

// program is what is known of one program.
type program struct {
	name     string
	pid      int // of its first process
	mode     Mode
	asleep   bool // nothing of it is told until Wake
	begun    bool // its own code runs, and not only what starts it
	stepping bool // hold it before each call
	waiting  bool // hold it before its first call until Release; not when stepping
	held     []*thread
}

// thread is one traced thread.
type thread struct {
	tid, pid  int
	parent    int
	program   *program
	launching bool // still the launcher
	call      *Stop
	quiet     bool // in a call of the C library's own that makes a socket
}

// New returns a tracer that tells observer, which may be nil until a program
// is awake.
func New(observer Observer) *Tracer {
	t := &Tracer{
		observer: observer, table: call.NewTable(),
		requests: make(chan func()), children: make(chan os.Signal, 1), done: make(chan struct{}),
		programs: map[string]*program{}, threads: map[int]*thread{}, early: map[int]unix.WaitStatus{}, quiet: map[string]bool{}, pipes: map[string]bool{},
		blocked: time.NewTimer(time.Hour),
	}
	signal.Notify(t.children, unix.SIGCHLD)
	return t
}

// Traced are the numbers of the system calls that a program's filter has to
// stop at, so that they can be shown; with all, of every call.
func (t *Tracer) Traced(all bool) []uintptr { return t.table.Shown(all) }

// TracedOfGo is Traced without the calls by which Go's runtime rests its
// threads, which it does all the time.
func (t *Tracer) TracedOfGo() []uintptr {
	return slices.DeleteFunc(t.table.Shown(false), func(nr uintptr) bool { return call.OfGoRuntime(t.table.Name(nr)) })
}

// Divert has f called before the kernel sees a call, on the tracer's thread:
// it may change what the call points to. It must be set before Run.
func (t *Tracer) Divert(f func(tid int, number uint64, args [6]uint64)) { t.divert = f }

// spin is how long the tracer looks for the next stop without sleeping after
// it let a thread go: a stop that follows at once costs no wake-up then.
const spin = 30 * time.Microsecond

// Run traces until ctx ends. The programs end with the thread it ran on.
func (t *Tracer) Run(ctx context.Context) error {
	runtime.LockOSThread() // never unlocked: the tracees belong to this thread
	defer close(t.done)
	defer signal.Stop(t.children)
	for {
		for t.next() {
		}
		select {
		case <-ctx.Done():
			return nil
		case request := <-t.requests:
			request()
		case <-t.children:
		case <-t.blocked.C:
			t.tellBlocked()
		}
	}
}

// next handles the next stop, if there is one or comes within a moment.
func (t *Tracer) next() bool {
	for {
		var status unix.WaitStatus
		tid, err := unix.Wait4(-1, &status, unix.WNOHANG|unix.WALL, nil)
		switch {
		case err == unix.EINTR:
		case err != nil:
			return false // no children yet, or none left
		case tid > 0:
			t.handle(tid, status)
			return true
		case time.Since(t.resumed) > spin:
			return false
		}
	}
}

// do has f done on the tracer's thread and waits for it. After Run has
// returned it does nothing.
func (t *Tracer) do(f func()) {
	finished := make(chan struct{})
	select {
	case t.requests <- func() { f(); close(finished) }:
		<-finished
	case <-t.done:
	}
}

// Mode is how a program starts, and which of its calls are shown.
type Mode struct {
	Asleep   bool                    // nothing of it is told until Wake
	Stepping bool                    // held before each call
	Waiting  bool                    // held before its first call, until Release; not when Stepping
	All      bool                    // every call is shown, and not only those about sockets and its own life
	Compiled bool                    // its own code runs from the start
	Go       bool                    // Go's runtime interrupts its threads by a signal, which is not told
	Ours     string                  // path of a file that only our own code in the program touches
	Began    func(tid int) bool      // whether the program's own code runs already; nil when its first call about a socket tells
	Resolves func(pid, tid int) bool // whether Go's library makes the call that a thread is at in order to resolve a name
}

// Attach attaches to thread tid of process pid, a launcher that waits, which
// will become the program called name.
func (t *Tracer) Attach(name string, pid, tid int, mode Mode) (err error) {
	t.do(func() {
		if err = ptrace(ptraceSeize, tid, 0, traceOptions); err != nil {
			err = fmt.Errorf("attach to program %s: %w", name, err)
			return
		}
		p := &program{name: name, pid: pid}
		p.set(mode)
		t.programs[name] = p
		t.threads[tid] = &thread{tid: tid, pid: pid, program: p, launching: true}
	})
	return err
}

func (p *program) set(m Mode) {
	p.mode, p.asleep, p.begun, p.stepping, p.waiting = m, m.Asleep, m.Compiled, m.Stepping, m.Waiting && !m.Stepping
}

// Wake has observer told of a program that was asleep, from now on as mode
// says; false when it has ended.
func (t *Tracer) Wake(name string, mode Mode, observer Observer) (ok bool) {
	t.do(func() {
		p := t.programs[name]
		if ok = p != nil; ok {
			t.observer = observer
			p.set(mode)
		}
	})
	return ok
}

// ErrNotHeld means that the program is not held before a call.
var ErrNotHeld = errors.New("program is not held")

// Step lets the program make the one call it is held before. Of several
// threads that are held the first goes on. The error is [ErrNotHeld].
func (t *Tracer) Step(name string) (err error) {
	err = ErrNotHeld
	t.do(func() {
		if p := t.programs[name]; p != nil && len(p.held) > 0 {
			t.release(p)
			err = nil
		}
	})
	return err
}

// Continue lets the program run without being held.
func (t *Tracer) Continue(name string) {
	t.do(func() {
		if p := t.programs[name]; p != nil {
			p.stepping, p.waiting = false, false
			for len(p.held) > 0 {
				t.release(p)
			}
		}
	})
}

// Pause holds the program before its next call, and each one after. One that
// waits before its first call waits for nothing else any more.
func (t *Tracer) Pause(name string) {
	t.do(func() {
		p := t.programs[name]
		if p == nil {
			return
		}
		if p.waiting {
			for _, th := range p.held {
				t.observer.Held(th.call)
			}
		}
		p.stepping, p.waiting = true, false
	})
}

// Unheld has f done on the tracer's thread, where it may call Release.
func (t *Tracer) Unheld(f func()) { t.do(f) }

// Release lets a program go on that waits before its first call. It may be
// called by the observer.
func (t *Tracer) Release(name string) {
	p := t.programs[name]
	if p == nil || !p.waiting {
		return
	}
	p.waiting = false
	for len(p.held) > 0 {
		t.release(p)
	}
}

// release gives the kernel the call that the first held thread is at.
func (t *Tracer) release(p *program) {
	th := p.held[0]
	p.held = p.held[1:]
	t.enter(th)
}

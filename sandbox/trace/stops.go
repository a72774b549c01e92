//go:build linux

package trace

import (
	"slices"
	"time"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/call"
)

// handle deals with what wait4 reported of a thread.
func (t *Tracer) handle(tid int, status unix.WaitStatus) {
	th := t.threads[tid]
	switch {
	case status.Exited() || status.Signaled():
		t.exited(th, tid, status)
	case status.Stopped() && status.TrapCause() == unix.PTRACE_EVENT_EXEC:
		t.executed(tid)
	case th == nil:
		t.early[tid] = status
	case status.StopSignal() == syscallStop:
		t.returned(th)
	case status.StopSignal() == unix.SIGTRAP && status.TrapCause() > 0:
		t.event(th, status.TrapCause())
	case int(status)>>16 == unix.PTRACE_EVENT_STOP:
		t.grouped(th, status.StopSignal())
	default:
		t.signaled(th, status.StopSignal())
		t.resume(unix.PTRACE_CONT, th, int(status.StopSignal()))
	}
}

// signaled tells of a signal that is about to reach a thread.
func (t *Tracer) signaled(th *thread, number unix.Signal) {
	if th.program.mode.Go && number == unix.SIGURG {
		return // Go's runtime interrupts its threads by it
	}
	if !th.told() {
		return
	}
	s := &Signal{Program: th.program.name, PID: th.pid, TID: th.tid, Number: number}
	if info, err := signalInfo(th.tid); err == nil {
		s.Info = call.SignalInfo(info)
	}
	t.observer.Signaled(s)
}

func (t *Tracer) resume(request int, th *thread, signal int) {
	resume(request, th.tid, signal)
	t.resumed = time.Now()
}

// grouped deals with a stop by a job-control signal, and with the first stop
// of a new thread.
func (t *Tracer) grouped(th *thread, signal unix.Signal) {
	switch signal {
	case unix.SIGSTOP, unix.SIGTSTP, unix.SIGTTIN, unix.SIGTTOU:
		t.resume(ptraceListen, th, 0)
	default:
		t.resume(unix.PTRACE_CONT, th, 0)
	}
}

func (t *Tracer) event(th *thread, event int) {
	switch event {
	case unix.PTRACE_EVENT_SECCOMP:
		if errno := unix.Errno(eventMessage(th.tid)); errno != 0 {
			t.refuse(th, errno)
			return
		}
		t.entry(th)
		return
	case unix.PTRACE_EVENT_CLONE:
		t.born(eventMessage(th.tid), th.pid, th)
	case unix.PTRACE_EVENT_FORK, unix.PTRACE_EVENT_VFORK:
		child := eventMessage(th.tid)
		t.born(child, child, th)
	case unix.PTRACE_EVENT_STOP:
		t.grouped(th, unix.SIGTRAP)
		return
	}
	t.goOn(th)
}

// goOn lets a thread go on that stopped in the middle of a call, to the
// call's return where it is told.
func (t *Tracer) goOn(th *thread) {
	if th.call != nil || th.quiet {
		t.resume(unix.PTRACE_SYSCALL, th, 0)
		return
	}
	t.resume(unix.PTRACE_CONT, th, 0)
}

// executed deals with a process that became another program. When a thread
// other than its first asked for it, that one has the process's number now.
func (t *Tracer) executed(tid int) {
	former := eventMessage(tid)
	th := t.threads[former]
	if th == nil {
		resume(unix.PTRACE_CONT, tid, 0)
		return
	}
	if former != tid {
		delete(t.threads, former)
		t.observer.Ended(th.task(), 0)
		th.tid, t.threads[tid] = tid, th
	}
	th.launching = false
	t.goOn(th)
}

// born takes in a new thread, which is let go from its first stop.
func (t *Tracer) born(tid, pid int, parent *thread) {
	th := &thread{tid: tid, pid: pid, parent: parent.tid, program: parent.program}
	t.threads[tid] = th
	if parent.told() {
		t.observer.Began(th.task())
	}
	if status, ok := t.early[tid]; ok {
		delete(t.early, tid)
		t.handle(tid, status)
	}
}

// told says whether the observer is told of the thread.
func (th *thread) told() bool { return !th.launching && !th.program.asleep }

func (th *thread) task() Task {
	return Task{Program: th.program.name, PID: th.pid, TID: th.tid, Parent: th.parent}
}

// entry deals with a thread that is about to make a call that we trace.
func (t *Tracer) entry(th *thread) {
	stop, ok := t.read(th)
	if !ok {
		t.goOn(th)
		return
	}
	t.lastID++
	stop.ID, th.call = t.lastID, stop
	p := th.program
	if !p.stepping && !p.waiting || stop.Concern() == call.Own { // a learner steps what has to do with others
		t.enter(th)
		return
	}
	p.held = append(p.held, th)
	if p.stepping {
		t.observer.Held(stop)
	}
}

// refuse deals with a thread that is about to make a call that the filter
// refuses with an error: it is told, as any call, and fails. A thread that
// cannot be kept from it is ended.
func (t *Tracer) refuse(th *thread, with unix.Errno) {
	info, err := getSyscallInfo(th.tid)
	if skip(th.tid, with) != nil {
		_ = unix.Kill(th.pid, unix.SIGKILL) // nothing of it is resumed before
	}
	if err == nil && th.told() && th.program.hasBegun(th.tid) {
		if c, ok := t.table.Enter(memory(th.tid), info.number(), info.args()); ok {
			t.lastID++
			stop := &Stop{ID: t.lastID, Program: th.program.name, PID: th.pid, TID: th.tid, Call: c, Result: -int64(with)}
			t.observer.Entered(stop)
			stop.Return(stop.Result)
			t.observer.Returned(stop)
			t.observer.Refused(stop)
		}
	}
	t.resume(unix.PTRACE_CONT, th, 0)
}

// read reads the call that a thread is about to make; ok is false when it
// is not shown.
func (t *Tracer) read(th *thread) (*Stop, bool) {
	if !th.told() {
		return nil, false
	}
	info, err := getSyscallInfo(th.tid)
	if err != nil {
		return nil, false
	}
	if t.divert != nil {
		t.divert(th.tid, info.number(), info.args())
	}
	c, ok := t.table.Enter(memory(th.tid), info.number(), info.args())
	if !ok || !t.shows(th, c, &info) {
		return nil, false
	}
	return &Stop{Program: th.program.name, PID: th.pid, TID: th.tid, Call: c}, true
}

// blockedAfter is how long a call may take before it is told as blocked.
const blockedAfter = 20 * time.Millisecond

func (t *Tracer) enter(th *thread) {
	t.observer.Entered(th.call)
	th.call.entered = time.Now()
	t.resume(unix.PTRACE_SYSCALL, th, 0)
	t.look(blockedAfter)
}

// look has tellBlocked called when this much time has passed, if it is not to
// be called sooner: one thread's calls do not put off what is told of another.
func (t *Tracer) look(after time.Duration) {
	if due := time.Now().Add(after); t.due.IsZero() || due.Before(t.due) {
		t.due = due
		t.blocked.Reset(after)
	}
}

func (t *Tracer) returned(th *thread) {
	stop := th.call
	info, err := getSyscallInfo(th.tid)
	if th.quiet && err == nil {
		if inode, ok := Inode(th.pid, int(info.result())); ok {
			t.quiet[inode] = true
		}
	}
	if stop != nil && err == nil {
		stop.Duration = time.Since(stop.entered)
		stop.Result = info.result()
		stop.Return(stop.Result)
		t.remember(th, stop.Call)
		t.observer.Returned(stop)
	}
	th.call, th.quiet = nil, false
	t.resume(unix.PTRACE_CONT, th, 0)
}

// tellBlocked tells of the calls that have not returned.
func (t *Tracer) tellBlocked() {
	t.due = time.Time{}
	for _, th := range t.threads {
		stop := th.call
		if stop == nil || stop.told || stop.entered.IsZero() {
			continue
		}
		if since := time.Since(stop.entered); since < blockedAfter {
			t.look(blockedAfter - since)
			continue
		}
		if !asleep(th.tid) { // it has returned, or the machine is slow
			t.look(blockedAfter)
			continue
		}
		stop.told, stop.Wchan = true, wchan(th.tid)
		t.observer.Blocked(stop)
	}
}

func (t *Tracer) exited(th *thread, tid int, status unix.WaitStatus) {
	delete(t.threads, tid)
	delete(t.early, tid)
	if th == nil {
		return
	}
	p := th.program
	p.held = slices.DeleteFunc(p.held, func(h *thread) bool { return h == th })
	if p.asleep {
		delete(t.programs, p.name)
		return
	}
	if tid == p.pid {
		t.observer.Exited(p.name, tid, status)
	} else if th.parent != 0 {
		t.observer.Ended(th.task(), status)
	}
}

var _ call.Process = memory(0)

//go:build linux

package worker

import (
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/call"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/trace"
)

// openCall is what is remembered of a call between its entry and its return.
type openCall struct {
	inode  string // of the socket it is about, as long as it is open
	socket bool
	line   int
	seq    uint64   // of the event of its entry
	closes []string // inodes of the sockets of which it closes a descriptor
}

// callEvent is the event of a call at one of its phases.
func (w *worker) callEvent(s *trace.Stop, phase event.Phase) event.Event {
	p := w.programs[s.Program]
	if phase == event.PhaseHeld || phase == event.PhaseEnter { // then the thread stands still
		s.Line = p.line(s.PID, s.TID)
	}
	e := event.Event{
		Kind: event.KindCall, Host: p.lane, Program: p.Name, PID: s.PID, Call: s.ID,
		Name: s.Name, Args: s.Args, Phase: phase, Text: s.Text, Line: s.Line,
	}
	if s.TID != s.PID {
		e.TID = s.TID
	}
	if fd, ok := s.FD(); ok {
		e.FD = &fd
	}
	return e
}

// observer is the worker as package trace sees it.
type observer struct{ *worker }

// Held implements trace.Observer.
func (w observer) Held(s *trace.Stop) { w.log.emit(w.callEvent(s, event.PhaseHeld)) }

// Entered implements trace.Observer.
func (w observer) Entered(s *trace.Stop) {
	w.drain()
	e := w.callEvent(s, event.PhaseEnter)
	c := openCall{line: e.Line}
	if e.FD != nil {
		c.inode, c.socket = trace.Inode(s.PID, *e.FD)
	}
	number, ok := s.Destination()
	if ok {
		w.sockets.dials(w.programs[s.Program].host, e.Host, number)
	}
	c.closes = w.closing(s)
	c.seq = w.log.emit(e)
	for _, inode := range append(c.closes, c.inode) {
		w.sockets.asked(inode, s.Name, c.seq, true, number)
	}
	if s.Ends() {
		return
	}
	w.mu.Lock()
	w.touched[s.ID] = c
	w.mu.Unlock()
}

// Blocked implements trace.Observer.
func (w observer) Blocked(s *trace.Stop) {
	w.drain()
	e := w.callEvent(s, event.PhaseBlocked)
	e.Wchan = s.Wchan
	w.log.emit(e)
	w.deriveAsking(s)
	if s.Concern() != call.Own { // who only sleeps will make it yet
		w.releaseAfter(s.Program, "")
	}
}

// Returned implements trace.Observer.
func (w observer) Returned(s *trace.Stop) {
	w.drain()
	w.mu.Lock()
	c := w.touched[s.ID]
	delete(w.touched, s.ID)
	w.mu.Unlock()
	e := w.callEvent(s, event.PhaseReturn)
	e.Line, e.Duration = c.line, s.Duration.Nanoseconds()
	result := s.Result
	if result < 0 {
		e.Errno = errnoName(-result)
		result = -1
	}
	e.Result = &result
	e.Cause = because(w.causes.ofReturn(w.programs[s.Program].host, s.Name, w.sockets.tupleOf(c.inode), c.seq, s.Result))
	w.sample(s, c)
	w.deriveDatagram(s, c)
	w.discardedLater()
	for _, inode := range append(c.closes, c.inode) {
		w.sockets.asked(inode, s.Name, c.seq, false, 0)
	}
	w.log.emit(e)
	if s.Result >= 0 {
		w.releaseAfter(s.Program, s.Name)
	}
	if s.Result >= 0 || s.Result == -int64(unix.EINPROGRESS) { // of a connect that does not wait
		w.calls.made(s.Program, s.Name)
	}
}

// Refused implements trace.Observer. It tells why once of each call, and once
// of each family of sockets and kind of memory.
func (w observer) Refused(s *trace.Stop) {
	what := s.Name
	switch what {
	case "socket":
		what += "(" + s.Args[0] + ")"
	case "mmap":
		what += "(" + s.Args[3] + ")"
	}
	if w.refused[what] {
		return
	}
	w.refused[what] = true
	p := w.programs[s.Program]
	w.log.emit(event.Event{Kind: event.KindNote, Host: p.lane, Program: p.Name, Line: s.Line, Text: "not-allowed", Error: what})
}

// sample looks at the sockets that a call was about.
func (w *worker) sample(s *trace.Stop, c openCall) {
	p := w.programs[s.Program]
	fd, ok := s.FD()
	if s.Result >= 0 {
		for _, inode := range c.closes {
			w.sockets.closed(inode, s.PID, c.seq)
		}
	}
	if ok && c.socket && len(c.closes) == 0 {
		w.sockets.held(p.host, p.Name, c.inode, s.PID, fd, c.seq)
	}
	for _, fd := range s.Made() {
		if inode, socket := trace.Inode(s.PID, fd); socket {
			w.sockets.held(p.host, p.Name, inode, s.PID, fd, c.seq)
		}
	}
}

// closing takes in that a call is about to close descriptors, and returns the
// sockets that they refer to.
func (w observer) closing(s *trace.Stop) (inodes []string) {
	first, last, ok := s.Closes()
	if !ok {
		return nil
	}
	for _, fd := range trace.Descriptors(s.PID, first, last) {
		if inode, ok := trace.Inode(s.PID, fd); ok {
			w.sockets.closing(s.PID, fd)
			inodes = append(inodes, inode)
		}
	}
	return inodes
}

// restarts are errors that only the kernel and a tracer see: the call is
// made again after a signal.
var restarts = map[int64]string{512: "ERESTARTSYS", 513: "ERESTARTNOINTR", 514: "ERESTARTNOHAND", 516: "ERESTART_RESTARTBLOCK"}

func errnoName(n int64) string {
	if name, ok := restarts[n]; ok {
		return name
	}
	if unix.Errno(n) == unix.EOPNOTSUPP {
		return "EOPNOTSUPP" // the other name of this number, ENOTSUP, is not used of sockets
	}
	return unix.ErrnoName(unix.Errno(n))
}

// releaseAfter lets go the programs that wait for a call of this one. A
// program that blocks or has ended (name empty) will not make the call that
// others wait for.
func (w *worker) releaseAfter(program, name string) {
	for _, p := range w.order {
		if p.After != nil && p.After.Program == program && (name == "" || p.After.Call == name) {
			w.tracer.Release(p.Name)
		}
	}
}

// Signaled implements trace.Observer.
func (w observer) Signaled(s *trace.Signal) {
	w.drain()
	p := w.programs[s.Program]
	e := event.Event{
		Kind: event.KindSignal, Host: p.lane, Program: p.Name, PID: s.PID, Signal: unix.SignalName(s.Number),
		Reason: disposition(s.TID, s.Number), Text: s.Info, Line: p.line(s.PID, s.TID),
	}
	if s.TID != s.PID {
		e.TID = s.TID
	}
	w.log.emit(e)
}

// Began implements trace.Observer.
func (w observer) Began(t trace.Task) {
	if t.PID == t.TID {
		w.processes.began(t.PID)
	}
	e := w.taskEvent(t, event.PhaseBegan)
	e.Parent = t.Parent
	w.log.emit(e)
}

// Ended implements trace.Observer.
func (w observer) Ended(t trace.Task, status unix.WaitStatus) {
	if t.PID == t.TID {
		w.processes.ended(t.PID)
		w.sockets.ended(t.PID)
	}
	e := w.taskEvent(t, event.PhaseEnded)
	if status.Signaled() {
		e.Signal = unix.SignalName(status.Signal())
	} else {
		code := status.ExitStatus()
		e.Code = &code
	}
	w.log.emit(e)
}

func (w *worker) taskEvent(t trace.Task, phase event.Phase) event.Event {
	p := w.programs[t.Program]
	e := event.Event{Kind: event.KindTask, Host: p.lane, Program: p.Name, PID: t.PID, Phase: phase}
	if t.TID != t.PID {
		e.TID = t.TID
	}
	return e
}

// Exited implements trace.Observer.
func (w observer) Exited(name string, pid int, status unix.WaitStatus) {
	w.releaseAfter(name, "")
	w.calls.ended(name)
	w.processes.ended(pid)
	w.sockets.ended(pid)
	p := w.programs[name]
	go func() { // its last words are still in the pipe; ends with them
		p.output.Wait()
		w.exited(p, status)
	}()
}

func (w *worker) exited(p *program, status unix.WaitStatus) {
	e := event.Event{Kind: event.KindExit, Host: p.lane, Program: p.Name, PID: p.pid, Limit: p.limit}
	switch {
	case status.Signaled():
		e.Signal = unix.SignalName(status.Signal())
		if status.Signal() == unix.SIGXCPU && p.limit == "" {
			e.Limit = event.LimitCPU
		}
	default:
		code := status.ExitStatus()
		e.Code = &code
		if code != 0 {
			e.Error, e.Line = p.told.failure(w.source(p))
		}
		if strings.HasPrefix(e.Error, "MemoryError") {
			e.Limit = event.LimitMemory
		}
	}
	w.tell(p, e)
}

// tell tells of the end of a program.
func (w *worker) tell(p *program, e event.Event) {
	w.log.emit(e)
	w.mu.Lock()
	defer w.mu.Unlock()
	p.over = true
	w.finished = !slices.ContainsFunc(w.order, func(p *program) bool { return !p.over })
}

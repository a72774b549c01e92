//go:build linux

// Package worker is the process that holds one sandbox. It is the first
// process of the sandbox's namespaces: when it ends, for whatever reason,
// the kernel ends every program and frees every namespace.
//
// It reads its [Spec] and then commands from one descriptor and writes
// events to another; package sandbox is the other side.
package worker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sys/unix"

	"fivetuple/sandbox/confine"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/machine"
	"fivetuple/sandbox/trace"
	"fivetuple/sandbox/wire"
)

// Arg0 is the name under which this program is started as a worker.
const Arg0 = "fivetuple-worker"

// Descriptors of a worker.
const (
	CommandFD = 3
	EventFD   = 4
)

// Premises are what a worker can make before it knows its lab: its root,
// hosts, and what leads from them into our hands.
type Premises struct {
	Topology lab.Topology
	Hosts    int      // of a lan
	Extra    []string // folders of the machine that programs need beside the system's
	Shared   bool     // no namespaces: see shared.go
	Python   string   // path of an interpreter that waits for each program, where [Sleeps] allows it
}

// Spec is what a worker is told to run.
type Spec struct {
	Lab         *lab.Lab          // of the topology of the premises
	Cut         bool              // its wire is lo, which can only be cut: see cut.go
	Python      string            // path of the interpreter
	Executables []confine.File    // programs that are not the system's own
	Failures    map[string]string // by program: why it could not be compiled before
}

// worker is one sandbox at work.
type worker struct {
	spec Spec
	prepared
	log       *log
	sockets   *sockets
	causes    *causes
	calls     calls
	tracer    *trace.Tracer
	wire      *wire.Wire // nil where no packet passes through our hands
	tap       *wire.Tap  // of lo, on loopback
	programs  map[string]*program
	processes *processes
	kernels   kernels
	refused   map[string]bool   // calls that are not allowed, of which that was told; of the tracer's thread
	failures  map[string]string // by program: why it could not be compiled
	order     []*program

	mu       sync.Mutex
	touched  map[uint64]openCall // open calls, by number
	cause    event.End
	stop     context.CancelFunc
	finished bool // the last program has ended
}

// Main is a worker: it reads its [Premises], makes them, and waits for its
// [Spec] and commands. It returns the process's exit status.
func Main() int {
	heedNoSignal()
	commands := json.NewDecoder(os.NewFile(CommandFD, "commands"))
	var p Premises
	if err := commands.Decode(&p); err != nil {
		fmt.Fprintln(os.Stderr, "worker: read premises:", err)
		return 1
	}
	ready, err := prepare(p)
	var spec Spec
	if err := commands.Decode(&spec); err != nil { // nobody needs it
		ready.remove()
		return 0
	}
	err = run(spec, ready, err, commands)
	ready.remove()
	if err != nil {
		fmt.Fprintln(os.Stderr, "worker:", err)
		return 1
	}
	return 0
}

// prepared is what was made of the premises, as far as that went.
type prepared struct {
	root *confine.Root
	*network
	warm *warm // nil when no interpreter waits
}

// remove removes the folder that is in the place of a root. The process that
// started us does that too, unless it is gone.
func (p *prepared) remove() {
	if p.root != nil {
		_ = p.root.Remove() // the next server sweeps what stays
	}
}

func prepare(p Premises) (ready prepared, err error) {
	if err := confine.KeepDescriptors(); err != nil {
		return ready, err
	}
	if p.Shared {
		return prepareShared(p)
	}
	if ready.root, err = confine.NewRoot(os.Args[1], p.Extra...); err != nil {
		return ready, fmt.Errorf("root: %w", err)
	}
	for _, word := range ready.root.Lacks() {
		fmt.Fprintln(os.Stderr, word) // for whoever asks what works here
	}
	if ready.network, err = newNetwork(p); err != nil {
		return ready, err
	}
	if p.Python != "" && len(ready.root.Lacks()) == 0 {
		ready.warm, err = newWarm(ready.root, ready.network, p.Python)
	}
	return ready, err
}

// run runs a lab on the premises, unless they are unready for a reason.
func run(spec Spec, ready prepared, unready error, commands *json.Decoder) error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	w := &worker{spec: spec, prepared: ready, stop: stop, programs: map[string]*program{}, processes: newProcesses(), touched: map[uint64]openCall{}, refused: map[string]bool{}}
	w.log = newLog(os.NewFile(EventFD, "events"), func() { w.end(event.EndEventLimit) })
	w.log.limit.events, w.log.limit.bytes = uint64(spec.Lab.Limits.Events), spec.Lab.Limits.Bytes
	w.causes, w.calls = newCauses(), newCalls(spec.Lab.Timeline)
	if w.tracer = trace.New(observer{w}); ready.warm != nil {
		w.tracer = ready.warm.tracer
	}

	var written sync.WaitGroup
	written.Go(w.log.run)
	err := unready
	if err == nil {
		w.sockets = newSockets(w.log, w.diags, w.lane, w.causes.last)
		if spec.Cut {
			w.sockets.cut = &cut{spec.Lab.Wire}
		}
		err = w.live(ctx, commands)
	}
	if err != nil {
		err = w.giveUp(err)
	}
	w.endPrograms()
	w.log.emit(event.Event{Kind: event.KindEnd, Cause: &event.Cause{End: w.cause}})
	written.Wait()
	return err
}

// giveUp ends the run and tells why; it returns what it told.
func (w *worker) giveUp(err error) error {
	word := "worker"
	var file *fs.PathError
	if errors.Is(err, unix.ENOSPC) && errors.As(err, &file) && strings.HasPrefix(file.Path, os.Args[1]) { // the folder is the machine's
		word, err = "disk-full", fmt.Errorf("%w; %s", err, machine.FullDisk)
	}
	w.note(word, err.Error())
	w.end(event.EndWorkerDied)
	return err
}

// live sets everything up and runs it until the sandbox ends.
func (w *worker) live(ctx context.Context, commands *json.Decoder) error {
	group, ctx := errgroup.WithContext(ctx)
	if err := w.root.Place(w.files()); err != nil {
		return fmt.Errorf("place programs: %w", err)
	}
	if err := w.build(ctx); err != nil {
		return err
	}
	if err := w.root.Seal(); err != nil {
		return err
	}
	if err := w.sysctl(); err != nil {
		return err
	}
	if w.root.Path("") != "" {
		w.tracer.Divert(w.divert)
	}
	carry := w.join()
	w.announce()
	group.Go(func() error { return w.trace(ctx) })
	group.Go(func() error { return carry(ctx) })
	group.Go(func() error { return w.sockets.watch(ctx, w.drain, w.endWhenSettled) })
	group.Go(func() error { return w.watchMemory(ctx) })
	group.Go(func() error { return w.watchDisk(ctx) })
	group.Go(func() error { return w.follow(ctx, w.spec.Lab.Timeline) })
	limit := time.AfterFunc(w.spec.Lab.Limits.Time, func() { w.end(event.EndTimeLimit) })
	defer limit.Stop()
	if err := w.launch(ctx, group); err != nil {
		w.stop()
		return errors.Join(err, group.Wait())
	}
	// What came before now waits in the pipe: earlier there was nobody to
	// whom a line of input could be given.
	go w.obey(commands) // ends with the process: a read cannot be taken back
	return group.Wait()
}

// end ends the sandbox. The first cause counts.
func (w *worker) end(cause event.End) {
	w.mu.Lock()
	if w.cause == "" {
		w.cause = cause
	}
	w.mu.Unlock()
	w.stop()
}

// endWhenSettled ends the sandbox when every program has ended and neither
// the kernel nor the wire has anything left to do.
func (w *worker) endWhenSettled() {
	w.discardedLater()
	w.mu.Lock()
	finished := w.finished
	w.mu.Unlock()
	if finished && (w.wire == nil || w.wire.Waiting() == 0) && w.sockets.settled() {
		w.end(event.EndFinished)
	}
}

func (w *worker) note(code, text string) {
	w.log.emit(event.Event{Kind: event.KindNote, Text: code, Error: text})
}

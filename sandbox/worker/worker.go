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
	"os"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sys/unix"

	"fivetuple/sandbox/confine"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/host"
	"fivetuple/sandbox/lab"
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

// Spec is what a worker is told to run.
type Spec struct {
	Lab         *lab.Lab
	Python      string         // path of the interpreter
	Extra       []string       // folders of the machine that programs need beside the system's
	Executables []confine.File // programs that are not the system's own
}

// worker is one sandbox at work.
type worker struct {
	spec     Spec
	log      *log
	hosts    map[string]*host.Host // by name
	sockets  *sockets
	discards map[string]*discards // by host
	causes   *causes
	tracer   *trace.Tracer
	wire     *wire.Wire // nil where no packet passes through our hands
	tap      *wire.Tap  // of lo, on loopback
	programs map[string]*program
	order    []*program

	mu       sync.Mutex
	touched  map[uint64]openCall // open calls, by number
	cause    event.End
	stop     context.CancelFunc
	finished bool // the last program has ended
}

// Main is a worker. It returns the process's exit status.
func Main() int {
	commands := json.NewDecoder(os.NewFile(CommandFD, "commands"))
	var spec Spec
	if err := commands.Decode(&spec); err != nil {
		fmt.Fprintln(os.Stderr, "worker: read spec:", err)
		return 1
	}
	err := confine.KeepDescriptors()
	if err == nil {
		err = run(spec, commands)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "worker:", err)
		return 1
	}
	return 0
}

func run(spec Spec, commands *json.Decoder) error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	w := &worker{spec: spec, stop: stop, hosts: map[string]*host.Host{}, discards: map[string]*discards{}, programs: map[string]*program{}, touched: map[uint64]openCall{}}
	w.log = newLog(os.NewFile(EventFD, "events"), func() { w.end(event.EndEventLimit) })
	w.log.limit.events, w.log.limit.bytes = uint64(spec.Lab.Limits.Events), spec.Lab.Limits.Bytes
	w.sockets = &sockets{log: w.log, lane: w.lane, wake: make(chan struct{}, 1), lanes: map[port]string{}, dialed: map[port]string{}}
	w.causes = newCauses()
	w.sockets.last = w.causes.last
	w.tracer = trace.New(observer{w})

	var written sync.WaitGroup
	written.Go(w.log.run)
	err := w.live(ctx, commands)
	if err != nil {
		w.note("worker", err.Error())
		w.end(event.EndWorkerDied)
	}
	_ = unix.Kill(-1, unix.SIGKILL) // everything in this pid namespace but ourselves
	w.log.emit(event.Event{Kind: event.KindEnd, Cause: &event.Cause{End: w.cause}})
	written.Wait()
	return err
}

// live sets everything up and runs it until the sandbox ends.
func (w *worker) live(ctx context.Context, commands *json.Decoder) error {
	group, ctx := errgroup.WithContext(ctx)
	if err := confine.Root(w.files(), w.spec.Extra...); err != nil {
		return fmt.Errorf("root: %w", err)
	}
	carry, err := w.network()
	if err != nil {
		return err
	}
	w.announce()
	group.Go(func() error { return w.tracer.Run(ctx) })
	group.Go(func() error { return carry(ctx) })
	group.Go(func() error { return w.sockets.watch(ctx, w.endWhenSettled) })
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

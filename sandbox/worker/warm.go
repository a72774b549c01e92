//go:build linux

package worker

import (
	"context"

	"golang.org/x/sync/errgroup"

	"fivetuple/sandbox/confine"
	"fivetuple/sandbox/host"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/trace"
)

// sleepers are the programs whose interpreters start before the lab is
// known: those of nearly every lab, each with its host's name.
var sleepers = map[string]string{"server": "server.py", "client": "client.py"}

// Sleeps says whether interpreters may start for the programs of l before
// they are known.
func Sleeps(l *lab.Lab) bool {
	limits, usual := l.Limits.WithDefaults(), lab.Limits{}.WithDefaults()
	if limits.CPU != usual.CPU || limits.Memory != usual.Memory || limits.Files != usual.Files || limits.Processes != usual.Processes {
		return false
	}
	if l.Topology != lab.Wire && l.Topology != lab.Loopback || l.AllCalls || len(l.Programs) != len(sleepers) {
		return false
	}
	for _, p := range l.Programs {
		if p.File == "" || p.File != sleepers[p.Name] || p.Host != p.Name || len(p.Command) > 0 {
			return false
		}
	}
	return true
}

// warm is a tracer and the interpreters that wait under it.
type warm struct {
	tracer   *trace.Tracer
	stop     context.CancelFunc
	stopped  chan struct{} // closed when the tracer has stopped
	programs map[string]*sleeper
}

// sleeper is an interpreter that waits for a byte on its standard input.
type sleeper struct {
	pid     int
	streams *streams
	lines   lines
}

// newWarm starts the interpreters, with python, on the hosts of n.
func newWarm(root *confine.Root, n *network, python string) (*warm, error) {
	if err := root.Place(runner()); err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(context.Background())
	w := &warm{tracer: trace.New(nil), stop: stop, stopped: make(chan struct{}), programs: map[string]*sleeper{}}
	go func() {
		defer close(w.stopped)
		_ = w.tracer.Run(ctx) // it fails only with the process
	}()
	var starting errgroup.Group
	for name, file := range sleepers {
		s := &sleeper{}
		w.programs[name] = s
		on := n.hosts[name]
		if on == nil {
			on = n.hosts[localhost]
		}
		launch := pythonLaunch(root, python, name, file)
		launch.Env = append(launch.Env, "FIVETUPLE_WAITS=1")
		launch.Traced = w.tracer.Traced(false)
		root.Restrict(&launch)
		limit(&launch, lab.Limits{}.WithDefaults())
		starting.Go(func() (err error) {
			if s.lines, err = newLines(root.Path(linesPath(name))); err != nil {
				return err
			}
			return s.start(w.tracer, name, launch, on)
		})
	}
	return w, starting.Wait()
}

// start starts the interpreter of the program called name.
func (s *sleeper) start(t *trace.Tracer, name string, launch confine.Launch, on *host.Host) (err error) {
	if s.streams, err = newStreams(); err != nil {
		return err
	}
	pid, tid, conn, err := s.streams.launch(launch, on)
	if err != nil {
		return err
	}
	if err := t.Attach(name, pid, tid, trace.Mode{Asleep: true}); err != nil {
		return err
	}
	s.pid = pid
	return confine.Go(conn)
}

// wake has the interpreter go on.
func (s *sleeper) wake() error {
	_, err := s.streams.stdin.Write([]byte{'\n'})
	return err
}

// sleeper is the interpreter that waits for p, nil when there is none.
func (w *worker) sleeper(p *program) *sleeper {
	if w.warm == nil {
		return nil
	}
	return w.warm.programs[p.Name]
}

// trace runs the tracer until ctx ends. The programs would end with its
// thread, but Go keeps one that was the process's first.
func (w *worker) trace(ctx context.Context) error {
	defer w.killPrograms()
	if w.warm == nil {
		return w.tracer.Run(ctx)
	}
	<-ctx.Done()
	w.warm.stop()
	<-w.warm.stopped
	return nil
}

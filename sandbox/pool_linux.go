package sandbox

import (
	"context"
	"reflect"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/worker"
)

// Pool keeps workers warm: they have their namespaces, root, hosts, links and
// interpreters, and wait for a lab of their topology.
type Pool struct {
	idle   map[lab.Topology]chan *Sandbox
	cancel context.CancelFunc
	filled sync.WaitGroup // of what starts workers
}

// warmTopologies are those whose workers wait: nearly every lab is one of
// them.
var warmTopologies = []lab.Topology{lab.Wire, lab.Loopback}

// NewPool returns a pool in which size workers of each common topology wait,
// at least one. It fills itself as long as workers can be started. It must
// be closed.
func NewPool(size int) *Pool {
	ctx, cancel := context.WithCancel(context.Background())
	p := &Pool{idle: map[lab.Topology]chan *Sandbox{}, cancel: cancel}
	python, extra, err := findPython()
	if err != nil {
		return p // nearly every lab needs it
	}
	for _, t := range warmTopologies {
		idle := make(chan *Sandbox, max(size, 1)-1)
		p.idle[t] = idle
		p.filled.Go(func() { fill(ctx, idle, worker.Premises{Topology: t, Extra: extra, Python: python}) })
	}
	return p
}

// How long a pool waits before it starts a worker again that could not be
// started: longer each time, for the machine may have no namespaces at all.
const (
	firstRest = time.Second
	longRest  = time.Minute
)

// fill starts a worker for each place; one more waits in its hand.
func fill(ctx context.Context, idle chan<- *Sandbox, premises worker.Premises) {
	rest := firstRest
	for {
		s, err := spawn(premises)
		if err != nil { // Start tells whoever wants a sandbox
			select {
			case <-time.After(rest):
				rest = min(2*rest, longRest)
				continue
			case <-ctx.Done():
				return
			}
		}
		rest = firstRest
		select {
		case idle <- s:
		case <-ctx.Done():
			s.discard()
			return
		}
	}
}

// Start is [Start] with a worker that waits already, where there is one that
// has what l needs.
func (p *Pool) Start(ctx context.Context, l *lab.Lab) (*Sandbox, error) {
	spec, err := specify(l)
	if err != nil {
		return nil, err
	}
	if s := p.take(spec.premises); s != nil {
		s.begin(ctx, &spec.Spec)
		return s, nil
	}
	return start(ctx, spec, l)
}

// take is a worker that waits and has these premises, nil when there is none.
// Some have died meanwhile, or have another Python than there is now.
func (p *Pool) take(premises worker.Premises) *Sandbox {
	if premises.Python == "" {
		return nil
	}
	for {
		select {
		case s := <-p.idle[premises.Topology]: // of other topologies none ever comes
			if s.lives() && reflect.DeepEqual(s.premises, premises) {
				return s
			}
			s.discard()
		default:
			return nil
		}
	}
}

// lives says whether a worker that waits has not ended.
func (s *Sandbox) lives() bool {
	var ended unix.Siginfo // of nobody, as long as it lives
	err := unix.Waitid(unix.P_PID, s.PID(), &ended, unix.WEXITED|unix.WNOHANG|unix.WNOWAIT, nil)
	return err == nil && ended.Signo == 0
}

// Close ends the workers that wait. Sandboxes that were started go on.
func (p *Pool) Close() {
	p.cancel()
	p.filled.Wait()
	for _, idle := range p.idle {
		for len(idle) > 0 {
			(<-idle).discard()
		}
	}
}

package sandbox

import (
	"context"
	"reflect"
	"sync"

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

// fill starts a worker for each place; one more waits in its hand.
func fill(ctx context.Context, idle chan<- *Sandbox, premises worker.Premises) {
	for {
		s, err := spawn(premises)
		if err != nil {
			return // Start tells whoever wants a sandbox
		}
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
	if spec.premises.Python != "" {
		select {
		case s := <-p.idle[l.Topology]: // of other topologies none ever comes
			if !reflect.DeepEqual(s.premises, spec.premises) { // there is another Python now
				s.discard()
				break
			}
			s.begin(ctx, &spec.Spec)
			return s, nil
		default:
		}
	}
	return Start(ctx, l)
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

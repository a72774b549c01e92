package sandbox

import (
	"context"

	"fivetuple/sandbox/lab"
)

// Pool keeps workers warm: they have their namespaces and wait for a lab.
type Pool struct {
	idle   chan *Sandbox
	cancel context.CancelFunc
	done   chan struct{} // closed when nothing is started any more
}

// NewPool returns a pool in which size workers wait, at least one. It fills
// itself as long as workers can be started. It must be closed.
func NewPool(size int) *Pool {
	ctx, cancel := context.WithCancel(context.Background())
	p := &Pool{idle: make(chan *Sandbox, max(size, 1)-1), cancel: cancel, done: make(chan struct{})}
	go p.fill(ctx)
	return p
}

// fill starts a worker for each place; one more waits in its hand.
func (p *Pool) fill(ctx context.Context) {
	defer close(p.done)
	for {
		s, err := spawn()
		if err != nil {
			return // Start tells whoever wants a sandbox
		}
		select {
		case p.idle <- s:
		case <-ctx.Done():
			s.discard()
			return
		}
	}
}

// Start is [Start] with a worker that waits already, where there is one.
func (p *Pool) Start(ctx context.Context, l *lab.Lab) (*Sandbox, error) {
	select {
	case s := <-p.idle:
		spec, err := specify(l)
		if err != nil {
			s.discard()
			return nil, err
		}
		s.begin(ctx, spec)
		return s, nil
	default:
		return Start(ctx, l)
	}
}

// Close ends the workers that wait. Sandboxes that were started go on.
func (p *Pool) Close() {
	p.cancel()
	<-p.done
	for {
		select {
		case s := <-p.idle:
			s.discard()
		default:
			return
		}
	}
}

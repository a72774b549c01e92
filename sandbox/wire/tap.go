//go:build linux

package wire

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sys/unix"

	"fivetuple/sandbox/packet"
)

// Tap watches the packets of a link without touching them: a host's own lo,
// where the kernel hands each packet over in the moment it is sent.
type Tap struct {
	observer Observer
	host     string
	port     *Port

	mu      sync.Mutex
	decoder *packet.Decoder
	buf     []byte
	lastID  uint64
}

// NewTap returns a tap on host's link. The tap owns the port from now on.
func NewTap(observer Observer, host string, port *Port) *Tap {
	return &Tap{observer: observer, host: host, port: port, decoder: packet.NewDecoder(), buf: make([]byte, longest)}
}

// Run watches until ctx ends, then closes the port. Each packet is told as
// sent, delivered and arrived at once.
func (t *Tap) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		err := t.port.each(t.take)
		if errors.Is(err, os.ErrClosed) || ctx.Err() != nil {
			return nil
		}
		return fmt.Errorf("read frames of %s: %w", t.host, err)
	})
	group.Go(func() error {
		<-ctx.Done()
		return t.port.Close()
	})
	return group.Wait()
}

// Drain tells of every packet that was sent before it was called: what a
// system call sends over lo has been there when the call returns.
func (t *Tap) Drain() { t.port.now(t.take) }

// take reads the frames that are there from the packet socket; more is false
// when there are none.
func (t *Tap) take(fd uintptr) (more bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for {
		n, sent, err := read(int(fd), t.buf)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		if err != nil || n == 0 {
			return more
		}
		more = true
		t.lastID++
		p := &Packet{ID: t.lastID, SentAt: sent, From: t.host, To: t.host, Frame: slices.Clone(t.buf[:n])}
		p.Headers = t.decoder.Decode(p.Frame)
		t.observer.Sent(p)
		t.observer.Delivered(p)
		t.observer.Arrived(p)
	}
}

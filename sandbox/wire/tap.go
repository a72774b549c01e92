//go:build linux

package wire

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"golang.org/x/sync/errgroup"

	"fivetuple/sandbox/packet"
)

// Tap watches the packets of a link without touching them: a host's own lo,
// where the kernel hands each packet over in the moment it is sent.
type Tap struct {
	observer Observer
	host     string
	port     *Port
}

// NewTap returns a tap on host's link. The tap owns the port from now on.
func NewTap(observer Observer, host string, port *Port) *Tap {
	return &Tap{observer, host, port}
}

// Run watches until ctx ends, then closes the port. Each packet is told as
// sent, delivered and arrived at once.
func (t *Tap) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return t.read(ctx) })
	group.Go(func() error {
		<-ctx.Done()
		return t.port.Close()
	})
	return group.Wait()
}

func (t *Tap) read(ctx context.Context) error {
	decoder := packet.NewDecoder()
	buf := make([]byte, 64<<10)
	for id := uint64(1); ; id++ {
		n, err := t.port.Read(buf)
		if errors.Is(err, os.ErrClosed) || ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read frames of %s: %w", t.host, err)
		}
		p := &Packet{ID: id, From: t.host, To: t.host, Frame: slices.Clone(buf[:n])}
		p.Headers = decoder.Decode(p.Frame)
		t.observer.Sent(p)
		t.observer.Delivered(p)
		t.observer.Arrived(p)
	}
}

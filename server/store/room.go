package store

import (
	"context"
	"errors"
	"fmt"
)

// ErrFull means that the disk of the folder is full.
var ErrFull = errors.New("its disk is full")

// room is how many bytes must be free where something is to be written. A
// server of our own whose write fails writes no more until it is started
// anew, and answers nobody: it must not come to that.
const room = 1 << 20

// roomy says that size bytes, and then a little more, can be written to the
// folder dir. The error wraps [ErrFull]; nothing is wrong where what is free
// cannot be known.
func roomy(dir string, size int64) error {
	need := room + size
	if n, ok := free(dir); ok && n < need {
		return fmt.Errorf("%s: %w: %d KiB are free, %d KiB must be", dir, ErrFull, n>>10, need>>10)
	}
	return nil
}

// begin begins to write size bytes, which find room, and end must be called
// when they are written. Nobody else writes meanwhile: two who look at once
// would each find the room that there is for one. The error wraps [ErrFull],
// or is that of ctx. Of a cluster elsewhere we know nothing, and nobody waits.
func (s *Store) begin(ctx context.Context, size int64) (end func(), err error) {
	if s.dir == "" {
		return func() {}, nil
	}
	end, err = s.writers.take(ctx)
	if err != nil {
		return nil, err
	}
	if err := roomy(s.dir, size); err != nil {
		end()
		return nil, err
	}
	return end, nil
}

// turn is one's at a time.
type turn chan struct{}

func newTurn() turn { return make(turn, 1) }

// take waits for the turn, which is over with end. The error is that of ctx.
func (t turn) take(ctx context.Context) (end func(), err error) {
	select {
	case t <- struct{}{}:
		return func() { <-t }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

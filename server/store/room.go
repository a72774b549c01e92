package store

import (
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

// roomFor says that size bytes can be put; of a cluster elsewhere we know
// nothing.
func (s *Store) roomFor(size int64) error {
	if s.dir == "" {
		return nil
	}
	return roomy(s.dir, size)
}

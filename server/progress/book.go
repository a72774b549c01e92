package progress

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"sync"
	"time"

	"fivetuple/server/store"
)

// bounds: a record of the whole course is about 50 kB. One who stays away for
// thirteen months is forgotten, as the page of a learner's progress says.
var bounds = store.Bounds{Value: 256 << 10, All: 4 << 30, Rest: 13 * 30 * 24 * time.Hour}

// Book keeps the records of all learners.
type Book struct {
	bucket *store.Bucket
	seed   maphash.Seed
	turns  [64]sync.Mutex // by learner: who changes a record here waits for others who do
}

// OpenBook opens the book in a store.
func OpenBook(ctx context.Context, s *store.Store) (*Book, error) {
	b, err := s.Bucket(ctx, "progress", bounds)
	if err != nil {
		return nil, err
	}
	return &Book{bucket: b, seed: maphash.MakeSeed()}, nil
}

var (
	// ErrUnreadable is in the chain when something is kept of a learner that
	// this program cannot read. It is left as it is.
	ErrUnreadable = errors.New("the record of a learner cannot be read")
	// ErrNotKept is in the chain when a record cannot be had or changed.
	ErrNotKept = errors.New("progress is not kept")
)

// Load is the record of a learner; it is nil when nothing is kept. The error
// wraps [ErrNotKept], and [ErrUnreadable] where a record is there.
func (b *Book) Load(ctx context.Context, learner string) (*Record, error) {
	r, _, err := b.load(ctx, learner)
	return r, err
}

func (b *Book) load(ctx context.Context, learner string) (r *Record, revision uint64, err error) {
	value, revision, err := b.bucket.Get(ctx, learner)
	if err != nil {
		return nil, 0, fmt.Errorf("%w: %w", ErrNotKept, err)
	}
	if revision == 0 {
		return nil, 0, nil
	}
	if r, err = readRecord(value); err != nil {
		return nil, 0, fmt.Errorf("%w: %w: %w", ErrNotKept, ErrUnreadable, err)
	}
	return r, revision, nil
}

// readRecord is a record as it is kept.
func readRecord(value []byte) (r *Record, err error) {
	if err := json.Unmarshal(value, &r); err != nil {
		return nil, err
	}
	if r == nil {
		return nil, errors.New("it is null")
	}
	if r.Version > Version {
		return nil, fmt.Errorf("it has version %d, this program knows %d", r.Version, Version)
	}
	return r, nil
}

// attempts: another server of the same store may write at once.
const attempts = 5

// Change changes the record of a learner, which is on disk when it returns.
// The error is that of change, or wraps [ErrNotKept].
func (b *Book) Change(ctx context.Context, learner string, change func(*Record) error) error {
	turn := &b.turns[maphash.String(b.seed, learner)%uint64(len(b.turns))]
	turn.Lock()
	defer turn.Unlock()
	for range attempts {
		r, revision, err := b.load(ctx, learner)
		if err != nil {
			return err
		}
		if r == nil {
			r = &Record{}
		}
		if err := change(r); err != nil {
			return err
		}
		r.Version = Version
		value, err := json.Marshal(r)
		if err != nil {
			return err
		}
		err = b.bucket.Put(ctx, learner, value, revision)
		switch {
		case err == nil:
			return nil
		case !errors.Is(err, store.ErrChanged):
			return fmt.Errorf("%w: %w", ErrNotKept, err)
		}
	}
	return fmt.Errorf("%w: %w", ErrNotKept, store.ErrChanged)
}

// ErrNotErased is in the chain when a learner cannot be forgotten.
var ErrNotErased = errors.New("progress is not erased")

// Erase forgets a learner. The error wraps [ErrNotErased].
func (b *Book) Erase(ctx context.Context, learner string) error {
	if err := b.bucket.Erase(ctx, learner); err != nil {
		return fmt.Errorf("%w: %w", ErrNotErased, err)
	}
	return nil
}

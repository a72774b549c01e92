package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Objects holds values that are too large for a [Bucket]: each is written in
// pieces, and is there when all of them are. They are written one at a time:
// two that are written at once under one key leave the pieces of one behind,
// and of two that look at once for room one may lose a piece.
type Objects struct {
	store   *Store
	all     int64
	obs     jetstream.ObjectStore
	writers turn
}

// ErrBound means that a value would go beyond the bound of all together.
var ErrBound = errors.New("the bound of all values together is reached")

// overBound is JetStream's code for what would exceed a stream's bytes.
const overBound = 10077

// JetStream writes more than a value's bytes, and counts that, too: with each
// piece of pieceSize bytes its subject and numbers, and a message that names
// the pieces.
const (
	pieceSize  = 128 << 10
	piecePlus  = 128 // at most
	objectPlus = 1 << 10
)

// taken is how many bytes of the bound a value of size bytes takes, at most.
// It must find room as a whole: where a piece finds none, the message may, and
// the value that was there before is gone.
func taken(size int64) int64 { return size + (size/pieceSize+1)*piecePlus + objectPlus }

// objectWait is how long writing or reading one object may take.
const objectWait = 30 * time.Second

// Objects opens the objects of a name, and makes room for them when there is
// none. Of the bounds, that of one value is not looked at.
func (s *Store) Objects(ctx context.Context, name string, b Bounds) (*Objects, error) {
	obs, err := s.js.CreateOrUpdateObjectStore(ctx, jetstream.ObjectStoreConfig{
		Bucket: name, TTL: b.Rest, MaxBytes: b.All, Storage: jetstream.FileStorage,
	})
	if err != nil {
		return nil, err
	}
	return &Objects{s, b.All, obs, newTurn()}, nil
}

// Get returns the value of key; it is nil when there is none.
func (o *Objects) Get(ctx context.Context, key string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, objectWait)
	defer cancel()
	value, err := o.obs.GetBytes(ctx, key)
	if errors.Is(err, jetstream.ErrObjectNotFound) {
		return nil, nil
	}
	return value, err
}

// Put puts a value in the place of the one that key has. It is on disk when
// Put returns; the old one stays until then, and both must find room. The
// error wraps [ErrBound] or [ErrFull] when there is none. A caller who goes
// away does not stop it half way.
func (o *Objects) Put(ctx context.Context, key string, value []byte) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), objectWait)
	defer cancel()
	end, err := o.begin(ctx, int64(len(value)))
	if err != nil {
		return err
	}
	defer end()
	status, err := o.obs.Status(ctx)
	if err != nil {
		return err
	}
	if have := int64(status.Size()); have+taken(int64(len(value))) > o.all {
		return fmt.Errorf("%w: %d of %d MiB", ErrBound, have>>20, o.all>>20)
	}
	_, err = o.obs.PutBytes(ctx, key, value)
	var refused *jetstream.APIError
	if errors.As(err, &refused) && refused.ErrorCode == overBound {
		return fmt.Errorf("%w: %w", ErrBound, err)
	}
	return err
}

// begin is as [Store.begin], and waits for other objects, too.
func (o *Objects) begin(ctx context.Context, size int64) (end func(), err error) {
	next, err := o.writers.take(ctx)
	if err != nil {
		return nil, err
	}
	written, err := o.store.begin(ctx, size)
	if err != nil {
		next()
		return nil, err
	}
	return func() { written(); next() }, nil
}

// Erase takes the value of key away. That there is none is no error.
func (o *Objects) Erase(ctx context.Context, key string) error {
	end, err := o.begin(ctx, 0)
	if err != nil {
		return err
	}
	defer end()
	err = o.obs.Delete(ctx, key)
	if errors.Is(err, jetstream.ErrObjectNotFound) {
		return nil
	}
	return err
}

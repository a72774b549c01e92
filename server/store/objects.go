package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Objects holds values that are too large for a [Bucket]: each is written in
// pieces, and is there when all of them are.
type Objects struct {
	store *Store
	all   int64
	obs   jetstream.ObjectStore
}

// ErrBound means that a value would go beyond the bound of all together.
var ErrBound = errors.New("the bound of all values together is reached")

// overBound is JetStream's code for what would exceed a stream's bytes: what it
// writes around a value counts there, too.
const overBound = 10077

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
	return &Objects{s, b.All, obs}, nil
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
	if err := o.store.roomFor(int64(len(value))); err != nil {
		return err
	}
	status, err := o.obs.Status(ctx)
	if err != nil {
		return err
	}
	if have := int64(status.Size()); have+int64(len(value)) > o.all {
		return fmt.Errorf("%w: %d of %d MiB", ErrBound, have>>20, o.all>>20)
	}
	_, err = o.obs.PutBytes(ctx, key, value)
	var refused *jetstream.APIError
	if errors.As(err, &refused) && refused.ErrorCode == overBound {
		return fmt.Errorf("%w: %w", ErrBound, err)
	}
	return err
}

// Erase takes the value of key away. That there is none is no error.
func (o *Objects) Erase(ctx context.Context, key string) error {
	if err := o.store.roomFor(0); err != nil {
		return err
	}
	err := o.obs.Delete(ctx, key)
	if errors.Is(err, jetstream.ErrObjectNotFound) {
		return nil
	}
	return err
}

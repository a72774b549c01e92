package store

import (
	"context"
	"errors"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Bucket holds values by key.
type Bucket struct {
	store *Store
	kv    jetstream.KeyValue
}

// ErrChanged means that somebody else has put a value meanwhile.
var ErrChanged = errors.New("changed meanwhile")

// Bounds are the limits of a bucket.
type Bounds struct {
	Value int32         // bytes of one value
	All   int64         // bytes of all together: what would exceed it is refused
	Rest  time.Duration // after which a value that nobody put again is gone; 0 for never
}

// Bucket opens the bucket of a name, and makes it when it is not there.
func (s *Store) Bucket(ctx context.Context, name string, b Bounds) (*Bucket, error) {
	kv, err := s.js.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{
		Bucket: name, MaxValueSize: b.Value, MaxBytes: b.All, History: 1, TTL: b.Rest, Storage: jetstream.FileStorage,
	})
	if err != nil {
		return nil, err
	}
	return &Bucket{s, kv}, nil
}

// Get returns the value of key and its revision; there is no value at
// revision 0.
func (b *Bucket) Get(ctx context.Context, key string) (value []byte, revision uint64, err error) {
	entry, err := b.kv.Get(ctx, key)
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	return entry.Value(), entry.Revision(), nil
}

// Put puts a value in the place of the one at revision, 0 for none. It is on
// disk when Put returns. The error is [ErrChanged] when that revision is no
// longer the last, [ErrFull] when there is no room.
func (b *Bucket) Put(ctx context.Context, key string, value []byte, revision uint64) error {
	end, err := b.store.begin(ctx, int64(len(value)))
	if err != nil {
		return err
	}
	defer end()
	if revision == 0 {
		_, err = b.kv.Create(ctx, key, value)
	} else {
		_, err = b.kv.Update(ctx, key, value, revision)
	}
	if errors.Is(err, jetstream.ErrKeyExists) {
		return ErrChanged
	}
	return err
}

// Erase takes the value of key away, and every trace of it. The error is
// [ErrFull] when there is no room to note that.
func (b *Bucket) Erase(ctx context.Context, key string) error {
	end, err := b.store.begin(ctx, 0)
	if err != nil {
		return err
	}
	defer end()
	return b.kv.Purge(ctx, key)
}

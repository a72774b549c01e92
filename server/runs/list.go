package runs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"fivetuple/server/store"
)

// Link is a run as its learner's list names it.
type Link struct {
	ID     string            `json:"id"`
	Lab    string            `json:"lab"`
	Title  map[string]string `json:"title"`
	Kept   time.Time         `json:"kept"`
	Ended  bool              `json:"ended"`
	Events int               `json:"events"`
	Bytes  int64             `json:"bytes"` // packed
}

func newLink(id string, h Head, bytes int64) Link {
	return Link{ID: id, Lab: h.Lab, Title: h.Title, Kept: h.Kept, Ended: h.Ended, Events: h.Events, Bytes: bytes}
}

// list is the runs of one learner, the oldest first.
type list struct {
	Links []Link `json:"links"`
}

// enter puts link into the list, or in the place of the one with its id. The
// error wraps [ErrOwnFull] when it is one too many.
func (l *list) enter(link Link, limits Limits) error {
	l.take(link.ID)
	bytes := link.Bytes
	for _, other := range l.Links {
		bytes += other.Bytes
	}
	if len(l.Links) >= limits.Own || bytes > limits.OwnBytes {
		return fmt.Errorf("%w: %d runs, with this one %d bytes", ErrOwnFull, len(l.Links), bytes)
	}
	l.Links = append(l.Links, link)
	return nil
}

func (l *list) take(id string) {
	l.Links = slices.DeleteFunc(l.Links, func(link Link) bool { return link.ID == id })
}

// List is the runs of a learner, the newest first.
func (s *Shelf) List(ctx context.Context, owner string) ([]Link, error) {
	l, _, err := s.list(ctx, owner)
	slices.Reverse(l.Links)
	return l.Links, err
}

// list is what is kept of a learner's runs, without those whose time is over.
func (s *Shelf) list(ctx context.Context, owner string) (l list, revision uint64, err error) {
	value, revision, err := s.lists.Get(ctx, owner)
	if err == nil && revision > 0 {
		err = json.Unmarshal(value, &l)
	}
	if err != nil {
		return list{}, 0, fmt.Errorf("%w: %w", ErrNotKept, err)
	}
	gone := time.Now().Add(-s.limits.Rest)
	l.Links = slices.DeleteFunc(l.Links, func(link Link) bool { return link.Kept.Before(gone) })
	return l, revision, nil
}

// has is the link of an id in a learner's list.
func (s *Shelf) has(ctx context.Context, owner, id string) (Link, bool) {
	l, _, _ := s.list(ctx, owner) // one that cannot be read is empty
	i := slices.IndexFunc(l.Links, func(link Link) bool { return link.ID == id })
	if i < 0 {
		return Link{}, false
	}
	return l.Links[i], true
}

// attempts: two tabs of one learner may write at once.
const attempts = 5

// change changes the list of a learner. The error is that of f, or wraps
// [ErrNotKept].
func (s *Shelf) change(ctx context.Context, owner string, f func(*list) error) error {
	for range attempts {
		l, revision, err := s.list(ctx, owner)
		if err != nil {
			return err
		}
		if err := f(&l); err != nil {
			return err
		}
		value, err := json.Marshal(l)
		if err != nil {
			return err
		}
		err = s.lists.Put(ctx, owner, value, revision)
		if err == nil {
			return nil
		}
		if !errors.Is(err, store.ErrChanged) {
			return fmt.Errorf("%w: %w", ErrNotKept, err)
		}
	}
	return fmt.Errorf("%w: %w", ErrNotKept, store.ErrChanged)
}

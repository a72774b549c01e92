package runs

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"time"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/server/store"
)

// Limits bound what is kept.
type Limits struct {
	Run      int64         // bytes of one run's events: the page that shows it has to hold them
	Own      int           // runs of one learner
	OwnBytes int64         // of them together, packed
	All      int64         // bytes of all runs of all learners, packed
	Rest     time.Duration // after which a run is gone
}

// DefaultLimits: a run of the course has from 10 kB to some hundreds, packed
// to about a tenth of that.
func DefaultLimits() Limits {
	return Limits{Run: 16 << 20, Own: 100, OwnBytes: 64 << 20, All: 4 << 30, Rest: 13 * 30 * 24 * time.Hour}
}

// Why a run is not kept, or not there.
var (
	ErrNotKept  = errors.New("runs are not kept")
	ErrEmpty    = errors.New("nothing has happened in the run yet")
	ErrTooLarge = errors.New("the run is too large to be kept")
	ErrOwnFull  = errors.New("as many runs of one learner as may be kept are kept")
	ErrAllFull  = errors.New("as much as may be kept of all runs is kept")
	ErrUnknown  = errors.New("no such run is kept")
)

// Source is a run that is to be kept.
type Source interface {
	ID() string
	Lab() *lab.Lab
	Began() time.Time
	Recording() (events [][]byte, ended bool)
}

// Shelf keeps runs: each is an object of its own, and each learner has a list
// of theirs, which nobody sees but them.
type Shelf struct {
	objects *store.Objects
	lists   *store.Bucket
	limits  Limits
	made    Made
}

// Open opens the shelf in a store, for runs made on what made says.
func Open(ctx context.Context, s *store.Store, limits Limits, made Made) (*Shelf, error) {
	objects, err := s.Objects(ctx, "runs", store.Bounds{All: limits.All, Rest: limits.Rest})
	if err != nil {
		return nil, err
	}
	lists, err := s.Bucket(ctx, "run-lists", store.Bounds{Value: 64 << 10, All: 1 << 30, Rest: limits.Rest})
	if err != nil {
		return nil, err
	}
	return &Shelf{objects, lists, limits, made}, nil
}

// form is the form of an id.
var form = regexp.MustCompile(`^[A-Z2-7]{26}$`)

// newID is the id of a learner's link to a run. It is always the same, so
// that to ask for a link twice gives one; and it can be found out only by who
// knows the sandbox's id, which cannot be guessed.
func newID(sandbox, owner string) string {
	sum := sha256.Sum256([]byte("run\x00" + sandbox + "\x00" + owner))
	return base32.StdEncoding.EncodeToString(sum[:])[:26]
}

// Keep keeps what has happened in a run so far, under a link of owner's. One
// that was kept before grows. may is asked before so many bytes, packed, are
// written; its error is that of Keep.
func (s *Shelf) Keep(ctx context.Context, owner string, from Source, may func(bytes int) error) (Link, error) {
	encoded, _ := from.Recording()
	if len(encoded) == 0 {
		return Link{}, ErrEmpty
	}
	size := int64(0)
	for _, e := range encoded {
		size += int64(len(e))
	}
	if size > s.limits.Run {
		return Link{}, fmt.Errorf("%w: %d bytes, at most %d", ErrTooLarge, size, s.limits.Run)
	}
	id := newID(from.ID(), owner)
	if link, ok := s.has(ctx, owner, id); ok && link.Events >= len(encoded) && s.holds(ctx, id, link.Events) {
		return link, nil
	}
	head := newHead(from.Lab())
	head.Began, head.Kept, head.Made = from.Began().UTC().Truncate(time.Second), time.Now().UTC().Truncate(time.Second), s.made
	if err := head.measure(encoded); err != nil {
		return Link{}, err
	}
	packed, err := pack(head, encoded)
	if err != nil {
		return Link{}, err
	}
	if err := may(len(packed)); err != nil {
		return Link{}, err
	}
	link := newLink(id, head, int64(len(packed)))
	return link, s.put(ctx, owner, link, packed)
}

// holds says whether so many events are kept under an id: where a server ended
// between the two writes of put, the list has more of them than the run.
func (s *Shelf) holds(ctx context.Context, id string, events int) bool {
	packed, err := s.objects.Get(ctx, id)
	if err != nil || packed == nil {
		return false
	}
	var h Head
	_, err = h.begin(packed)
	return err == nil && h.Events >= events
}

// measure takes from a run's last event how long it was, and whether it had
// ended.
func (h *Head) measure(encoded [][]byte) error {
	h.Events = len(encoded)
	var last event.Event
	if err := json.Unmarshal(encoded[h.Events-1], &last); err != nil {
		return fmt.Errorf("event %d: %w", h.Events, err)
	}
	h.Duration, h.Ended = time.Duration(last.T), last.Kind == event.KindEnd
	return nil
}

// put enters a run into its owner's list and then writes it: a list may name
// a run that is not there, but none is there that no list names.
func (s *Shelf) put(ctx context.Context, owner string, link Link, packed []byte) error {
	earlier, had := s.has(ctx, owner, link.ID)
	if err := s.change(ctx, owner, func(l *list) error { return l.enter(link, s.limits) }); err != nil {
		return err
	}
	err := s.objects.Put(ctx, link.ID, packed)
	if err == nil {
		return nil
	}
	_ = s.change(context.WithoutCancel(ctx), owner, func(l *list) error { // else it claims more than is kept
		l.take(link.ID)
		if had {
			l.Links = append(l.Links, earlier)
		}
		return nil
	})
	if errors.Is(err, store.ErrBound) {
		return fmt.Errorf("%w: %w", ErrAllFull, err)
	}
	return fmt.Errorf("%w: %w", ErrNotKept, err)
}

// Load is the run of an id. The error is [ErrUnknown]; that of
// [recording.Read] when the run cannot be read; or wraps [ErrNotKept].
func (s *Shelf) Load(ctx context.Context, id string) (*Run, error) {
	if !form.MatchString(id) {
		return nil, ErrUnknown
	}
	packed, err := s.objects.Get(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotKept, err)
	}
	if packed == nil {
		return nil, ErrUnknown
	}
	run, err := unpack(packed)
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", id, err)
	}
	run.ID = id
	return run, nil
}

// Remove takes a run of owner's away; that of somebody else is [ErrUnknown].
func (s *Shelf) Remove(ctx context.Context, owner, id string) error {
	if _, ok := s.has(ctx, owner, id); !ok {
		return ErrUnknown
	}
	if err := s.objects.Erase(ctx, id); err != nil {
		return fmt.Errorf("%w: %w", ErrNotKept, err)
	}
	return s.change(ctx, owner, func(l *list) error { l.take(id); return nil })
}

// RemoveAll takes every run of owner's away, and their list.
func (s *Shelf) RemoveAll(ctx context.Context, owner string) error {
	links, err := s.List(ctx, owner)
	if err != nil {
		return err
	}
	for _, link := range links {
		if err := s.objects.Erase(ctx, link.ID); err != nil {
			return fmt.Errorf("%w: %w", ErrNotKept, err)
		}
	}
	if err := s.lists.Erase(ctx, owner); err != nil {
		return fmt.Errorf("%w: %w", ErrNotKept, err)
	}
	return nil
}

package store_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"sync"
	"testing"

	"fivetuple/server/store"
)

// random is n bytes that do not pack.
func random(n int) []byte {
	b := make([]byte, n)
	source := rand.NewChaCha8([32]byte{1})
	_, _ = source.Read(b) // it never fails
	return b
}

func objects(t *testing.T, s *store.Store) *store.Objects {
	t.Helper()
	o, err := s.Objects(t.Context(), "things", store.Bounds{All: 4 << 20})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func object(t *testing.T, o *store.Objects, key string, want []byte) {
	t.Helper()
	got, err := o.Get(t.Context(), key)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes of %s, want %d: %v", len(got), key, len(want), err)
	}
}

// TestObjectsLast: what is larger than a message is there when the folder is
// opened again, and nothing is left of what was erased or replaced.
func TestObjectsLast(t *testing.T) {
	dir := t.TempDir()
	s, _ := open(t, dir)
	o := objects(t, s)
	object(t, o, "a", nil)
	if err := o.Erase(t.Context(), "a"); err != nil {
		t.Errorf("erase what is not there: %v", err)
	}
	large := random(3 << 20)
	for range 5 { // five of them would not find room
		if err := o.Put(t.Context(), "a", large[:1<<20]); err != nil {
			t.Fatal(err)
		}
	}
	if err := o.Put(t.Context(), "b", large); !errors.Is(err, store.ErrBound) {
		t.Errorf("put beyond the bound: %v", err)
	}
	object(t, o, "b", nil)
	object(t, o, "a", large[:1<<20])
	s.Close()
	s, _ = open(t, dir)
	o = objects(t, s)
	object(t, o, "a", large[:1<<20])
	if err := o.Erase(t.Context(), "a"); err != nil {
		t.Error(err)
	}
	object(t, o, "a", nil)
	if err := o.Put(t.Context(), "b", large); err != nil {
		t.Errorf("put where one was erased: %v", err)
	}
}

// TestObjectsAtTheBound: however much too large a value is, what was there
// before it stays.
func TestObjectsAtTheBound(t *testing.T) {
	s, _ := open(t, t.TempDir())
	o := objects(t, s)
	value := random(3 << 20)
	old := value[:1<<20]
	if err := o.Put(t.Context(), "a", old); err != nil {
		t.Fatal(err)
	}
	for less := 0; ; less += 256 {
		err := o.Put(t.Context(), "a", value[:len(value)-less])
		if err == nil {
			object(t, o, "a", value[:len(value)-less])
			return
		}
		if !errors.Is(err, store.ErrBound) {
			t.Fatal(err)
		}
		object(t, o, "a", old)
	}
}

// atOnce puts values under keys at once and returns how many found no room.
func atOnce(t *testing.T, o *store.Objects, values map[string][]byte, times int) (refused int) {
	t.Helper()
	var writers sync.WaitGroup
	errs := make(chan error, len(values)*times)
	for key, value := range values {
		for range times {
			writers.Go(func() { errs <- o.Put(t.Context(), key, value) })
		}
	}
	writers.Wait()
	close(errs)
	for err := range errs {
		if errors.Is(err, store.ErrBound) {
			refused++
		} else if err != nil {
			t.Error(err)
		}
	}
	return refused
}

// TestObjectsAtOnce: of two that are put at once where there is room for one,
// one is refused, and what it would have replaced stays.
func TestObjectsAtOnce(t *testing.T) {
	s, _ := open(t, t.TempDir())
	o := objects(t, s)
	old, value := random(1<<20), random(2<<20)
	for range 10 {
		if err := o.Put(t.Context(), "a", old); err != nil {
			t.Fatal(err)
		}
		if refused := atOnce(t, o, map[string][]byte{"a": value, "b": value}, 1); refused != 1 {
			t.Errorf("%d were refused", refused)
		}
		b, err := o.Get(t.Context(), "b")
		if err != nil {
			t.Fatal(err)
		}
		if b == nil {
			object(t, o, "a", value)
		} else {
			object(t, o, "a", old)
			object(t, o, "b", value)
		}
		for _, key := range []string{"a", "b"} {
			if err := o.Erase(t.Context(), key); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestObjectTwiceAtOnce: nothing is left of a value that is put twice at once.
func TestObjectTwiceAtOnce(t *testing.T) {
	s, _ := open(t, t.TempDir())
	o := objects(t, s)
	value := random(3 << 20)
	for range 10 {
		if refused := atOnce(t, o, map[string][]byte{"a": value[:1<<20]}, 3); refused != 0 {
			t.Errorf("%d were refused", refused)
		}
	}
	if err := o.Erase(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	if err := o.Put(t.Context(), "b", value); err != nil {
		t.Errorf("something is left: %v", err)
	}
}

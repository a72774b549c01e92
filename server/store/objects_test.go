package store_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
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

package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"fivetuple/server/store"
)

var bounds = store.Bounds{Value: 1 << 10, All: 1 << 20}

func open(t *testing.T, dir string) (*store.Store, *store.Bucket) {
	t.Helper()
	s, err := store.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	b, err := s.Bucket(t.Context(), "words", bounds)
	if err != nil {
		t.Fatal(err)
	}
	return s, b
}

func value(t *testing.T, b *store.Bucket, key string) (string, uint64) {
	t.Helper()
	v, revision, err := b.Get(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	return string(v), revision
}

// TestLasts: what was put is there when the folder is opened again.
func TestLasts(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	s, b := open(t, dir)
	if v, revision := value(t, b, "a"); v != "" || revision != 0 {
		t.Errorf("%q at %d before it was put", v, revision)
	}
	if err := b.Put(t.Context(), "a", []byte("one"), 0); err != nil {
		t.Fatal(err)
	}
	s.Close()
	_, b = open(t, dir)
	v, revision := value(t, b, "a")
	if v != "one" {
		t.Errorf("%q after opening it again", v)
	}
	if err := b.Put(t.Context(), "a", []byte("two"), revision+1); !errors.Is(err, store.ErrChanged) {
		t.Errorf("put at another revision: %v", err)
	}
	if err := b.Put(t.Context(), "a", []byte("two"), 0); !errors.Is(err, store.ErrChanged) {
		t.Errorf("put as if there were none: %v", err)
	}
	if err := b.Put(t.Context(), "a", []byte("two"), revision); err != nil {
		t.Error(err)
	}
	if err := b.Put(t.Context(), "b", make([]byte, 2<<10), 0); err == nil {
		t.Error("a value over its bound was taken")
	}
	if err := b.Erase(t.Context(), "a"); err != nil {
		t.Error(err)
	}
	if v, revision := value(t, b, "a"); v != "" || revision != 0 {
		t.Errorf("%q at %d after it was erased", v, revision)
	}
	if err := b.Put(t.Context(), "a", []byte("three"), 0); err != nil {
		t.Errorf("put after it was erased: %v", err)
	}
}

func TestInUse(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	if s, err := store.Open(t.Context(), dir); !errors.Is(err, store.ErrInUse) {
		s.Close()
		t.Errorf("a second one: %v", err)
	}
}

// TestDamaged: a folder that cannot be read as a whole is left as it is, and
// when it is mended everything is there.
func TestDamaged(t *testing.T) {
	dir := t.TempDir()
	s, b := open(t, dir)
	if err := b.Put(t.Context(), "a", []byte("one"), 0); err != nil {
		t.Fatal(err)
	}
	s.Close()
	found, err := filepath.Glob(filepath.Join(dir, "nats", "jetstream", "*", "streams", "*", "meta.inf"))
	if err != nil || len(found) != 1 {
		t.Fatalf("%v, %v", found, err)
	}
	whole, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(found[0], []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := store.Open(t.Context(), dir); !errors.Is(err, store.ErrDamaged) {
		s.Close()
		t.Errorf("damaged: %v", err)
	}
	if err := os.WriteFile(found[0], whole, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, b := open(t, dir); b != nil {
		if v, _ := value(t, b, "a"); v != "one" {
			t.Errorf("%q after mending", v)
		}
	}
}

func TestNotWritable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := store.Open(t.Context(), filepath.Join(file, "dir")); err == nil {
		s.Close()
		t.Error("opened below a file")
	}
}

package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"

	"fivetuple/server/progress"
	"fivetuple/server/store"
)

// dataFolder is where what must last is kept when nothing else is said.
func dataFolder() string {
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "fivetuple")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		home = os.TempDir()
	}
	return filepath.Join(home, ".local", "share", "fivetuple")
}

// keepRemedy is what to do where nothing can be kept for a reason.
func keepRemedy(reason error) string {
	if errors.Is(reason, store.ErrFull) || errors.Is(reason, syscall.ENOSPC) {
		return "make room there or choose a folder on another disk with --data, then start again"
	}
	return "choose a folder that can be written with --data"
}

// keep opens what must last; done closes it. Without it the course goes on:
// then the book is nil, and the error says why.
func keep(ctx context.Context, o serveOptions) (book *progress.Book, done func(), err error) {
	var kept *store.Store
	switch {
	case o.nats != "":
		kept, err = store.Connect(ctx, o.nats)
	case o.data != "":
		kept, err = store.Open(ctx, o.data)
	default:
		kept, err = store.Open(ctx, dataFolder())
	}
	if err == nil {
		book, err = progress.OpenBook(ctx, kept)
	}
	return book, kept.Close, err
}

package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"

	"fivetuple/server/progress"
	"fivetuple/server/runs"
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
func keepRemedy(o serveOptions, reason error) string {
	switch {
	case o.nats != "":
		return "see that the cluster answers there and has JetStream, then start again"
	case errors.Is(reason, store.ErrFull) || errors.Is(reason, syscall.ENOSPC):
		return "make room there or choose a folder on another disk with --data, then start again"
	case errors.Is(reason, store.ErrInUse):
		return "end the other one or choose another folder with --data"
	}
	return "choose a folder that can be written with --data"
}

// kept is what must last; where nothing is kept it is empty.
type kept struct {
	book   *progress.Book
	runs   *runs.Shelf
	noRuns error // why runs alone are not kept
}

// keep opens what must last; done closes it. Without it the course goes on,
// and the error says why.
func keep(ctx context.Context, o serveOptions) (k kept, done func(), err error) {
	var s *store.Store
	switch {
	case o.nats != "":
		s, err = store.Connect(ctx, o.nats)
	case o.data != "":
		s, err = store.Open(ctx, o.data)
	default:
		s, err = store.Open(ctx, dataFolder())
	}
	if err != nil {
		return kept{}, s.Close, err
	}
	if k.book, err = progress.OpenBook(ctx, s); err == nil {
		k.runs, k.noRuns = runs.Open(ctx, s, runs.DefaultLimits(), made())
	}
	return k, s.Close, err
}

// made is on what this program makes runs.
func made() runs.Made {
	version := "fivetuple"
	if info, ok := debug.ReadBuildInfo(); ok {
		version += " " + info.Main.Version
	}
	kernel, err := os.ReadFile("/proc/sys/kernel/osrelease")
	if err != nil {
		return runs.Made{Software: version, Kernel: runtime.GOOS}
	}
	return runs.Made{Software: version, Kernel: "Linux " + strings.TrimSpace(string(kernel))}
}

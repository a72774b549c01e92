//go:build linux

package worker

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"fivetuple/sandbox/confine"
	"fivetuple/sandbox/event"
)

// watchDisk ends the programs when their files take more of the machine's
// disk than they may. A root of its own has a disk of its own, with that
// limit; a folder in its place has none, and the kernel limits no more than
// each file.
func (w *worker) watchDisk(ctx context.Context) error {
	if w.root.Path("") == "" {
		return nil
	}
	look := time.NewTicker(100 * time.Millisecond)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-look.C:
		}
		if w.stored() > confine.TmpSize+confine.RunSize {
			w.killAll(event.LimitDisk)
		}
	}
}

// stored is how many bytes of the disk the files of all programs take: those
// in the folders where they may write, and those that have no name any more
// but are open.
func (w *worker) stored() (sum int64) {
	// What cannot be read has just been removed, or its process has ended.
	for _, dir := range []string{confine.TmpDir, confine.RunDir} {
		_ = filepath.WalkDir(w.root.Path(dir), func(_ string, d fs.DirEntry, err error) error {
			if err == nil {
				info, err := d.Info()
				sum += taken(info, err)
			}
			return nil
		})
	}
	nameless := map[uint64]int64{}
	for _, pid := range w.processes.all() {
		for _, name := range descriptors(pid) {
			info, err := os.Stat(name)
			if err == nil && info.Mode().IsRegular() && info.Sys().(*syscall.Stat_t).Nlink == 0 {
				nameless[info.Sys().(*syscall.Stat_t).Ino] = taken(info, nil)
			}
		}
	}
	for _, n := range nameless {
		sum += n
	}
	return sum
}

// leastTaken is what a file counts at least, so that there are no more of
// them than on a disk of a sandbox's own.
const leastTaken = confine.TmpSize / confine.TmpFiles

func taken(info fs.FileInfo, err error) int64 {
	if err != nil {
		return 0
	}
	return max(info.Sys().(*syscall.Stat_t).Blocks*512, leastTaken)
}

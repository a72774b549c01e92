//go:build linux

package worker

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
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
		if w.stored() > mostStored {
			w.killAll(event.LimitDisk)
		}
	}
}

// mostStored is how many bytes all files may take, as on disks of a sandbox's
// own.
const mostStored = confine.TmpSize + confine.RunSize

// stored is how many bytes of the disk the files of all programs take: those
// in the folders where they may write, and those that have no name any more
// but are open or mapped.
func (w *worker) stored() (sum int64) {
	mapped := w.mapped() // first: those that are open as well are found as such
	files := map[uint64]int64{}
	for _, dir := range []string{confine.TmpDir, confine.RunDir} {
		_ = filepath.WalkDir(w.root.Path(dir), func(_ string, d fs.DirEntry, err error) error {
			var info fs.FileInfo
			if err == nil {
				info, err = d.Info()
			}
			switch { // what cannot be read otherwise has just been removed
			case err == nil:
				files[inode(info)] = taken(info)
			case errors.Is(err, syscall.ENAMETOOLONG):
				sum += mostStored // nobody can tell what lies there
			}
			return nil
		})
	}
	for _, pid := range w.processes.all() {
		for _, name := range descriptors(pid) {
			info, err := os.Stat(name)
			if err == nil && info.Mode().IsRegular() && info.Sys().(*syscall.Stat_t).Nlink == 0 {
				files[inode(info)] = taken(info)
			}
		}
	}
	for _, n := range mapped {
		if _, ok := files[n]; !ok {
			files[n] = confine.TmpSize // the kernel does not tell: as many as it lets a file have
		}
	}
	for _, n := range files {
		sum += n
	}
	return sum
}

// mapped are the inodes of the files of all programs that have no name any
// more and are mapped.
//
// Source: proc_pid_maps(5).
func (w *worker) mapped() (inodes []uint64) {
	ours := []byte("/" + filepath.Base(w.root.Path("")) + "/")
	for _, pid := range w.processes.all() {
		search(pid, func(folder string) bool {
			maps, _ := os.ReadFile(folder + "/maps")
			for line := range bytes.Lines(maps) {
				if !bytes.HasSuffix(line, []byte(" (deleted)\n")) || !bytes.Contains(line, ours) {
					continue
				}
				n, _ := strconv.ParseUint(string(bytes.Fields(line)[4]), 10, 64)
				inodes = append(inodes, n)
			}
			return len(maps) > 0
		})
	}
	return inodes
}

func inode(info fs.FileInfo) uint64 { return info.Sys().(*syscall.Stat_t).Ino }

// leastTaken is what a file counts at least, so that there are no more of
// them than on a disk of a sandbox's own.
const leastTaken = confine.TmpSize / confine.TmpFiles

func taken(info fs.FileInfo) int64 {
	return max(info.Sys().(*syscall.Stat_t).Blocks*512, leastTaken)
}

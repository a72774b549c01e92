package lessons

import (
	"fmt"
	"hash/fnv"
	"io/fs"
	"strconv"
	"sync"
)

// Folder is a course whose files may change while it is read.
type Folder struct {
	fsys fs.FS

	mu     sync.Mutex // guards what follows
	state  uint64     // of the files when they were last read
	course *Course    // the last one that could be loaded
	faults []Fault    // of the files as they are now
}

// OpenFolder loads the course in fsys, which must be whole.
func OpenFolder(fsys fs.FS) (*Folder, error) {
	f := &Folder{fsys: fsys}
	var err error
	if f.state, err = state(fsys); err != nil {
		return nil, err
	}
	f.course, err = Load(fsys)
	return f, err
}

// Course is the course as its files have it now, and what is wrong with
// them: then it is as it was when they were last right. To look whether a
// file has changed takes some microseconds for each; loading is done here,
// and others who ask wait for it.
func (f *Folder) Course() (*Course, []Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now, err := state(f.fsys)
	if err != nil {
		return f.course, Faults(err)
	}
	if now == f.state {
		return f.course, f.faults
	}
	f.state = now // before they are read: what changes meanwhile is seen the next time
	course, err := Load(f.fsys)
	f.faults = Faults(err)
	if err == nil {
		f.course = course
	}
	return f.course, f.faults
}

// Edition names the state of the files of which [Folder.Course] told last.
func (f *Folder) Edition() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return strconv.FormatUint(f.state, 36)
}

// state is a number that is another one when a file was added, removed or
// written.
func state(fsys fs.FS) (uint64, error) {
	sum := fnv.New64a()
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(sum, name, info.Size(), info.ModTime().UnixNano())
		return err
	})
	return sum.Sum64(), err
}

// Package export writes a course as files that any file server can give
// out, under any path: pages whose links are relative, and a recorded run in
// the place of each live lab.
//
//	index.html                    the choice of a language
//	{lang}/index.html             the map of the course
//	{lang}/glossary.html          and sources.html, errata.html, search.html
//	{lang}/search.json            what the search looks through
//	{lang}/{unit}/{lesson}.html
//	runs/{unit}/{lesson}/         a lab's run: the files of [forms.All], and
//	                              answers/{id}.json for each prediction, and
//	                              steps/{id}/ for each step with a claim
//	static/{hash}/                scripts and styles
//	fivetuple-export.json         what this folder is
package export

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// markName is the file by which an earlier export is known.
const markName = "fivetuple-export.json"

// mark says what a folder is.
type mark struct {
	What     string    `json:"what"`
	Made     time.Time `json:"made"`
	Versions string    `json:"versions"`
}

// ErrForeign means that a folder has files that are no export.
var ErrForeign = errors.New("it has files that are no earlier export")

// Folder is a folder that is being written. It takes its place when it is
// whole; until then, and if it never is, what was there stays.
type Folder struct {
	place  string // where it will be
	beside string // where it is written
}

// Begin begins a folder for place, whose parent must exist. A folder that has
// files is refused with [ErrForeign] unless it is an earlier export.
func Begin(place string) (*Folder, error) {
	place, err := filepath.Abs(place)
	if err != nil {
		return nil, err
	}
	if err := replaceable(place); err != nil {
		return nil, fmt.Errorf("export to %s: %w", place, err)
	}
	beside, err := os.MkdirTemp(filepath.Dir(place), "."+filepath.Base(place)+"-")
	if err != nil {
		return nil, fmt.Errorf("export to %s: it is written beside its place: %w", place, err)
	}
	return &Folder{place, beside}, os.Chmod(beside, 0o755) // a file server reads it
}

// replaceable says why what is at place must stay; nil when nothing is there,
// or an empty folder, or an earlier export.
func replaceable(place string) error {
	entries, err := os.ReadDir(place)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	text, err := os.ReadFile(filepath.Join(place, markName))
	var m mark
	if err != nil || json.Unmarshal(text, &m) != nil || m.What != markWhat {
		return fmt.Errorf("%w; name a new folder", ErrForeign)
	}
	return nil
}

const markWhat = "a course exported by fivetuple; the next export replaces this folder"

// File writes one file; name has slashes.
func (f *Folder) File(name string, content []byte) error {
	name = filepath.Join(f.beside, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, content, 0o644)
}

// Place puts the folder in its place, where it replaces an earlier export.
func (f *Folder) Place(made time.Time, versions string) error {
	text, err := json.Marshal(mark{markWhat, made, versions})
	if err == nil {
		err = f.File(markName, append(text, '\n'))
	}
	if err == nil {
		err = replaceable(f.place) // it may have changed while the labs ran
	}
	if err != nil {
		return fmt.Errorf("export to %s: %w", f.place, err)
	}
	earlier := f.beside + ".earlier"
	err = os.Rename(f.place, earlier)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(f.beside, f.place); err != nil {
		return errors.Join(err, ignore(os.Rename(earlier, f.place), fs.ErrNotExist))
	}
	return os.RemoveAll(earlier)
}

// Discard removes what was written, unless it is in its place.
func (f *Folder) Discard() { _ = os.RemoveAll(f.beside) }

func ignore(err, expected error) error {
	if errors.Is(err, expected) {
		return nil
	}
	return err
}

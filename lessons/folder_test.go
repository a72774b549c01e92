package lessons_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"fivetuple/lessons"
)

// save writes a file anew with old replaced by new.
func save(t *testing.T, fsys fstest.MapFS, name, old, new string) {
	t.Helper()
	before := fsys[name]
	after := strings.Replace(string(before.Data), old, new, 1)
	if after == string(before.Data) {
		t.Fatalf("%s: nothing was changed", name)
	}
	fsys[name] = &fstest.MapFile{Data: []byte(after), ModTime: before.ModTime.Add(time.Millisecond)}
}

func title(t *testing.T, c *lessons.Course) string {
	t.Helper()
	l, ok := c.Lesson("en", "u", "l")
	if !ok {
		t.Fatal("no lesson")
	}
	return l.Title
}

func TestFolder(t *testing.T) {
	fsys := files()
	f, err := lessons.OpenFolder(fsys)
	if err != nil {
		t.Fatal(err)
	}
	first, _ := f.Course()
	if again, faults := f.Course(); again != first || faults != nil {
		t.Errorf("it was loaded again though nothing changed, or has faults %v", faults)
	}
	save(t, fsys, "en/u/l.md", "title: T", "title: U")
	if c, faults := f.Course(); title(t, c) != "U" || faults != nil {
		t.Errorf("after a change it is %s, with faults %v", title(t, c), faults)
	}
	save(t, fsys, "en/u/l.md", "title: U", "title: V\nx: 1")
	c, faults := f.Course()
	want := []lessons.Fault{{File: "en/u/l.md", Line: 3, Text: `unknown field "x"`}}
	if diff := cmp.Diff(want, faults); diff != "" || title(t, c) != "U" {
		t.Errorf("with a fault it is %s (-want +got):\n%s", title(t, c), diff)
	}
	save(t, fsys, "en/u/l.md", "\nx: 1", "")
	if c, faults := f.Course(); title(t, c) != "V" || faults != nil {
		t.Errorf("mended it is %s, with faults %v", title(t, c), faults)
	}
}

func TestFolderMustBeginWhole(t *testing.T) {
	if _, err := lessons.OpenFolder(fstest.MapFS{}); err == nil {
		t.Error("a course without course.yaml was opened")
	}
}

func TestFaults(t *testing.T) {
	err := errors.Join(
		errors.Join(errors.New("ko/u/l.md:7: no")),
		fmt.Errorf("labs/u/l/lab.yaml: %w", errors.Join(errors.New("two"), errors.New("things"))),
		&fs.PathError{Op: "open", Path: "course.yaml", Err: fs.ErrNotExist},
	)
	faults := lessons.Faults(err)
	want := []lessons.Fault{{"ko/u/l.md", 7, "no"}, {"labs/u/l/lab.yaml", 0, "two\nthings"}, {"", 0, "open course.yaml: file does not exist"}}
	if diff := cmp.Diff(want, faults); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if place := faults[0].Place() + " " + faults[1].Place(); place != "ko/u/l.md:7 labs/u/l/lab.yaml" {
		t.Errorf("their places are %s", place)
	}
	for i, of := range []bool{true, true, false} {
		if faults[i].Of("ko", "u", "l") != of || faults[i].Of("ko", "u", "other") {
			t.Errorf("%v is %v of the lesson", faults[i], !of)
		}
	}
}

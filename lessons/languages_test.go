package lessons_test

import (
	"io/fs"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fivetuple/lessons"
)

// inLanguages says of which units every program can be had in C, and in Go;
// and of which the programs of every step as well.
var inLanguages = []struct {
	ending       string
	units, steps []string
}{
	{".c", []string{"lifecycle", "handshake", "stream", "ending", "udp", "unix", "servers"}, []string{"lifecycle", "handshake", "ending"}},
	{".go", []string{"servers"}, nil},
}

// TestLanguages: no program of these units falls behind.
func TestLanguages(t *testing.T) {
	c, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range inLanguages {
		for _, l := range c.Labs() {
			unit, name, _ := strings.Cut(l.Name, "/")
			if _, ok := l.In(in.ending); !ok && slices.Contains(in.units, unit) {
				t.Errorf("lab %s: a program has no version in %s", l.Name, in.ending)
			}
			lesson, ok := c.Lesson("en", unit, name)
			if !ok || !slices.Contains(in.steps, unit) {
				continue
			}
			for i, step := range stepsOf(lesson) {
				if step.Set == nil {
					continue
				}
				if _, ok := step.Set.In(l, in.ending); !ok {
					t.Errorf("lab %s, step %d: a program has no version in %s", l.Name, i+1, in.ending)
				}
			}
		}
	}
}

func stepsOf(l *lessons.Lesson) (all []lessons.Step) {
	for _, b := range l.Blocks {
		if steps, ok := b.(*lessons.Steps); ok {
			all = append(all, steps.Items...)
		}
	}
	return all
}

// TestStepsInLanguages: a step that names a file has the versions beside it,
// one that brings a text has none.
func TestStepsInLanguages(t *testing.T) {
	fsys := files()
	fsys["labs/u/l/client.c"] = &fstest.MapFile{Data: []byte("client in C")}
	fsys["labs/u/l/other.py"] = &fstest.MapFile{Data: []byte("other")}
	fsys["labs/u/l/other.c"] = &fstest.MapFile{Data: []byte("other in C")}
	for set, want := range map[string]string{
		"{files: {client: other.py}}":  "other in C",
		"{files: {client: client.py}}": "client in C",
		"{start: run}":                 "client in C",
		"{programs: {client: exit()}}": "",
	} {
		page := strings.Replace(page, "{start: run, programs: {client: exit()}}", set, 1)
		fsys["en/u/l.md"], fsys["ko/u/l.md"] = &fstest.MapFile{Data: []byte(page)}, &fstest.MapFile{Data: []byte(page)}
		c, err := lessons.Load(fsys)
		if err != nil {
			t.Fatal(err)
		}
		l, _ := c.Lesson("en", "u", "l")
		lab, _ := c.Lab("u/l")
		got := ""
		if own, ok := stepsOf(l)[0].Set.In(lab, ".c"); ok {
			got = string(own.Programs[0].Source)
			if own.Programs[0].File != "client.c" {
				t.Errorf("%s: the file is %s", set, own.Programs[0].File)
			}
		}
		if got != want {
			t.Errorf("%s: in C it is %q, want %q", set, got, want)
		}
		if _, ok := stepsOf(l)[0].Set.In(lab, ".go"); ok {
			t.Errorf("%s: it can be had in Go", set)
		}
	}
}

// TestCompilers: either compiler takes each program in C without a word.
func TestCompilers(t *testing.T) {
	course, err := fs.Glob(lessons.Embedded(), "labs/*/*/*.c")
	if err != nil || len(course) < 100 {
		t.Fatalf("%d programs, %v", len(course), err)
	}
	out := path.Join(t.TempDir(), "program.o")
	for _, file := range course {
		for _, compiler := range []string{"cc", "tcc"} {
			if said, err := exec.Command(compiler, "-Wall", "-Werror", "-c", "-o", out, file).CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s", compiler, err, said)
			}
		}
	}
}

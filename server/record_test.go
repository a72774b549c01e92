//go:build linux

package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fivetuple/lessons"
	"fivetuple/sandbox/recording"
)

// TestRecordings: each lab of the course, and each step of which it claims
// something, has a recorded run that fits it, and in which all that is claimed
// came true.
func TestRecordings(t *testing.T) {
	c, err := course("")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range c.Unfit {
		t.Errorf("%s: %s: run make record", f.Place(), f.Text)
	}
	for _, take := range takes(c, c.Labs()) {
		t.Run(take.name(), func(t *testing.T) {
			t.Parallel()
			if err := take.fits(t.Context()); err != nil {
				t.Errorf("%s: %v: run make record", take.file(), err)
			}
		})
	}
}

// TestFigures: what the lessons quote is what the recorded runs give, and is
// written beside them, so that no recording is read at the start.
func TestFigures(t *testing.T) {
	files := os.DirFS("../lessons")
	c, err := lessons.Load(withoutFigures{files})
	if err != nil {
		t.Fatal(err)
	}
	want := c.FigureFiles()
	found, err := fs.Glob(files, "labs/*/*/"+lessons.FiguresFile)
	if err != nil || len(found) != len(want) {
		t.Errorf("%d files with figures, want %d: run make record, %v", len(found), len(want), err)
	}
	for name, text := range want {
		got, err := fs.ReadFile(files, name)
		if diff := cmp.Diff(string(text), string(got)); diff != "" || err != nil {
			t.Errorf("%s: run make record: %v (-want +got):\n%s", name, err, diff)
		}
	}
}

// withoutFigures is a course in which no figure lies beside a recording.
type withoutFigures struct{ fs.FS }

func (f withoutFigures) Open(name string) (fs.File, error) {
	if path.Base(name) == lessons.FiguresFile {
		return nil, fs.ErrNotExist
	}
	return f.FS.Open(name)
}

// recordingsBelow are the names of the recordings of a course.
func recordingsBelow(t *testing.T, dir string) (names []string) {
	t.Helper()
	for _, name := range namesBelow(t, dir) {
		if strings.HasSuffix(name, ".gz") || strings.HasSuffix(name, ".new") {
			names = append(names, name)
		}
	}
	return names
}

// TestRecord records a course, and again after some of it has changed: what
// fits stays, what does not is said by check and recorded anew, what belongs
// to nothing goes.
func TestRecord(t *testing.T) {
	dir := talking(t, "hello")
	own, step := filepath.Join(dir, "labs/u/l/recording.json.gz"), filepath.Join(dir, "labs/u/l/recording.flows.json.gz")
	recorded := func(says string) {
		t.Helper()
		if status, out, said := command(t, "record", dir); status != 0 || out != says {
			t.Fatalf("%d with %q, %q, want %q", status, out, said, says)
		}
	}
	recorded("2 runs recorded, 0 fit as they are, 0 removed\n")
	want := []string{"labs/u/l/recording.flows.json.gz", "labs/u/l/recording.json.gz"}
	if diff := cmp.Diff(want, recordingsBelow(t, dir)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	before := read(t, own)
	if head, err := recording.UnpackHead(before); err != nil || head.Lab != "u/l" || head.Made == nil || !strings.HasPrefix(head.Made.On, "Linux ") {
		t.Errorf("it says of itself %+v, %v", head, err)
	}
	recorded("0 runs recorded, 2 fit as they are, 0 removed\n")
	if status, out, _ := command(t, "check", dir); status != 0 || !strings.Contains(out, "6 passed, 0 failed") {
		t.Errorf("check: %d with %q", status, out)
	}

	write(t, filepath.Join(dir, "labs/u/l/client.py"), clientPy+"print('bye')\n")
	write(t, filepath.Join(dir, "labs/u/l/recording.gone.json.gz"), "x")
	write(t, step, "no recording")
	status, out, _ := command(t, "check", dir)
	for _, want := range []string{
		"labs/u/l/recording.json.gz: it was made of another lab.yaml, program or step than the course has now; record it anew: fivetuple record " + dir,
		"labs/u/l/recording.gone.json.gz: the course has no such lab", "labs/u/l/recording.flows.json.gz: not a recording", "4 passed, 3 failed",
	} {
		if status != 1 || !strings.Contains(out, want) {
			t.Errorf("check: %d with %q, want 1 with %q", status, out, want)
		}
	}
	recorded("2 runs recorded, 0 fit as they are, 1 removed\n")
	if cmp.Equal(before, read(t, own)) {
		t.Error("a recording that does not fit stayed")
	}
	if diff := cmp.Diff(want, recordingsBelow(t, dir)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRecordLab records one lab anew and leaves the others as they are.
func TestRecordLab(t *testing.T) {
	dir := talking(t, "hello")
	if err := os.CopyFS(filepath.Join(dir, "labs/u/m"), os.DirFS(filepath.Join(dir, "labs/u/l"))); err != nil {
		t.Fatal(err)
	}
	if status, _, said := command(t, "record", dir, "--lab", "u/n"); status != 2 || !strings.Contains(said, `there is no lab "u/n"`) {
		t.Errorf("no such lab: %d with %q", status, said)
	}
	if status, out, said := command(t, "record", dir, "--lab", "u/m"); status != 0 || out != "1 runs recorded, 0 fit as they are, 0 removed\n" {
		t.Errorf("%d with %q, %q", status, out, said)
	}
	if diff := cmp.Diff([]string{"labs/u/m/recording.json.gz"}, recordingsBelow(t, dir)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRecordKeepsWhatIsTrue: a run in which a claim did not come true is not
// kept; the recording of one of which another is claimed by now is made anew.
func TestRecordKeepsWhatIsTrue(t *testing.T) {
	dir := talking(t, "goodbye")
	status, out, said := command(t, "record", dir)
	if status != 1 || !strings.Contains(said, "u/l: check_heard: ") || !strings.Contains(out, "1 runs recorded") {
		t.Errorf("%d with %q, %q", status, out, said)
	}
	if diff := cmp.Diff([]string{"labs/u/l/recording.flows.json.gz"}, recordingsBelow(t, dir)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	checks := filepath.Join(dir, "labs/u/l/checks.star")
	write(t, checks, strings.Replace(string(read(t, checks)), "goodbye", "hello", 1))
	if status, out, said := command(t, "record", dir); status != 0 || !strings.Contains(out, "1 runs recorded, 1 fit") {
		t.Errorf("%d with %q, %q", status, out, said)
	}
	write(t, checks, strings.Replace(string(read(t, checks)), "hello", "goodbye", 1))
	if _, out, _ := command(t, "check", dir); !strings.Contains(out, "labs/u/l/recording.json.gz: check_heard: ") {
		t.Errorf("check says %q", out)
	}
}

// TestRecordFigures: what the lesson quotes of a run that is still to be
// recorded is written beside it, and check has each run give it.
func TestRecordFigures(t *testing.T) {
	dir := talking(t, "hello")
	checks, figures := filepath.Join(dir, "labs/u/l/checks.star"), filepath.Join(dir, "labs/u/l/figures.json")
	for _, lang := range []string{"en", "ko"} {
		write(t, filepath.Join(dir, lang, "u/l.md"), recordedLesson+"\n{{words}} {{flows.syns}}\n")
	}
	write(t, checks, string(read(t, checks))+"\ndef figure_words(run):\n    return run.lines(program=\"server\")\n\ndef figure_syns(run):\n    return len(run.packets(flags=[\"SYN\"])) or None\n")
	if status, _, said := command(t, "check", dir); status != exitFailed || !strings.Contains(said, "figure {{words}}: there is no recorded run labs/u/l/recording.json.gz") {
		t.Errorf("check before it is recorded: %d with %q", status, said)
	}
	if status, out, said := command(t, "record", dir); status != 0 || !strings.HasPrefix(out, "2 runs recorded") {
		t.Fatalf("%d with %q, %q", status, out, said)
	}
	if got := string(read(t, figures)); !strings.Contains(got, `"words": "hello"`) || !strings.Contains(got, `"syns": "1"`) {
		t.Errorf("figures %s", got)
	}
	if status, out, _ := command(t, "check", dir); status != 0 || !strings.Contains(out, "7 passed, 0 failed") {
		t.Errorf("check: %d with %q", status, out)
	}
	write(t, checks, strings.Replace(string(read(t, checks)), "return len(", "return None and len(", 1))
	if status, out, said := command(t, "record", dir); status != exitFailed || !strings.Contains(said, "u/l: step flows: labs/u/l/checks.star: figure_syns: it gives nothing of this run") {
		t.Errorf("record: %d with %q, %q", status, out, said)
	}
	for _, lang := range []string{"en", "ko"} {
		write(t, filepath.Join(dir, lang, "u/l.md"), recordedLesson)
	}
	if status, _, said := command(t, "record", dir); status != 0 {
		t.Errorf("%d with %q", status, said)
	}
	if _, err := os.Stat(figures); err == nil {
		t.Error("figures that nobody quotes stayed")
	}
}

func TestRecordRefuses(t *testing.T) {
	for name, args := range map[string][]string{
		"no folder": {"record"}, "two folders": {"record", "a", "b"}, "no jobs": {"record", "--jobs", "0", "a"},
	} {
		if status, _, said := command(t, args...); status != exitUsage {
			t.Errorf("%s: %d with %q", name, status, said)
		}
	}
	if status, _, said := command(t, "record", t.TempDir()); status != exitFailed || !strings.Contains(said, "course.yaml") {
		t.Errorf("no course: %d with %q", status, said)
	}
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

package lessons_test

import (
	"errors"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"fivetuple/lessons"
	"fivetuple/sandbox/recording"
)

var recordedAt = time.Date(2026, time.November, 28, 9, 0, 0, 0, time.UTC)

// packed is a recording of a lab with a fingerprint.
func packed(t *testing.T, of string) []byte {
	t.Helper()
	b, err := recording.Pack("u/l", recording.Made{At: recordedAt, On: "Linux 6.18.44", Of: of}, [][]byte{[]byte(`{"seq":1,"t":0,"kind":"end","cause":"finished"}`)})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// recorded is the course of files with recordings that fit, of the lab and of
// its one step.
func recorded(t *testing.T) fstest.MapFS {
	t.Helper()
	fsys := files()
	c, err := lessons.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	l, _ := c.Lab("u/l")
	for _, scene := range c.Scenes(l) {
		fsys[lessons.RecordingFile("u/l", scene.Step)] = &fstest.MapFile{Data: packed(t, scene.Lab.Fingerprint())}
	}
	return fsys
}

func TestRecordings(t *testing.T) {
	c, err := lessons.Load(recorded(t))
	if err != nil || len(c.Unfit) > 0 {
		t.Fatal(err, c.Unfit)
	}
	own, step := c.Recording("u/l", ""), c.Recording("u/l", "it")
	if own == nil || step == nil || !own.Made.At.Equal(recordedAt) || own.Made.On != "Linux 6.18.44" || own.Hash == step.Hash {
		t.Fatalf("%+v, %+v", own, step)
	}
	if rec, err := own.Read(); err != nil || len(rec.Events) != 1 {
		t.Errorf("%v, %v", rec, err)
	}
	if source := string(step.Lab.Programs[0].Source); source != "exit()" {
		t.Errorf("the step's lab runs %q", source)
	}
	if c.Recording("u/l", "none") != nil || c.Recording("u/none", "") != nil {
		t.Error("there are recordings of nothing")
	}
}

// TestUnfitRecordings: what does not fit is not shown, and the course is there
// all the same.
func TestUnfitRecordings(t *testing.T) {
	const own, step = "labs/u/l/recording.json.gz", "labs/u/l/recording.it.json.gz"
	const other = "it was made of another lab.yaml, program or step than the course has now"
	change := func(file, text string) func(fstest.MapFS) {
		return func(fsys fstest.MapFS) { fsys[file] = &fstest.MapFile{Data: []byte(text)} }
	}
	tests := []struct {
		name   string
		change func(fstest.MapFS)
		want   []lessons.Fault
	}{
		{"another title", change("labs/u/l/lab.yaml", "title: {en: M, ko: 랩}\ntopology: wire\nprograms: [{name: client, file: client.py}]\n"), nil},
		{"another wire", change("labs/u/l/lab.yaml", "title: {en: L, ko: 랩}\ntopology: wire\nwire: {mode: hold}\nprograms: [{name: client, file: client.py}]\n"),
			[]lessons.Fault{{File: own, Text: other}, {File: step, Text: other}}},
		{"another program, which the step replaces", change("labs/u/l/client.py", "x\n"), []lessons.Fault{{File: own, Text: other}}},
		{"not packed", change(own, "{}"), []lessons.Fault{{File: own, Text: "not a recording: unexpected EOF"}}},
		{"of no step", change("labs/u/l/recording.none.json.gz", ""), []lessons.Fault{{File: "labs/u/l/recording.none.json.gz", Text: "the course has no such lab, or no such step with a claim"}}},
		{"of no lab", change("labs/u/none/recording.json.gz", ""), []lessons.Fault{{File: "labs/u/none/recording.json.gz", Text: "the course has no such lab, or no such step with a claim"}}},
		{"it does not say of what", func(fsys fstest.MapFS) { fsys[own] = &fstest.MapFile{Data: packed(t, "")} }, []lessons.Fault{{File: own, Text: other}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fsys := recorded(t)
			tt.change(fsys)
			c, err := lessons.Load(fsys)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, c.Unfit); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for _, f := range tt.want {
				if f.File == own && c.Recording("u/l", "") != nil || f.File == step && c.Recording("u/l", "it") != nil {
					t.Errorf("%s is shown", f.File)
				}
			}
		})
	}
}

// TestBrokenRecording: one that is broken behind its head is found so when it
// is read.
func TestBrokenRecording(t *testing.T) {
	fsys := recorded(t)
	const own = "labs/u/l/recording.json.gz"
	fsys[own].Data = fsys[own].Data[:len(fsys[own].Data)-5]
	c, err := lessons.Load(fsys)
	if err != nil || c.Recording("u/l", "") == nil {
		t.Fatal(err)
	}
	r := c.Recording("u/l", "")
	if _, err := r.Read(); !errors.Is(err, recording.ErrBroken) {
		t.Errorf("read: %v", err)
	}
	if _, err := r.Unpacked(); !errors.Is(err, recording.ErrBroken) {
		t.Errorf("unpacked: %v", err)
	}
}

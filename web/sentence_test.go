package web

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/event"
	"fivetuple/web/text"
)

var update = flag.Bool("update", false, "keep the sentences as they are now")

// cases are runs and what is said of them, which the stage's narrative has to
// say too (static/test/sentences.test.js).
const cases = "testdata/sentences.json"

// saidOf is the sentences of runs by their files, and the words of which they
// are made, both by language.
type saidOf struct {
	Words map[text.Lang]map[string]string   `json:"words"`
	Runs  map[string]map[text.Lang][]string `json:"runs"`
}

// TestSentences compares what is said of the runs in the gallery, and of one
// in which everything happens. After a change that is meant: go test ./web
// -run TestSentences -update, and read what git says has changed.
func TestSentences(t *testing.T) {
	files, err := filepath.Glob("../static/gallery/*/recording.json")
	if err != nil || len(files) < 5 {
		t.Fatal(files, err)
	}
	got := saidOf{map[text.Lang]map[string]string{}, map[string]map[text.Lang][]string{}}
	for _, file := range append(files, "testdata/every.json") {
		got.say(t, file)
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(got); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(cases, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(cases)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Errorf("other sentences; if that is meant, run the test with -update (-want +got):\n%s", diff)
	}
}

// say adds the sentences of one run in every language.
func (s saidOf) say(t *testing.T, file string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var recording struct{ Events []event.Event }
	if err := json.Unmarshal(b, &recording); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	name := filepath.ToSlash(filepath.Join("web", file))
	s.Runs[name] = map[text.Lang][]string{}
	for _, l := range text.Langs() {
		if s.Words[l] == nil {
			s.Words[l] = map[string]string{}
		}
		teller := newTeller(l.Stage())
		word := teller.word
		teller.word = func(key string) (string, bool) {
			w, known := word(key)
			if known {
				s.Words[l][key] = w
			}
			return w, known
		}
		for i := range recording.Events {
			for _, told := range teller.told(&recording.Events[i]) {
				s.Runs[name][l] = append(s.Runs[name][l], fmt.Sprintf("%d %s %d: %s", told.seq, told.kind, told.t, told.text))
			}
		}
	}
}

// TestFigures: halves are rounded as browsers do, and figures keep their
// zeros.
func TestFigures(t *testing.T) {
	for _, tt := range []struct {
		d          time.Duration
		span, idle string
	}{
		{0, "0 ms", "0"},
		{900, "900 ns", "0"},
		{1125, "1.13 µs", "0"},
		{99_970_000, "100 ms", "0.1"},
		{100_500_000, "101 ms", "0.1"},
		{1_234_000_000, "1.23 s", "1.2"},
		{9_960_000_000, "9.96 s", "10"},
		{12_500_000_000, "12.5 s", "13"},
	} {
		if diff := cmp.Diff([]string{tt.span, tt.idle}, []string{span(tt.d), seconds(tt.d)}); diff != "" {
			t.Errorf("%d ns (-want +got):\n%s", tt.d, diff)
		}
	}
	if got := []string{rate(2_500_000), rate(1e9), rate(999)}; !cmp.Equal(got, []string{"2.5 Mbit/s", "1 Gbit/s", "999 bit/s"}) {
		t.Error(got)
	}
}

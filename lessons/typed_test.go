package lessons_test

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

// unrecorded are the words by which a lesson would quote a run that lies
// beside no lab.
var unrecorded = regexp.MustCompile(`(?i)measured (here|besides)|\*\*seen (here|besides)|여기서 (잰|측정)|여기서 본 것|그 밖에 (잰|본)`)

// tells begins a paragraph about what recorded runs show; pause is a
// time with a decimal point that is typed there.
var (
	tells = regexp.MustCompile(`^\*\*(What the recorded runs? show|기록해 둔 실행의 값)`)
	pause = regexp.MustCompile(`\d+\.\d+ ?(s|ms|µs|seconds|밀리초|마이크로초|초)`)
)

// rules are the times that may be typed there: not what a run has shown, but
// what follows from the programs, the wire or the kernel.
var rules = map[string]string{
	"en ending/four-way: 0.2 s":    "the kernel's shortest time-out",
	"ko ending/four-way: 0.2초":     "the same",
	"ko stream/short-writes: 0.5초": "the alarm that the program sets",
	"ko web/middle: 0.5초":          "the pause of the program",
}

// TestRunsAreQuoted: what a lesson says of a run is a figure of a recorded one.
// Whether any other number is of a run no test can tell.
func TestRunsAreQuoted(t *testing.T) {
	used := map[string]bool{}
	for _, lang := range []string{"en", "ko"} {
		files, err := fs.Glob(os.DirFS("."), lang+"/*/*.md")
		if err != nil || len(files) < 60 {
			t.Fatalf("%d lessons, %v", len(files), err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if found := unrecorded.Find(text); found != nil {
				t.Errorf("%s: %q: what was seen elsewhere than in a recorded run is told by no lesson", file, found)
			}
			name := strings.TrimSuffix(strings.Replace(file, "/", " ", 1), ".md")
			for line := range strings.Lines(string(text)) {
				if !tells.MatchString(line) {
					continue
				}
				for _, typed := range pause.FindAllString(line, -1) {
					if rule := name + ": " + typed; rules[rule] == "" {
						t.Errorf("%s is typed: make it a figure, see FORMAT.md, or name the rule from which it follows in this test", rule)
					} else {
						used[rule] = true
					}
				}
			}
		}
	}
	for rule := range rules {
		if !used[rule] {
			t.Errorf("%s is in no lesson any more", rule)
		}
	}
}

package lessons_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fivetuple/lessons"
)

// What the loader knows, as its source has it: keys of YAML, names of blocks
// and of the forms of a prediction, and what a check may ask of a run.
var known = []struct{ files, what string }{
	{"*.go", `yaml:"([a-z_]+)"`},
	{"../sandbox/lab/*.go", `yaml:"([a-z_]+)"`},
	{"*.go", `"([a-z]+)": *\(\*parser\)\.`},
	{"../sandbox/check/run.go", `"([a-z_]+)": r\.[a-zA-Z]+[,}]`},
	{"../sandbox/check/check.go", `"([a-z]+_)"`},
}

// TestFormatNamesAll: FORMAT.md names each of them, as code.
func TestFormatNamesAll(t *testing.T) {
	format, err := os.ReadFile("FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range known {
		names := namesIn(t, k.files, regexp.MustCompile(k.what))
		if len(names) < 3 {
			t.Errorf("%s: only %v found by %s", k.files, names, k.what)
		}
		for _, name := range names {
			if !regexp.MustCompile("`(run\\.)?" + name + "(`|[A-Z(])").Match(format) {
				t.Errorf("FORMAT.md does not say what %s is", name)
			}
		}
	}
}

// namesIn are what form finds in files that are no tests.
func namesIn(t *testing.T, files string, form *regexp.Regexp) (names []string) {
	t.Helper()
	found, err := filepath.Glob(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range found {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range form.FindAllSubmatch(source, -1) {
			names = append(names, string(m[1]))
		}
	}
	return names
}

// TestExample: the example of FORMAT.md is a course, and has every block.
func TestExample(t *testing.T) {
	c, err := lessons.Load(os.DirFS("example"))
	if err != nil {
		t.Fatal(err)
	}
	has := map[string]bool{}
	for _, name := range c.Units[0].Lessons {
		text, err := os.ReadFile(filepath.Join("example/en/first", name+".md"))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile("(?m)^```([a-z]+)$").FindAllSubmatch(text, -1) {
			has[string(m[1])] = true
		}
	}
	for _, block := range namesIn(t, "block.go", regexp.MustCompile(`"([a-z]+)": *\(\*parser\)\.`)) {
		if !has[block] {
			t.Errorf("the example has no %s block", block)
		}
	}
}

package lessons_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"fivetuple/lessons"
)

const erratum = "- date: 2026-01-02\n  lesson: u/l\n  was: {en: a, ko: a}\n  is: {en: b, ko: b}\n"

func TestErrata(t *testing.T) {
	tests := []struct{ name, old, new, want string }{
		{"right", "", "", ""},
		{"no day", "2026-01-02", "yesterday", `errata.yaml: erratum 1: date "yesterday" is not one`},
		{"no lesson", "u/l", "u/x", `lesson "u/x" is not in course.yaml`},
		{"a language less", ", ko: b", "", "was and is are needed in ko"},
		{"an unknown key", "lesson", "lessons", "errata.yaml:2: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fsys := files()
			later := strings.Replace(erratum, "2026-01-02", "2026-03-04", 1)
			fsys["errata.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(erratum, tt.old, tt.new, 1) + later)}
			c, err := lessons.Load(fsys)
			if tt.want == "" && (err != nil || c.Errata[0].Date != "2026-03-04" || len(c.Errata) != 2) {
				t.Errorf("%v, %v", c.Errata, err)
			}
			if tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("got %v, want … %s", err, tt.want)
			}
		})
	}
}

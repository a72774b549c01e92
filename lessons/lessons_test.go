package lessons_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"fivetuple/lessons"
	"fivetuple/sandbox/check"
)

func TestEmbedded(t *testing.T) {
	c, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]int{}
	for _, u := range c.Units {
		for _, name := range u.Lessons {
			for _, lang := range c.Langs {
				l, ok := c.Lesson(lang, u.Name, name)
				if !ok {
					t.Fatalf("%s/%s is missing in %s", u.Name, name, lang)
				}
				parts[lang] += len(l.Headings)
				checkLesson(t, l)
			}
		}
	}
	if parts["en"] != parts["ko"] {
		t.Errorf("parts by language: %v", parts)
	}
	for _, l := range c.Labs() {
		if checks, _, err := check.Names(l); err != nil || len(checks) == 0 && !strings.HasPrefix(l.Name, "exercises/") {
			t.Errorf("lab %s has checks %v, %v", l.Name, checks, err)
		}
	}
}

// checkLesson sees to it that a lesson has the form of the course.
func checkLesson(t *testing.T, l *lessons.Lesson) {
	t.Helper()
	count := map[string]int{}
	sets := 0
	for _, b := range l.Blocks {
		switch b := b.(type) {
		case *lessons.LabBlock:
			count["lab"]++
		case *lessons.Predict:
			count["predict"]++
			if count["lab"] > 0 {
				t.Errorf("%s %s/%s: predict %s comes after the lab", l.Lang, l.Unit, l.Name, b.ID)
			}
		case *lessons.Quiz:
			count["quiz"]++
		case *lessons.Steps:
			for _, s := range b.Items {
				if s.Set != nil {
					sets++
				}
			}
		}
	}
	if e := l.Exercise(); e != nil {
		if len(l.Headings) != 4 || len(e.Trials) < 3 || count["lab"] != 1 || len(l.Sources) == 0 {
			t.Errorf("%s %s/%s: %d parts, %d trials, sources %v", l.Lang, l.Unit, l.Name, len(l.Headings), len(e.Trials), l.Sources)
		}
		return
	}
	if len(l.Headings) != 7 || count["lab"] < 1 || count["predict"] < 1 || count["quiz"] < 2 || sets < 3 || len(l.Misconceptions) == 0 || len(l.Sources) == 0 {
		t.Errorf("%s %s/%s: %d parts, %v, %d settings, misconceptions %v, sources %v", l.Lang, l.Unit, l.Name, len(l.Headings), count, sets, l.Misconceptions, l.Sources)
	}
}

const page = "---\ntitle: T\nsummary: S\nminutes: 5\nteaches: [x]\n---\n## 무엇을 보게 되나\n\ntext <b>raw</b>\n\n" +
	"```predict\nid: q\nquestion: Which?\nchoices:\n  - {key: A, text: a, why: x}\n  - {key: B, text: b, why: y}\n```\n\n" +
	"```lab\nlab: u/l\n```\n\n```python\nx = 1\n```\n" +
	"```steps\n- {id: it, text: Break it., set: {start: run, programs: {client: exit()}}}\n```\n"

func files() fstest.MapFS {
	return fstest.MapFS{
		"course.yaml":          {Data: []byte("units:\n  - {name: u, title: {en: U, ko: 유}, lessons: [l]}\n")},
		"en/u/l.md":            {Data: []byte(page)},
		"ko/u/l.md":            {Data: []byte(page)},
		"labs/u/l/lab.yaml":    {Data: []byte("title: {en: L, ko: 랩}\ntopology: wire\nprograms: [{name: client, file: client.py}]\n")},
		"labs/u/l/client.py":   {Data: []byte("pass\n")},
		"labs/u/l/checks.star": {Data: []byte("def answer_q(run):\n    return \"A\"\ndef break_it(run): pass\n")},
	}
}

func TestLoad(t *testing.T) {
	c, err := lessons.Load(files())
	if err != nil {
		t.Fatal(err)
	}
	l, ok := c.Lesson("ko", "u", "l")
	if !ok {
		t.Fatal("no lesson")
	}
	if diff := cmp.Diff([]lessons.Heading{{ID: "무엇을-보게-되나", Text: "무엇을 보게 되나"}}, l.Headings); diff != "" {
		t.Errorf("headings (-want +got):\n%s", diff)
	}
	first, ok := l.Blocks[0].(*lessons.Prose)
	if !ok || strings.Contains(first.HTML, "<b>") || !strings.Contains(first.HTML, `id="무엇을-보게-되나"`) {
		t.Errorf("first block %+v", l.Blocks[0])
	}
}

func TestLoadRefuses(t *testing.T) {
	tests := []struct{ name, file, old, new, want string }{
		{"unknown block", "en/u/l.md", "```python", "```video", "en/u/l.md:23: unknown block \"video\""},
		{"unknown key", "en/u/l.md", "lab: u/l", "lab: u/l\nspeed: 1", "en/u/l.md:21: "},
		{"unknown lab", "en/u/l.md", "lab: u/l", "lab: u/x", "no lab \"u/x\""},
		{"block in a list", "en/u/l.md", "```lab\nlab: u/l\n```", "- x\n\n  ```lab\n  lab: u/l\n  ```", "cannot stand in a list"},
		{"unknown front matter", "en/u/l.md", "minutes: 5", "minutes: 5\nx: 1", "en/u/l.md:5: "},
		{"no summary", "en/u/l.md", "summary: S", "summary: ''", "needs title, summary"},
		{"no front matter", "en/u/l.md", "---\ntitle", "title", "begins with front matter"},
		{"no answer", "labs/u/l/checks.star", "answer_q", "answer_x", "answer_q"},
		{"no function of a step", "labs/u/l/checks.star", "break_it", "break_x", "step it: the checks.star of the lesson's lab has no def break_it(run)"},
		{"a step that sets nothing", "en/u/l.md", ", set: {start: run, programs: {client: exit()}}", "", "only a step with set"},
		{"other steps", "ko/u/l.md", "id: it, ", "", "its blocks are"},
		{"other blocks", "ko/u/l.md", "why: y}\n", "why: y}\n  - {key: C, text: c, why: z}\n", "its blocks are"},
		{"one choice", "en/u/l.md", "  - {key: B, text: b, why: y}\n", "", "at least two choices"},
		{"unknown lesson", "course.yaml", "[l]", "[l, m]", "en/u/m.md"},
		{"unit's title", "course.yaml", ", ko: 유", "", "ko is missing"},
		{"lab's title", "labs/u/l/lab.yaml", ", ko: 랩", "", "ko is missing"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fsys := files()
			before := string(fsys[tt.file].Data)
			after := strings.Replace(before, tt.old, tt.new, 1)
			if before == after {
				t.Fatal("nothing was changed")
			}
			fsys[tt.file] = &fstest.MapFile{Data: []byte(after)}
			if _, err := lessons.Load(fsys); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want … %s", err, tt.want)
			}
		})
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(page)
	f.Fuzz(func(t *testing.T, page string) {
		fsys := files()
		fsys["en/u/l.md"] = &fstest.MapFile{Data: []byte(page)}
		_, _ = lessons.Load(fsys) // it must return, whatever it says
	})
}

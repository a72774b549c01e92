package lessons_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"fivetuple/lessons"
	"fivetuple/sandbox/check"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
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
		checkMistakes(t, l)
		if len(l.Headings) != 4 || len(e.Trials) < 3 || count["lab"] != 1 || len(l.Sources) == 0 {
			t.Errorf("%s %s/%s: %d parts, %d trials, sources %v", l.Lang, l.Unit, l.Name, len(l.Headings), len(e.Trials), l.Sources)
		}
		return
	}
	const most = 12
	if l.Minutes < 5 || l.Minutes > most {
		t.Errorf("%s %s/%s takes %d minutes, want 5 to %d", l.Lang, l.Unit, l.Name, l.Minutes, most)
	}
	if len(l.Headings) != 7 || count["lab"] < 1 || count["predict"] < 1 || count["quiz"] < 2 || sets < 3 || len(l.Misconceptions) == 0 || len(l.Sources) == 0 {
		t.Errorf("%s %s/%s: %d parts, %v, %d settings, misconceptions %v, sources %v", l.Lang, l.Unit, l.Name, len(l.Headings), count, sets, l.Misconceptions, l.Sources)
	}
}

// checkMistakes sees to it that in each trial of the exercise some wrong
// solution fails, each by a mistake of its own, and that each mistake that has
// a hint is made by one of them: so check tries it.
func checkMistakes(t *testing.T, l *lessons.Lesson) {
	t.Helper()
	e := l.Exercise()
	for _, trial := range e.Trials {
		var made, hinted []string
		for _, w := range e.Wrong {
			if w.Fails == trial.ID {
				made = append(made, w.Mistake)
			}
		}
		for _, m := range trial.Mistakes {
			hinted = append(hinted, m.Key)
		}
		slices.Sort(made)
		slices.Sort(hinted)
		if len(made) == 0 || !slices.Equal(made, hinted) {
			t.Errorf("%s %s/%s, trial %s: wrong solutions make the mistakes %v, there are hints of %v", l.Lang, l.Unit, l.Name, trial.ID, made, hinted)
		}
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
		{"a step with a program that the lab has not", "en/u/l.md", "programs: {client: exit()}", "programs: {cleint: exit()}", `step 1: program "cleint" is none of`},
		{"a step that cuts off nobody", "en/u/l.md", "start: run, programs", "start: run, wire: {cut: nobody}, programs", `"nobody" is none of`},
		{"other steps", "ko/u/l.md", "id: it, ", "", `ko/u/l.md: it has "step  null run [client]" where en has "step it null run [client]"`},
		{"other settings", "ko/u/l.md", "start: run, ", "", `it has "step it null  [client]"`},
		{"other choices", "ko/u/l.md", "why: y}\n", "why: y}\n  - {key: C, text: c, why: z}\n", `it has "predict q choice A,B,C"`},
		{"other minutes", "ko/u/l.md", "minutes: 5", "minutes: 6", `it has "minutes 6" where en has "minutes 5"`},
		{"other topics", "ko/u/l.md", "[x]", "[y]", `it has "teaches [y]"`},
		{"a link to no lesson", "en/u/l.md", "text <b>", "text [x](../u/m) <b>", "en/u/l.md:9: link ../u/m: there is no such lesson"},
		{"a link to no part", "en/u/l.md", "text <b>", "text [x](l#why) <b>", "en/u/l.md:9: link l#why: the lesson has no such part; it has 무엇을-보게-되나"},
		{"a link to no part of this lesson", "en/u/l.md", "text: Break it.", "text: 'Break [it](#why).'", "en/u/l.md:27: link #why: "},
		{"a link to a file", "en/u/l.md", "text <b>", "text [x](/etc/passwd) <b>", "link /etc/passwd: there is no such lesson"},
		{"one choice", "en/u/l.md", "  - {key: B, text: b, why: y}\n", "", "at least two choices"},
		{"unknown lesson", "course.yaml", "[l]", "[l, m]", "en/u/m.md"},
		{"unit's title", "course.yaml", ", ko: 유", "", "ko is missing"},
		{"unit's address", "course.yaml", "name: u,", "name: runs,", "unit runs: this address is taken"},
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

// TestLinks: a link to a lesson leads to where the site has it.
func TestLinks(t *testing.T) {
	fsys := files()
	for _, lang := range []string{"en", "ko"} {
		fsys[lang+"/u/l.md"] = &fstest.MapFile{Data: []byte(strings.Replace(page, "text <b>", "[one](../u/l) [two](l#무엇을-보게-되나) [three](#무엇을-보게-되나) [four](https://example.org/) <b>", 1))}
	}
	c, err := lessons.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	l, _ := c.Lesson("ko", "u", "l")
	first, _ := l.Blocks[0].(*lessons.Prose)
	for _, want := range []string{`"/ko/u/l"`, `"/ko/u/l#%EB`, `"#%EB`, `"https://example.org/"`} {
		if !strings.Contains(first.HTML, "href="+want) {
			t.Errorf("no %s in %s", want, first.HTML)
		}
	}
}

// TestQuizPlaces: who guesses by place is right about every third time.
func TestQuizPlaces(t *testing.T) {
	c, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	places, all := map[int]int{}, 0
	for _, l := range every(c) {
		for _, b := range l.Blocks {
			if q, ok := b.(*lessons.Quiz); ok && l.Lang == "en" {
				places[slices.Index(q.Choices, q.Right())]++
				all++
			}
		}
	}
	for place := range 3 {
		if share := float64(places[place]) / float64(all); share < 0.2 || share > 0.5 {
			t.Errorf("of %d questions the right choice is in place %d in %d", all, place+1, places[place])
		}
	}
}

// every is all lessons of a course in all languages.
func every(c *lessons.Course) (all []*lessons.Lesson) {
	for _, u := range c.Units {
		for _, name := range u.Lessons {
			for _, lang := range c.Langs {
				if l, ok := c.Lesson(lang, u.Name, name); ok {
					all = append(all, l)
				}
			}
		}
	}
	return all
}

func FuzzLoad(f *testing.F) {
	f.Add(page)
	f.Fuzz(func(t *testing.T, page string) {
		fsys := files()
		fsys["en/u/l.md"] = &fstest.MapFile{Data: []byte(page)}
		_, _ = lessons.Load(fsys) // it must return, whatever it says
	})
}

// TestStepsSetSomething: a button that sets the lab changes something of it, or
// holds the packets for the learner's own hands.
func TestStepsSetSomething(t *testing.T) {
	c, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range c.Units {
		for _, name := range u.Lessons {
			l, _ := c.Lesson("en", u.Name, name)
			own, _ := c.Lab(u.Name + "/" + name)
			for _, b := range l.Blocks {
				steps, ok := b.(*lessons.Steps)
				if !ok {
					continue
				}
				for i, s := range steps.Items {
					if s.Set == nil {
						continue
					}
					set := s.Set.Apply(own)
					if err := set.Validate(); err != nil {
						t.Errorf("%s/%s, step %d: %v", u.Name, name, i+1, err)
					}
					if set.Fingerprint() == own.Fingerprint() && set.Start == own.Start && set.Wire.Mode != event.Hold {
						t.Errorf("%s/%s, step %d sets the lab as it is: %s", u.Name, name, i+1, s.Text)
					}
				}
			}
		}
	}
}

// TestSettingTimeline: a step may change the wire while the lab runs, in the
// place of what the lab itself has.
func TestSettingTimeline(t *testing.T) {
	own := &lab.Lab{Timeline: []lab.WireStep{{At: time.Second}}}
	for text, want := range map[string]int{
		"{start: run}":   1,
		"{timeline: []}": 0,
		"{timeline: [{at: 300ms, cut: client}, {at: 1s, after: {program: client, call: connect}, cut: none}]}": 2,
	} {
		files := files()
		for _, lang := range []string{"en", "ko"} {
			files[lang+"/u/l.md"] = &fstest.MapFile{Data: []byte(page + "\n```steps\n- {text: Wait., set: " + text + "}\n```\n")}
		}
		c, err := lessons.Load(files)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		l, _ := c.Lesson("en", "u", "l")
		steps := l.Blocks[len(l.Blocks)-1].(*lessons.Steps)
		got := steps.Items[0].Set.Apply(own).Timeline
		if len(got) != want {
			t.Errorf("%s: %+v", text, got)
		}
		if want == 2 && (got[0].At != 300*time.Millisecond || !slices.Equal(*got[0].Cut, []string{"client"}) || got[1].After.Call != "connect" || len(*got[1].Cut) != 0) {
			t.Errorf("%s: %+v", text, got)
		}
	}
}

package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"fivetuple/lessons"
	"fivetuple/sandbox/lab"
	"fivetuple/static"
	"fivetuple/web"
	"fivetuple/web/text"
)

const courseYAML = `units:
  - {name: handshake, title: {en: Opening, ko: 열기}, lessons: [one, two]}
`

const labYAML = `title: {en: The lab, ko: 실습}
topology: wire
wire: {mode: hold, delay: 300ms}
programs:
  - {name: server, file: server.py}
  - {name: client, file: client.py}
`

const checks = `def answer_state(run):
    "The state."
    return None
`

const parts = "## What you will see\n\nProse <b>raw</b>.\n\n## Predict\n\n```predict\nid: state\nquestion: Which `state`?\nchoices:\n  - {key: A, text: \"`A`\", why: because}\n  - {key: B, text: B, why: not}\n```\n\n" +
	"## Run it\n\n```lab\nlab: handshake/one\n```\n\n## What happened\n\nx\n\n## Why\n\nx\n\n## Check yourself\n\n```quiz\nid: q\nquestion: Why?\nchoices:\n  - {text: yes, right: true, why: so}\n  - {text: no, why: not so}\n```\n\n" +
	"## Break it\n\n```steps\n- text: Do.\n- text: Set.\n  set: {wire: {mode: flow, delay: 1s}}\n- text: Set.\n  set: {programs: {client: \"print('<x>')\"}}\n```\n\n```instructor\nAsk.\n```\n"

var korean = strings.NewReplacer("What you will see", "무엇을 보게 되나", "Predict\n", "예측하기\n", "Run it", "실행하기",
	"What happened", "무슨 일이 일어났나", "## Why", "## 왜 그런가", "Check yourself", "확인하기", "Break it", "망가뜨려 보기")

// courseFiles are the files of a course of two lessons.
func courseFiles() fstest.MapFS {
	fsys := fstest.MapFS{
		"course.yaml":                    {Data: []byte(courseYAML)},
		"labs/handshake/one/lab.yaml":    {Data: []byte(labYAML)},
		"labs/handshake/one/server.py":   {Data: []byte("import socket\nprint('</code><script>')\n")},
		"labs/handshake/one/client.py":   {Data: []byte("import socket\n")},
		"labs/handshake/one/client.c":    {Data: []byte("int main(void) {}\n")},
		"labs/handshake/one/client.go":   {Data: []byte("package main\n")},
		"labs/handshake/one/checks.star": {Data: []byte(checks)},
	}
	for _, name := range []string{"one", "two"} {
		head := "---\ntitle: Title " + name + "\nsummary: Sum.\nminutes: 5\nteaches: [x]\nmisconceptions: [wrong]\nsources:\n  - {title: RFC, url: \"https://example.org/\"}\n---\n"
		fsys["en/handshake/"+name+".md"] = &fstest.MapFile{Data: []byte(head + parts)}
		fsys["ko/handshake/"+name+".md"] = &fstest.MapFile{Data: []byte(head + korean.Replace(parts))}
	}
	return fsys
}

func course(t *testing.T) *lessons.Course {
	t.Helper()
	c, err := lessons.Load(courseFiles())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// runs is what a lab lacks that runs.
func runs(*lab.Lab) *web.Missing { return nil }

// lacking is what every lab lacks where none runs.
func lacking(*lab.Lab) *web.Missing {
	return &web.Missing{Detail: "no <namespaces>", Remedy: "sysctl this"}
}

// lesson is the page of the first lesson.
func lesson(t *testing.T, lang string, lacks func(*lab.Lab) *web.Missing) string {
	t.Helper()
	return lessonOf(t, course(t), lang, lacks)
}

// lessonOf is the page of the first lesson of a course.
func lessonOf(t *testing.T, c *lessons.Course, lang string, lacks func(*lab.Lab) *web.Missing, read ...string) string {
	t.Helper()
	l, ok := c.Lesson(lang, "handshake", "one")
	if !ok {
		t.Fatal("no lesson")
	}
	v := web.NewLessonView(l, c, lacks)
	for _, step := range read {
		if err := v.ReadAsText(c, step); err != nil {
			t.Fatal(err)
		}
	}
	var page strings.Builder
	if err := web.LessonPage(v).Render(context.Background(), &page); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

// TestOffered: a language in which nothing can be run here is not offered, but
// the first of a program always is.
func TestOffered(t *testing.T) {
	c := course(t)
	l, _ := c.Lesson("en", "handshake", "one")
	for _, tt := range []struct{ here, files []string }{
		{nil, []string{"client.py", "client.c", "client.go"}},
		{[]string{".py", ".c"}, []string{"client.py", "client.c"}},
		{[]string{".go"}, []string{"client.py", "client.go"}},
	} {
		v := web.NewLessonView(l, c, runs)
		v.Languages = tt.here
		var page strings.Builder
		if err := web.LessonPage(v).Render(t.Context(), &page); err != nil {
			t.Fatal(err)
		}
		for _, file := range []string{"client.py", "client.c", "client.go"} {
			if has := strings.Contains(page.String(), `<pre data-file="`+file+`">`); has != slices.Contains(tt.files, file) {
				t.Errorf("%v: the page has %s: %v", tt.here, file, has)
			}
		}
	}
}

func contains(t *testing.T, page string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
}

func TestLessonPage(t *testing.T) {
	contains(t, lesson(t, "ko", runs),
		`<html lang="ko" data-theme="system">`, `href="/en/handshake/one"`, `rel="next" href="/ko/handshake/two"`, "무엇을 보게 되나",
		`data-testid="stage"`, `data-testid="quiz"`, `data-testid="predict"`, `data-testid="compare"`, "<noscript>",
		`data-program="client"`, "&#39;&lt;/code&gt;&lt;script&gt;&#39;", `https://example.org/`, text.Korean.Instructor(),
		`&#34;wire&#34;:{&#34;mode&#34;:&#34;hold&#34;,&#34;delay&#34;:300000000,`,
		`&#34;programs&#34;:{&#34;client&#34;:&#34;print(&#39;\u003cx\u003e&#39;)&#34;}`)
}

var inline = regexp.MustCompile(`<script>|<script [^>]*[^/]>[^<]|<style|\sstyle=|\son\w+=`)

// TestNothingInline: the pages work under a policy without unsafe-inline.
func TestNothingInline(t *testing.T) {
	for _, lang := range []string{"en", "ko"} {
		if found := inline.FindString(lesson(t, lang, runs)); found != "" {
			t.Errorf("%s: the page has %q", lang, found)
		}
	}
}

// TestWaitsForTheRest: what is opened on demand does not come with the page.
func TestWaitsForTheRest(t *testing.T) {
	page := lesson(t, "en", runs)
	contains(t, page, static.URL("stage/stage.js"))
	for _, name := range []string{"vendor/", "stage/inspector.js"} {
		if strings.Contains(page, static.URL(name)) {
			t.Errorf("the page loads %s", name)
		}
	}
}

func TestUnavailable(t *testing.T) {
	contains(t, lesson(t, "en", lacking), "no &lt;namespaces&gt;", "<br>", "sysctl this", `&#34;unavailable&#34;:&#34;Labs cannot run on this server`)
}

func TestCoursePage(t *testing.T) {
	var page strings.Builder
	if err := web.CoursePage(web.NewCourseView(course(t), "en", "")).Render(context.Background(), &page); err != nil {
		t.Fatal(err)
	}
	contains(t, page.String(), `href="/en/handshake/one"`, "1.2", "Opening", `href="/ko/"`, "5 min")
	if strings.Contains(page.String(), static.URL("lesson.js")) {
		t.Error("the course map loads scripts that it does not need")
	}
}

// TestGalleryPage: each exhibit has its name in every language.
func TestGalleryPage(t *testing.T) {
	for _, lang := range text.Langs() {
		var page strings.Builder
		if err := web.GalleryPage(web.NewGalleryView(string(lang))).Render(context.Background(), &page); err != nil {
			t.Fatal(err)
		}
		names := exhibited.FindAllStringSubmatch(page.String(), -1)
		if len(names) < 40 {
			t.Errorf("%s: %d exhibits", lang, len(names))
		}
		for _, m := range names {
			if m[1] == m[2] && m[1] != "ss" && m[1] != "strace" && m[1] != "tcpdump" {
				t.Errorf("%s: the exhibit %s has no name", lang, m[1])
			}
		}
		if found := inline.FindString(page.String()); found != "" {
			t.Errorf("%s: the page has %q", lang, found)
		}
	}
}

var exhibited = regexp.MustCompile(`<a href="#exhibit-([^"]+)">([^<]+)</a>`)

func TestErrorPage(t *testing.T) {
	for _, tt := range []struct {
		name   string
		course *lessons.Course
		lang   string
		status int
		want   string
	}{
		{"with the course", course(t), "ko", 404, `href="/ko/handshake/one"`},
		{"without it", nil, "en", 500, text.English.StatusTitle(500)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var page strings.Builder
			if err := web.ErrorPage(web.NewErrorView(tt.course, tt.lang, tt.status)).Render(context.Background(), &page); err != nil {
				t.Fatal(err)
			}
			contains(t, page.String(), tt.want, text.For(tt.lang).StatusText(tt.status))
		})
	}
}

var (
	plainKey  = regexp.MustCompile(`\bt\("([a-z0-9-]+)"`)
	familyKey = regexp.MustCompile("\\bt\\(`([a-z-]+)\\$\\{")
	fieldKey  = regexp.MustCompile(`\["(f-[a-z]+)"`)
)

// TestEveryWordIsThere: each key that a script asks for has words.
func TestEveryWordIsThere(t *testing.T) {
	words := text.English.Stage()
	for key, s := range text.English.Predict() {
		words[key] = s
	}
	for name, source := range scripts(t) {
		words := own(t, name, words)
		switch name {
		case "stage/kept.js":
			words = text.English.Stage()
			maps.Copy(words, text.English.Replay())
		case "stage/recorded.js", "stage/stage.js":
			words = text.English.Stage()
			maps.Copy(words, text.English.RecordedStage())
		case "stage/factwords.js":
			words = own(t, "stage/compare.js", words)
		case "stage/explain.js":
			words = own(t, "stage/inspector.js", words)
		case "author.js":
			words = text.English.Author()
		case "search.js":
			words = text.English.StillSearch()
		case "blocks/connection.js":
			words = text.English.Connection()
		case "stage/tooltext.js", "stage/printed.js", "stage/straceparts.js":
			words = own(t, "stage/strace.js", nil)
		case "stage/chart.js", "stage/charttable.js":
			words = own(t, "stage/charts.js", nil)
		case "stage/tcpdumpparts.js":
			words = own(t, "stage/tcpdump.js", nil)
		case "stage/ssparts.js":
			words = own(t, "stage/ss.js", nil)
		case "blocks/exercise.js":
			words = text.English.Exercise(true)
		case "gallery/blocks.js": // of several blocks
			words = maps.Clone(words)
			maps.Copy(words, text.English.Exercise(true))
		}
		for _, re := range []*regexp.Regexp{plainKey, fieldKey} {
			for _, m := range re.FindAllStringSubmatch(source, -1) {
				if words[m[1]] == "" {
					t.Errorf("%s: no words for %s", name, m[1])
				}
			}
		}
		for _, m := range familyKey.FindAllStringSubmatch(source, -1) {
			if !begins(words, m[1]) {
				t.Errorf("%s: no words begin with %s", name, m[1])
			}
		}
	}
}

// own are the words of a module that is loaded later, which brings its own:
// the same keys in both languages. Others have the page's.
func own(t *testing.T, module string, page map[string]string) map[string]string {
	t.Helper()
	var langs [2]map[string]string
	for i, lang := range []string{"en", "ko"} {
		b, err := fs.ReadFile(static.FS(), path.Dir(module)+"/words/"+strings.TrimSuffix(path.Base(module), ".js")+"."+lang+".json")
		if errors.Is(err, fs.ErrNotExist) && i == 0 {
			return page
		}
		if err == nil {
			err = json.Unmarshal(b, &langs[i])
		}
		if err != nil {
			t.Errorf("words of %s in %s: %v", module, lang, err)
		}
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(langs[0])), slices.Sorted(maps.Keys(langs[1]))); diff != "" {
		t.Errorf("words of %s (-en +ko):\n%s", module, diff)
	}
	return langs[0]
}

func begins(words map[string]string, prefix string) bool {
	for key := range words {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}

func scripts(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := fs.WalkDir(static.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".js") {
			return err
		}
		b, err := fs.ReadFile(static.FS(), name)
		found[name] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

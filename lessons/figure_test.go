package lessons_test

import (
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"fivetuple/lessons"
)

const figureFunctions = `
def figure_many(run):
    return 41000 * len(run.events)

def figure_rows(run):
    return ["<a>", "b"]

def figure_none(run):
    return None

def figure_fails(run):
    fail("not so")
`

// quoting is the recorded course whose lesson says so in both languages.
func quoting(t *testing.T, says string) fstest.MapFS {
	t.Helper()
	fsys := recorded(t)
	for _, lang := range []string{"en", "ko"} {
		fsys[lang+"/u/l.md"] = &fstest.MapFile{Data: []byte(strings.Replace(page, "text <b>", says+" <b>", 1))}
	}
	checks := fsys["labs/u/l/checks.star"]
	fsys["labs/u/l/checks.star"] = &fstest.MapFile{Data: append(slices.Clone(checks.Data), figureFunctions...)}
	return fsys
}

// quoted is that of the lesson, without its heading.
func quoted(t *testing.T, fsys fstest.MapFS, lang string) string {
	t.Helper()
	c, err := lessons.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	l, _ := c.Lesson(lang, "u", "l")
	_, after, _ := strings.Cut(l.Blocks[0].(*lessons.Prose).HTML, "</h2>\n")
	return after
}

const (
	measuredEN = `<span class="measured" title="From the run of this lab that was recorded on 28 November 2026 (Linux 6.18.44)">`
	measuredKO = `<span class="measured" title="2026년 11월 28일에 기록한 이 실습의 실행에서 나온 값(Linux 6.18.44)">`
)

// TestQuotes: a figure stands in prose, in a table, in code and in blocks, with
// the run that it is of.
func TestQuotes(t *testing.T) {
	tests := []struct{ says, want string }{
		{"It has {{many}} of {{it.many}}, {{u/l:many}} and {{u/l:it.many}}.", "It has {41,000 of {41,000, {41,000 and {41,000."},
		{"*{{many}}* s and `x={{many}}<`", "<em>{41,000</em> s and <code>x={41,000&lt;</code>"},
		{"x\n\n| a |\n|---|\n| {{many}} |\n\ny", "<td>{41,000</td>"},
		{"x\n\n```text\n<{{rows}}>\n```\n\ny", "<pre><code class=\"language-text\">&lt;{&lt;a&gt;\nb&gt;\n</code></pre>"},
		{"`a\nb` {{ many }} {{{}} \\{{many}} {{}}", "<code>a b</code> {{ many }} {{{}} {{many}} {{}}"},
	}
	for _, tt := range tests {
		for lang, span := range map[string]string{"en": measuredEN, "ko": measuredKO} {
			got := strings.ReplaceAll(strings.ReplaceAll(quoted(t, quoting(t, tt.says), lang), span, "{"), "</span>", "")
			if !strings.Contains(got, tt.want) {
				t.Errorf("%s: %q is %s, want %s", lang, tt.says, got, tt.want)
			}
		}
	}
}

func TestQuoteInBlock(t *testing.T) {
	fsys := quoting(t, "text")
	for _, lang := range []string{"en", "ko"} {
		text := strings.Replace(string(fsys[lang+"/u/l.md"].Data), "why: x", "why: 'of {{many}}'", 1)
		fsys[lang+"/u/l.md"] = &fstest.MapFile{Data: []byte(text)}
	}
	c, err := lessons.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	l, _ := c.Lesson("en", "u", "l")
	if why := l.Blocks[1].(*lessons.Predict).Choices[0].Why; why != "of "+measuredEN+"41,000</span>" {
		t.Errorf("in a block: %s", why)
	}
}

func TestQuotesRefused(t *testing.T) {
	const own = "labs/u/l/recording.json.gz"
	without := func(fsys fstest.MapFS) { delete(fsys, own) }
	cut := func(fsys fstest.MapFS) { fsys[own].Data = fsys[own].Data[:len(fsys[own].Data)-5] }
	front := func(fsys fstest.MapFS) {
		fsys["en/u/l.md"].Data = []byte(strings.Replace(page, "summary: S", "summary: 'It has {{many}}'", 1))
	}
	oneLanguage := func(fsys fstest.MapFS) { fsys["ko/u/l.md"] = &fstest.MapFile{Data: []byte(page)} }
	tests := []struct {
		name, says string
		change     func(fstest.MapFS)
		want       string
	}{
		{"no function", "{{other}}", nil, "en/u/l.md:9: figure {{other}}: labs/u/l/checks.star has no def figure_other(run)"},
		{"no lab", "{{u/m:many}}", nil, "en/u/l.md:9: figure {{u/m:many}}: there is no lab \"u/m\" in labs"},
		{"no step", "{{that.many}}", nil, "en/u/l.md:9: figure {{that.many}}: there is no recorded run labs/u/l/recording.that.json.gz"},
		{"no recording", "{{many}}", without, "en/u/l.md:9: figure {{many}}: there is no recorded run " + own},
		{"a broken recording", "{{many}}", cut, "en/u/l.md:9: figure {{many}}: " + own + ": not a recording"},
		{"nothing", "{{none}}", nil, "en/u/l.md:9: figure {{none}}: labs/u/l/checks.star: figure_none: it gives nothing of this run"},
		{"fails", "`{{fails}}`", nil, "en/u/l.md:9: figure {{fails}}: labs/u/l/checks.star:15: fail: not so"},
		{"in a heading", "x\n\n## Part {{many}}\n\n", nil, "en/u/l.md:11: figure {{many}}: none can stand in the front matter or in a heading"},
		{"in the front matter", "x", front, "en/u/l.md:3: figure {{many}}: none can stand in the front matter or in a heading"},
		{"in one language", "{{many}}", oneLanguage, `ko/u/l.md: it has "figures " where en has "figures many"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fsys := quoting(t, tt.says)
			if tt.change != nil {
				tt.change(fsys)
			}
			_, err := lessons.Load(fsys)
			if !slices.ContainsFunc(lessons.Faults(err), func(f lessons.Fault) bool { return strings.HasPrefix(f.Place()+": "+f.Text, tt.want) }) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

// TestLoadToRecord: who is about to record may quote what is not recorded yet,
// but nothing of which there is no function.
func TestLoadToRecord(t *testing.T) {
	fsys := quoting(t, "{{many}} {{it.none}}")
	delete(fsys, "labs/u/l/recording.json.gz")
	c, err := lessons.LoadToRecord(fsys)
	if err != nil {
		t.Fatal(err)
	}
	got := [][]string{c.Figures("u/l", ""), c.Figures("u/l", "it"), c.Figures("u/l", "that")}
	if diff := cmp.Diff([][]string{{"many"}, {"none"}, nil}, got); diff != "" {
		t.Errorf("it quotes (-want +got):\n%s", diff)
	}
	if _, err := lessons.LoadToRecord(quoting(t, "{{other}}")); err == nil {
		t.Error("a figure without a function")
	}
}

// TestFigureFiles: what lies beside the recordings is used as long as both they
// and checks.star are what it was made of.
func TestFigureFiles(t *testing.T) {
	fsys := quoting(t, "{{many}} {{it.rows}}")
	c, err := lessons.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	const name = "labs/u/l/figures.json"
	files := c.FigureFiles()
	if got := slices.Collect(maps.Keys(files)); !slices.Equal(got, []string{name}) {
		t.Fatalf("files %v", got)
	}
	kept := strings.Replace(string(files[name]), "41,000", "kept", 1)
	fsys[name] = &fstest.MapFile{Data: []byte(kept)}
	if got := quoted(t, fsys, "ko"); !strings.Contains(got, ">kept<") {
		t.Errorf("what was kept is not used: %s", got)
	}
	if c, err = lessons.Load(fsys); err != nil || string(c.FigureFiles()[name]) != kept {
		t.Errorf("it became %s, %v", c.FigureFiles()[name], err)
	}
	fsys["labs/u/l/checks.star"].Data = append(fsys["labs/u/l/checks.star"].Data, '\n')
	if got := quoted(t, fsys, "ko"); !strings.Contains(got, ">41,000<") {
		t.Errorf("with other checks: %s", got)
	}
	fsys[name].Data = []byte("{")
	if got := quoted(t, fsys, "ko"); !strings.Contains(got, ">41,000<") {
		t.Errorf("with a broken file: %s", got)
	}
}

// TestFiguresAreQuoted: the course has no figure that none of its lessons
// quotes.
func TestFiguresAreQuoted(t *testing.T) {
	c, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range c.Labs() {
		var quoted []string
		for _, scene := range c.Scenes(l) {
			quoted = append(quoted, c.Figures(l.Name, scene.Step)...)
		}
		for _, m := range regexp.MustCompile(`(?m)^def figure_(\w+)\(`).FindAllStringSubmatch(l.Checks, -1) {
			if !slices.Contains(quoted, m[1]) {
				t.Errorf("labs/%s/checks.star: no lesson quotes figure_%s", l.Name, m[1])
			}
		}
	}
}

// TestRecordedRunsAreQuoted: where the course says what a recorded run shows,
// it has that from the run.
func TestRecordedRunsAreQuoted(t *testing.T) {
	number := regexp.MustCompile(`[0-9]`)
	for lang, says := range map[string]*regexp.Regexp{"en": regexp.MustCompile(`(?i)recorded (\w+ )?runs? shows?`), "ko": regexp.MustCompile(`기록해 둔 실행의 값`)} {
		found, err := fs.Glob(lessons.Embedded(), lang+"/*/*.md")
		if err != nil {
			t.Fatal(err)
		}
		some := false
		for _, file := range found {
			text, err := fs.ReadFile(lessons.Embedded(), file)
			if err != nil {
				t.Fatal(err)
			}
			for i, line := range strings.Split(string(text), "\n") {
				some = some || says.MatchString(line)
				if says.MatchString(line) && number.MatchString(line) && !strings.Contains(line, "{{") {
					t.Errorf("%s:%d: what the recorded run shows is typed", file, i+1)
				}
			}
		}
		if !some {
			t.Errorf("%s: no lesson says what a recorded run shows", lang)
		}
	}
}

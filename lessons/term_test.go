package lessons_test

import (
	"bytes"
	"html"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"fivetuple/lessons"
)

var termLink = regexp.MustCompile(`<a href="/(\w+)/glossary#([^"]+)" title="([^"]*)" class="term">([^<]*)</a>`)

const glossary = `# words
- id: socket
  lesson: u/l
  term: {en: socket, ko: 소켓}
  means: {en: An "end" & more., ko: 끝입니다.}
- id: window
  lesson: u/l
  term: {en: receive window, ko: 수신 윈도우}
  means: {en: Room., ko: 자리입니다.}
  aliases: {en: [wnd], ko: [윈도우]}
- id: room
  lesson: u/l
  term: {en: window, ko: 창}
  means: {en: A pane., ko: 유리입니다.}
- id: time-wait
  lesson: u/l
  term: {en: TIME_WAIT, ko: TIME_WAIT}
  means: {en: A state., ko: 상태입니다.}
- id: wait
  lesson: u/l
  term: {en: wait, ko: 대기}
  means: {en: Rest., ko: 쉼입니다.}
`

// prose is a lesson's prose with a body, links as [term:words].
func prose(t *testing.T, lang, body string) string {
	t.Helper()
	fsys := files()
	fsys["glossary.yaml"] = &fstest.MapFile{Data: []byte(glossary)}
	file := fsys[lang+"/u/l.md"]
	file.Data = []byte(strings.Replace(string(file.Data), "text <b>raw</b>", body, 1))
	c, err := lessons.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	l, _ := c.Lesson(lang, "u", "l")
	_, after, _ := strings.Cut(l.Blocks[0].(*lessons.Prose).HTML, "</h2>\n")
	return strings.TrimSpace(termLink.ReplaceAllString(after, "[$2:$4]"))
}

func TestTermLinks(t *testing.T) {
	tests := []struct{ name, lang, body, want string }{
		{"once", "en", "A socket, a socket.", "<p>A [socket:socket], a socket.</p>"},
		{"case", "en", "Socket", "<p>[socket:Socket]</p>"},
		{"plural", "en", "two sockets", "<p>two [socket:sockets]</p>"},
		{"inside a word", "en", "websocket socketpair socket-like", "<p>websocket socketpair socket-like</p>"},
		{"longest", "en", "a receive window and a window", "<p>a [window:receive window] and a [room:window]</p>"},
		{"alias", "en", "its WND", "<p>its [window:WND]</p>"},
		{"underscores", "en", "in TIME_WAIT, wait_for", "<p>in [time-wait:TIME_WAIT], wait_for</p>"},
		{"code", "en", "`socket` and\n\n    socket\n\nx", "<p><code>socket</code> and</p>\n<pre><code>socket\n</code></pre>\n<p>x</p>"},
		{"fence", "en", "```text\nsocket\n```", "<pre><code class=\"language-text\">socket\n</code></pre>"},
		{"heading", "en", "### A socket\n\nThe socket", "<h3 id=\"a-socket\">A socket</h3>\n<p>The [socket:socket]</p>"},
		{"link", "en", "[a socket](https://example.org/) socket", "<p><a href=\"https://example.org/\">a socket</a> [socket:socket]</p>"},
		{"emphasis", "en", "**socket**s *of* wait", "<p><strong>[socket:socket]</strong>s <em>of</em> [wait:wait]</p>"},
		{"lines", "en", "a socket\nto wait  \nfor", "<p>a [socket:socket]\nto [wait:wait]<br>\nfor</p>"},
		{"list", "en", "- socket\n- socket", "<ul>\n<li>[socket:socket]</li>\n<li>socket</li>\n</ul>"},
		{"table", "en", "| `socket` |\n|---|\n| a socket |", "<table>\n<thead>\n<tr>\n<th><code>socket</code></th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>a [socket:socket]</td>\n</tr>\n</tbody>\n</table>"},
		{"broken text", "en", "\xff\xfe İ socket", "<p>\xff\xfe İ [socket:socket]</p>"},
		{"particle", "ko", "소켓을 엽니다.", "<p>[socket:소켓]을 엽니다.</p>"},
		{"particles", "ko", "소켓들에서는", "<p>[socket:소켓]들에서는</p>"},
		{"copula", "ko", "이것은 소켓입니다.", "<p>이것은 [socket:소켓]입니다.</p>"},
		{"emphasis before a particle", "ko", "**소켓**은", "<p><strong>[socket:소켓]</strong>은</p>"},
		{"a longer word", "ko", "소켓쌍 웹소켓", "<p>소켓쌍 웹소켓</p>"},
		{"Latin before a particle", "ko", "TIME_WAIT에서", "<p>[time-wait:TIME_WAIT]에서</p>"},
		{"two words", "ko", "수신 윈도우가, 윈도우가", "<p>[window:수신 윈도우]가, 윈도우가</p>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, prose(t, tt.lang, tt.body)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestTermsInTheCourse: every link leads to a term, says what it means, and
// stands once in its lesson; and in both languages nearly all terms are found.
func TestTermsInTheCourse(t *testing.T) {
	c, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	terms := map[string]*lessons.Term{}
	for _, term := range c.Glossary {
		terms[term.ID] = term
	}
	linked := map[string]map[string]bool{"en": {}, "ko": {}}
	for _, u := range c.Units {
		for _, name := range u.Lessons {
			for _, lang := range c.Langs {
				l, _ := c.Lesson(lang, u.Name, name)
				seen := map[string]bool{}
				for _, m := range termLink.FindAllStringSubmatch(strings.Join(written(l), "\n"), -1) {
					term, ok := terms[m[2]]
					if m[1] != lang || !ok || html.UnescapeString(m[3]) != term.Means[lang] || seen[m[2]] {
						t.Errorf("%s %s/%s: %s", lang, u.Name, name, m[0])
					}
					seen[m[2]] = true
					linked[lang][m[2]] = true
				}
			}
		}
	}
	for _, lang := range c.Langs {
		if len(linked[lang]) < len(terms)*4/5 {
			t.Errorf("%s: only %d of %d terms are linked anywhere", lang, len(linked[lang]), len(terms))
		}
	}
}

// TestTermsAreTaught: the lesson that a term names uses the term.
func TestTermsAreTaught(t *testing.T) {
	c, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, term := range c.Glossary {
		for _, lang := range c.Langs {
			page, err := fs.ReadFile(lessons.Embedded(), lang+"/"+term.Lesson+".md")
			if err != nil {
				t.Fatal(err)
			}
			page = bytes.ToLower(page)
			if !slices.ContainsFunc(term.Spellings(lang), func(word string) bool { return bytes.Contains(page, []byte(strings.ToLower(word))) }) {
				t.Errorf("%s: lesson %s has none of %q", lang, term.Lesson, term.Spellings(lang))
			}
		}
	}
}

func TestGlossaryRefuses(t *testing.T) {
	tests := []struct{ name, old, new, want string }{
		{"unknown lesson", "lesson: u/l", "lesson: u/x", `glossary.yaml:2: socket: lesson "u/x" is not in course.yaml`},
		{"no translation", "term: {en: TIME_WAIT, ko: TIME_WAIT}", "term: {en: TIME_WAIT}", "glossary.yaml:15: time-wait: term and means are needed in ko"},
		{"no meaning", "ko: 쉼입니다.", "ko: ''", "glossary.yaml:19: wait: term and means are needed in ko"},
		{"id twice", "id: room", "id: socket", `glossary.yaml:11: id "socket" is there twice: socket has it`},
		{"word twice", "ko: 창", "ko: 윈도우", `glossary.yaml:11: ko "윈도우" is there twice: window has it`},
		{"bad id", "id: room", "id: A room", `glossary.yaml:11: id "A room": small letters`},
		{"empty alias", "[wnd]", "[wnd, '']", "glossary.yaml:6: window: an alias in en is empty"},
		{"unknown key", "  lesson: u/l", "  lessen: u/l", "glossary.yaml:3: "},
		{"no YAML", "- id: socket", "- [id: socket", "glossary.yaml:"},
		{"id is not first", "- id: room\n  lesson: u/l", "- lesson: u/l\n  id: room", "glossary.yaml:1: each term begins with"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fsys := files()
			fsys["glossary.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(glossary, tt.old, tt.new, 1))}
			if _, err := lessons.Load(fsys); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want … %s", err, tt.want)
			}
		})
	}
}

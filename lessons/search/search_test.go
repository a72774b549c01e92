package search_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"fivetuple/lessons"
	"fivetuple/lessons/search"
)

// indexes are made once for all tests.
var indexes = map[string]func() *search.Index{"en": made("en"), "ko": made("ko")}

func made(lang string) func() *search.Index {
	return sync.OnceValue(func() *search.Index {
		c, err := lessons.Builtin()
		if err != nil {
			panic(err)
		}
		return search.New(c, lang)
	})
}

// name is what a result is shown as.
func name(r search.Result) string {
	if r.Term != nil {
		return "term " + r.Term.ID
	}
	return strings.TrimSuffix(r.Lesson.Unit+"/"+r.Lesson.Name+"#"+r.Heading.ID, "#")
}

func marked(r search.Result) (all []string) {
	for _, p := range r.Snippet {
		if p.Mark {
			all = append(all, p.Text)
		}
	}
	return all
}

// TestFind: the words are found, whatever their endings, where they are.
func TestFind(t *testing.T) {
	for _, tt := range []struct{ lang, query, want, mark string }{
		{"en", "three-way handshake", "handshake/three-way", ""},
		{"en", "RETRANSMISSIONS", "term retransmission", ""},
		{"en", "dropping segments", "reliability/retransmission#check-yourself", ""},
		{"en", "time_wait", "term time-wait", ""},
		{"en", "edge triggered", "term edge-triggered", ""},
		{"ko", "소켓을", "term socket", "소켓"},
		{"ko", "소켓들에서는", "term socket", "소켓"},
		{"ko", "핸드셰이크", "handshake/three-way", "핸드셰이크"},
		{"ko", "확인 응답 번호", "handshake/three-way#무슨-일이-일어났나", "번호"},
		{"ko", "TIME_WAIT가", "term time-wait", ""},
		{"ko", "SYN을", "term syn", ""},
		{"ko", "흐름 제어를", "term flow-control", ""},
	} {
		t.Run(tt.query, func(t *testing.T) {
			all := indexes[tt.lang]().Find(tt.query)
			var names []string
			for _, r := range all {
				names = append(names, name(r))
				if name(r) == tt.want {
					if tt.mark != "" && !strings.Contains(strings.Join(marked(r), " "), tt.mark) {
						t.Errorf("%v are marked, want %s", marked(r), tt.mark)
					}
					return
				}
			}
			t.Errorf("not found: %s among %v", tt.want, names)
		})
	}
}

// TestOrder: a title before a heading, a heading before a term, a term
// before a text.
func TestOrder(t *testing.T) {
	for _, query := range []string{"window", "five", "why"} {
		last := search.ByTitle
		for _, r := range indexes["en"]().Find(query) {
			if r.Tier > last {
				t.Errorf("%q: %s comes too late", query, name(r))
			}
			last = r.Tier
		}
	}
	for _, tt := range []struct{ lang, query, want string }{
		{"en", "half-close", "ending/half-close"}, {"ko", "웹소켓", "web/websocket"}, {"en", "flow control", "term flow-control"},
	} {
		all := indexes[tt.lang]().Find(tt.query)
		if len(all) == 0 || name(all[0]) != tt.want {
			t.Errorf("%s: %v first, want %s", tt.query, all[:min(1, len(all))], tt.want)
		}
	}
}

func TestEndings(t *testing.T) {
	x := indexes["en"]()
	for _, same := range [][]string{{"close", "closes", "closed", "closing", "CLOSE"}, {"drop", "drops", "dropped", "dropping"}, {"query", "queries"}} {
		want := fmt.Sprint(len(x.Find(same[0])))
		for _, other := range same[1:] {
			if diff := cmp.Diff(want, fmt.Sprint(len(x.Find(other)))); diff != "" {
				t.Errorf("%s and %s: %s", same[0], other, diff)
			}
		}
	}
}

// hostile are queries that no reader would ask.
var hostile = []string{
	"", " ", "\x00", "\xff\xfe", "을", "%", "*", "(", "[a-", "<script>alert(1)</script>", `" onfocus="x`, "../../etc/passwd", "'; drop table", "\u202e소켓",
	strings.Repeat("a", 1<<16), strings.Repeat("소켓 ", 1<<14), strings.Repeat("을", 1<<12), "\n\r\t", "ㅅㅋ", "🧦", "𝓼𝓸𝓬𝓴𝓮𝓽", "İ",
}

func TestHostile(t *testing.T) {
	x := indexes["ko"]()
	for _, query := range hostile {
		if clean := search.Clean(query); utf8.RuneCountInString(clean) > search.MaxQuery || !utf8.ValidString(clean) {
			t.Errorf("%.20q becomes %.40q", query, clean)
		}
		for _, r := range x.Find(query) {
			for _, p := range r.Snippet {
				if !utf8.ValidString(p.Text) {
					t.Errorf("%.20q: %s has broken text %q", query, name(r), p.Text)
				}
			}
		}
	}
	if all := x.Find("없는말뭉치zzz"); len(all) > 0 {
		t.Errorf("found %s", name(all[0]))
	}
}

func FuzzFind(f *testing.F) {
	for _, query := range hostile {
		f.Add(query)
	}
	x := indexes["ko"]()
	f.Fuzz(func(t *testing.T, query string) {
		for _, r := range x.Find(query) {
			for _, p := range r.Snippet {
				if !utf8.ValidString(p.Text) {
					t.Errorf("%q: %s has broken text %q", query, name(r), p.Text)
				}
			}
		}
	})
}

func BenchmarkNew(b *testing.B) {
	c, err := lessons.Builtin()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		search.New(c, "ko")
	}
}

func BenchmarkFind(b *testing.B) {
	x := indexes["ko"]()
	for b.Loop() {
		x.Find("서버 소켓을 닫는 쪽에서 확인 응답을 기다리는 클라이언트")
	}
}

package web_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fivetuple/lessons"
	"fivetuple/web"
)

func embedded(t *testing.T) *lessons.Course {
	t.Helper()
	c, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var (
	pageID     = regexp.MustCompile(`\sid="([^"]*)"`)
	pageAnchor = regexp.MustCompile(`href="#([^"]*)"`)
	lessonHref = regexp.MustCompile(`href="/(\w+)/([\w-]+)/([\w-]+)"`)
)

// TestGlossaryAnchors: every term has an anchor of its own, and every link
// of the page leads somewhere.
func TestGlossaryAnchors(t *testing.T) {
	c := embedded(t)
	for _, lang := range c.Langs {
		var b strings.Builder
		if err := web.GlossaryPage(web.NewGlossaryView(c, lang)).Render(context.Background(), &b); err != nil {
			t.Fatal(err)
		}
		ids := map[string]int{}
		for _, m := range pageID.FindAllStringSubmatch(b.String(), -1) {
			if ids[m[1]]++; ids[m[1]] > 1 {
				t.Errorf("%s: id %s is there twice", lang, m[1])
			}
		}
		for _, m := range pageAnchor.FindAllStringSubmatch(b.String(), -1) {
			if ids[m[1]] == 0 {
				t.Errorf("%s: nothing is at #%s", lang, m[1])
			}
		}
		for _, term := range c.Glossary {
			if ids[term.ID] == 0 {
				t.Errorf("%s: no anchor %s", lang, term.ID)
			}
		}
		for _, m := range lessonHref.FindAllStringSubmatch(b.String(), -1) {
			if _, ok := c.Lesson(m[1], m[2], m[3]); !ok {
				t.Errorf("%s: there is no lesson %s", lang, m[0])
			}
		}
		contains(t, b.String(), "receive window", "수신 윈도우", `aria-current="page"`)
	}
}

func TestGlossaryOrder(t *testing.T) {
	c := &lessons.Course{Langs: lessons.Langs}
	for _, w := range [][2]string{{"window", "윈도우"}, {"5-tuple", "5-튜플"}, {"Writing", "쓰기"}, {"ack", "ACK"}, {"wire", "회선"}, {"socket", "소켓"}} {
		c.Glossary = append(c.Glossary, &lessons.Term{ID: w[0], Word: map[string]string{"en": w[0], "ko": w[1]}})
	}
	for lang, want := range map[string]string{
		"en": "A: ack; S: socket; W: window wire Writing; 0–9: 5-tuple",
		"ko": "ㅅ: 소켓 쓰기; ㅇ: 윈도우; ㅎ: 회선; A–Z: ACK; 0–9: 5-튜플",
	} {
		var got []string
		for _, l := range web.NewGlossaryView(c, lang).Letters {
			var words []string
			for _, term := range l.Terms {
				words = append(words, term.Here.Word)
			}
			if len(words) > 0 {
				got = append(got, l.Name+": "+strings.Join(words, " "))
			}
		}
		if diff := cmp.Diff(want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", lang, diff)
		}
	}
}

package web_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fivetuple/lessons"
	"fivetuple/web"
)

// TestSources: each source stands there once, with all lessons that name it,
// RFCs by number.
func TestSources(t *testing.T) {
	c, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	v := web.NewSourcesView(c, "ko")
	last, seen := "", map[lessons.Source]bool{}
	for _, g := range v.Groups {
		for _, s := range g.Sources {
			if seen[s.Source] || len(s.Lessons) == 0 {
				t.Errorf("%s: there twice, or without a lesson", s.Title)
			}
			seen[s.Source] = true
		}
	}
	for _, s := range v.Groups[0].Sources {
		number, _, _ := strings.Cut(strings.TrimPrefix(s.Title, "RFC "), ",")
		number, _, _ = strings.Cut(number, " ")
		if len(number) < len(last) || len(number) == len(last) && number < last {
			t.Errorf("RFC %s comes after %s", number, last)
		}
		last = number
	}
	for _, g := range v.Groups {
		if len(g.Sources) < 5 {
			t.Errorf("%s has %d sources", g.ID, len(g.Sources))
		}
	}
}

// TestErrata: an erratum stands on its page and in its lesson.
func TestErrata(t *testing.T) {
	c, err := lessons.Load(os.DirFS("../lessons/example"))
	if err != nil {
		t.Fatal(err)
	}
	l, ok := c.Lesson("ko", "first", "hello")
	if !ok {
		t.Fatal("no lesson")
	}
	view := web.NewErrataView(c, "ko")
	if diff := cmp.Diff(view.Errata, web.NewLessonView(l, c, runs).Errata); diff != "" || len(view.Errata) != 1 {
		t.Errorf("(-page +lesson):\n%s", diff)
	}
	var page strings.Builder
	if err := web.ErrataPage(view).Render(context.Background(), &page); err != nil {
		t.Fatal(err)
	}
	contains(t, page.String(), `datetime="2026-11-21"`, "hello는 다섯 바이트입니다.", `href="/ko/first/hello"`)
}

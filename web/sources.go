package web

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fivetuple/lessons"
	"fivetuple/web/text"
)

// SourcesView is what the lessons of a course rest on.
type SourcesView struct {
	Page
	Groups []SourceGroup
}

// SourceGroup is sources of one kind.
type SourceGroup struct {
	ID, Name string
	Sources  []SourceView
}

// SourceView is a source, and the lessons that name it.
type SourceView struct {
	lessons.Source
	Lessons []LessonLink
}

// The kinds of sources, by the form of their titles.
var (
	rfc  = regexp.MustCompile(`^RFC (\d+)`)
	page = regexp.MustCompile(`^[a-z0-9_]+\(\d\)`)
)

// NewSourcesView makes the page of a course's sources in one language.
func NewSourcesView(c *lessons.Course, lang string) SourcesView {
	t := text.For(lang)
	v := SourcesView{
		Page: Page{T: t, Title: t.CourseSources() + " · fivetuple", Description: t.CourseSourcesLead(), Path: "sources"},
		Groups: []SourceGroup{
			{ID: "standards", Name: t.Standards()}, {ID: "manual-pages", Name: t.ManualPages()}, {ID: "other", Name: t.OtherSources()},
		},
	}
	for _, s := range sourcesOf(c, t) {
		g := &v.Groups[kindOf(s.Title)]
		g.Sources = append(g.Sources, s)
	}
	for _, g := range v.Groups {
		slices.SortStableFunc(g.Sources, func(a, b SourceView) int {
			return cmp.Or(cmp.Compare(number(a.Title), number(b.Title)), strings.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title)))
		})
	}
	return v
}

// sourcesOf are all sources, each once, with all lessons that name it.
func sourcesOf(c *lessons.Course, t text.Lang) (all []SourceView) {
	for _, u := range c.Units {
		for _, name := range u.Lessons {
			l, ok := c.Lesson(string(t), u.Name, name)
			if !ok {
				continue
			}
			for _, s := range l.Sources {
				i := slices.IndexFunc(all, func(v SourceView) bool { return v.Source == s })
				if i < 0 {
					i = len(all)
					all = append(all, SourceView{Source: s})
				}
				all[i].Lessons = append(all[i].Lessons, *link(c, t, u.Name, name))
			}
		}
	}
	return all
}

// kindOf is the place of a source's group.
func kindOf(title string) int {
	switch {
	case rfc.MatchString(title):
		return 0
	case page.MatchString(title):
		return 1
	}
	return 2
}

// number is that of an RFC, 0 of other sources.
func number(title string) int {
	if m := rfc.FindStringSubmatch(title); m != nil {
		n, _ := strconv.Atoi(m[1]) // digits
		return n
	}
	return 0
}

// ErrataView is what was wrong in the course and has been put right.
type ErrataView struct {
	Page
	Errata []ErratumView // newest first
}

// ErratumView is one thing that was.
type ErratumView struct {
	Date, Was, Is string
	Lesson        *LessonLink
}

// NewErrataView makes the page of a course's errata in one language.
func NewErrataView(c *lessons.Course, lang string) ErrataView {
	t := text.For(lang)
	return ErrataView{
		Page:   Page{T: t, Title: t.Errata() + " · fivetuple", Description: t.ErrataLead(), Path: "errata"},
		Errata: errata(c, t, ""),
	}
}

// errata are those of a lesson (unit/name), or all.
func errata(c *lessons.Course, t text.Lang, lesson string) (all []ErratumView) {
	for _, e := range c.Errata {
		if lesson != "" && e.Lesson != lesson {
			continue
		}
		unit, name, _ := strings.Cut(e.Lesson, "/")
		all = append(all, ErratumView{e.Date, e.Was[string(t)], e.Is[string(t)], link(c, t, unit, name)})
	}
	return all
}

package web

import (
	"fmt"
	"slices"

	"fivetuple/lessons"
	"fivetuple/web/text"
)

// Page is what every page has.
type Page struct {
	T           text.Lang // the page's language and its words
	Title       string
	Description string
	Path        string          // what follows /{lang}/ in the address, the same in each language
	Query       string          // what was searched for; empty but on the page of a search
	Faults      []lessons.Fault // of the course's files as they are now: the page is made of older ones
	HasLab      bool            // there is a lab to skip to
	Still       *Still          // the page is a file, with recorded runs; nil where a server answers
}

// LessonLink is a lesson as the course map and its neighbours name it.
type LessonLink struct {
	Name    string // as in the address
	Number  string // 3.1: the first lesson of the third unit
	Mark    Mark
	Title   string
	Summary string
	URL     string
	Minutes int
}

// Mark says how far the reader is with a lesson.
type Mark string

// The marks of a lesson; one that was never opened has none.
const (
	Begun Mark = "begun"
	Done  Mark = "done"
)

// UnitView is a unit in the course map.
type UnitView struct {
	Name    string
	Number  int
	Title   string
	Lessons []LessonLink
}

// CourseView is the course map.
type CourseView struct {
	Page
	Units       []UnitView
	Unavailable string // why no lab can run here, in the page's language; empty when labs run

	Kept     bool        // what the reader does is kept
	Continue *LessonLink // the lesson visited last; nil when none was
	Done     int         // lessons that are done
	Due      int         // questions that should be asked again
}

// Total is how many lessons there are.
func (v CourseView) Total() (n int) {
	for _, u := range v.Units {
		n += len(u.Lessons)
	}
	return n
}

// Review is a question that the reader answered wrong once.
type Review struct {
	Lesson   *LessonLink // where it stands
	Path     string      // of that lesson: unit/name
	ID       string
	Question string // HTML
	Form     lessons.Form
	Choices  []lessons.Choice // of the form choice
	Why      string           // HTML; of the other forms
	Mistakes []lessons.Mistake
	Truth    string // the right answer
}

// ProgressView is the page of what the reader has done.
type ProgressView struct {
	CourseView
	Known  bool // something is kept of this reader
	Review []Review
}

// LessonView is one lesson.
type LessonView struct {
	Page
	Lesson      *lessons.Lesson
	Number      string // 3.1
	UnitTitle   string
	Prev, Next  *LessonLink
	Review      []Review // questions of other lessons, asked again
	Errata      []ErratumView
	Unavailable string   // why no lab can run here, in the page's language; empty when labs run
	Languages   []string // endings of the programs that can be run here; all when empty
}

// ErrorView is a page that says what went wrong, with a way on.
type ErrorView struct {
	Page
	Status        int
	Heading, Text string
	Units         []UnitView // the way on; empty when the course is not at hand
}

// NewCourseView makes the course map in one language. Unavailable says, in
// that language, why no lab can run here; it is empty when labs run.
func NewCourseView(c *lessons.Course, lang, unavailable string) CourseView {
	t := text.For(lang)
	return CourseView{
		Page:        Page{T: t, Title: t.SiteTitle(), Description: t.SiteDescription()},
		Units:       units(c, t),
		Unavailable: unavailable,
	}
}

// NewProgressView makes the page of what the reader has done.
func NewProgressView(c *lessons.Course, lang string) ProgressView {
	t := text.For(lang)
	return ProgressView{CourseView: CourseView{Page: Page{T: t, Title: t.Progress() + " · fivetuple", Path: "progress"}, Units: units(c, t)}}
}

// NewLessonLink is the link to a lesson.
func NewLessonLink(c *lessons.Course, lang string, l *lessons.Lesson) *LessonLink {
	return link(c, text.For(lang), l.Unit, l.Name)
}

// NewLessonView makes the page of a lesson of c, in the lesson's language.
// Unavailable says, in that language, why no lab can run here; it is empty
// when labs run.
func NewLessonView(l *lessons.Lesson, c *lessons.Course, unavailable string) LessonView {
	t := text.For(l.Lang)
	v := LessonView{
		Page: Page{
			T: t, Title: l.Title + " · fivetuple", Description: l.Summary,
			Path: l.Unit + "/" + l.Name, HasLab: hasLab(l),
		},
		Lesson: l, Unavailable: unavailable,
		Errata: errata(c, t, l.Unit+"/"+l.Name),
		Prev:   neighbour(c, t, l.Prev), Next: neighbour(c, t, l.Next),
	}
	v.Number, v.UnitTitle = place(c, t, l.Unit, l.Name)
	return v
}

// NewErrorView makes the page for an HTTP status such as 404. C may be nil.
func NewErrorView(c *lessons.Course, lang string, status int) ErrorView {
	t := text.For(lang)
	v := ErrorView{
		Page:   Page{T: t, Title: t.StatusTitle(status) + " · fivetuple"},
		Status: status, Heading: t.StatusTitle(status), Text: t.StatusText(status),
	}
	if c != nil {
		v.Units = units(c, t)
	}
	return v
}

func hasLab(l *lessons.Lesson) bool {
	return slices.ContainsFunc(l.Blocks, func(b lessons.Block) bool {
		_, lab := b.(*lessons.LabBlock)
		return lab
	})
}

// hasNotes says whether the lesson itself has notes for the instructor.
func (v LessonView) hasNotes() bool {
	return slices.ContainsFunc(v.Lesson.Blocks, func(b lessons.Block) bool {
		_, notes := b.(*lessons.Instructor)
		return notes
	})
}

func units(c *lessons.Course, t text.Lang) []UnitView {
	views := make([]UnitView, 0, len(c.Units))
	for i, u := range c.Units {
		v := UnitView{Name: u.Name, Number: i + 1, Title: u.Title[string(t)]}
		for _, name := range u.Lessons {
			if link := link(c, t, u.Name, name); link != nil {
				v.Lessons = append(v.Lessons, *link)
			}
		}
		views = append(views, v)
	}
	return views
}

func neighbour(c *lessons.Course, t text.Lang, r *lessons.Ref) *LessonLink {
	if r == nil {
		return nil
	}
	return link(c, t, r.Unit, r.Name)
}

func link(c *lessons.Course, t text.Lang, unit, name string) *LessonLink {
	l, ok := c.Lesson(string(t), unit, name)
	if !ok {
		return nil
	}
	number, _ := place(c, t, unit, name)
	return &LessonLink{
		Name: name, Number: number, Title: l.Title, Summary: l.Summary, Minutes: l.Minutes,
		URL: "/" + string(t) + "/" + unit + "/" + name,
	}
}

// place is where in the course a lesson stands: its number and its unit's
// title.
func place(c *lessons.Course, t text.Lang, unit, name string) (number, unitTitle string) {
	for i, u := range c.Units {
		if u.Name != unit {
			continue
		}
		for j, n := range u.Lessons {
			if n == name {
				return fmt.Sprintf("%d.%d", i+1, j+1), u.Title[string(t)]
			}
		}
	}
	return "", ""
}

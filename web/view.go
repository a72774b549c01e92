package web

import (
	"fmt"
	"slices"

	"fivetuple/lessons"
	"fivetuple/sandbox/lab"
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
	Still       *Still          // recorded runs in the place of live ones; nil where all labs run
	Recorded    bool            // it shows recorded runs alone

	AsText    bool                        // it comes with its runs as text
	StepTexts map[*lessons.Setting]string // where the runs that steps have set can be read
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

	Kept       bool        // what the reader does is kept
	Unreadable bool        // something is kept of the reader that cannot be read
	Continue   *LessonLink // the lesson visited last; nil when none was
	Done       int         // lessons that are done
	Due        int         // questions that should be asked again
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
	Believed string // the wrong answer that was given last; empty where it is not known
}

// Misconception is what the reader once believed of a question, and what was
// so.
type Misconception struct {
	Review
	Predict  bool // what was so, a run showed
	Overcome bool // it has been answered right since
	Due      bool // it will be asked again, so what was so is folded away
}

// ProgressView is the page of what the reader has done.
type ProgressView struct {
	CourseView
	Known    bool // something is kept of this reader
	Review   []Review
	Believed []Misconception
	More     int // how many more there are of those
	Overcome int // how many of all those are overcome
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
	Languages   []string            // endings of the programs that can be run here; all when empty
	Unavailable map[string]string   // by lab: why it cannot run here, in the page's language
	Meanwhile   map[string]string   // by lab: address of a recorded run that can be looked at before a live one
	Texts       map[string]*RunText // by lab: a recorded run to be read below it
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
		Page:        Page{T: t, Title: t.SiteTitle(), Description: t.SiteDescription(), Recorded: unavailable != "" && c.HasRecordings()},
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

// Missing is what a machine lacks to run a lab, and how to get it.
type Missing struct{ Detail, Remedy string }

// NewLessonView makes the page of a lesson of c, in the lesson's language.
// Lacks says why a lab cannot run here; it returns nil when that runs.
func NewLessonView(l *lessons.Lesson, c *lessons.Course, lacks func(*lab.Lab) *Missing) LessonView {
	t := text.For(l.Lang)
	v := LessonView{
		Page: Page{
			T: t, Title: l.Title + " · fivetuple", Description: l.Summary,
			Path: l.Unit + "/" + l.Name, HasLab: hasLab(l),
		},
		Lesson: l,
		Errata: errata(c, t, l.Unit+"/"+l.Name),
		Prev:   neighbour(c, t, l.Prev), Next: neighbour(c, t, l.Next),
	}
	v.Number, v.UnitTitle = place(c, t, l.Unit, l.Name)
	v.choose(c, lacks)
	return v
}

// choose has each lab of the lesson run, or show a recorded run, or say why
// it does neither.
func (v *LessonView) choose(c *lessons.Course, lacks func(*lab.Lab) *Missing) {
	v.Unavailable, v.Meanwhile = map[string]string{}, map[string]string{}
	labs := 0
	for _, b := range v.Lesson.Blocks {
		b, ok := b.(*lessons.LabBlock)
		if !ok {
			continue
		}
		labs++
		missing, recorded := lacks(b.Lab), c.Recording(b.Lab.Name, "")
		switch {
		case missing != nil && recorded != nil:
			v.show(c, recorded, v.T.ShownInstead(missing.Detail, missing.Remedy))
		case missing != nil:
			v.Unavailable[b.Lab.Name] = v.T.Unavailable(missing.Detail, missing.Remedy)
		case recorded != nil:
			v.Meanwhile[b.Lab.Name] = RecordingAddress(recorded)
		}
	}
	v.Recorded = v.Still != nil && len(v.Still.Runs) == labs
}

// show shows the recorded runs of a lab, its own and those of its steps.
func (v *LessonView) show(c *lessons.Course, own *lessons.Recording, why string) {
	if v.Still == nil {
		v.Still = &Still{Runs: map[string]*Run{}, Steps: map[*lessons.Setting]string{}}
	}
	v.Still.Runs[own.Lab.Name] = newRun(own, why)
	for _, step := range claimed(c, string(v.T), own.Lab.Name) {
		if r := c.Recording(own.Lab.Name, step.ID); r != nil {
			v.Still.Steps[step.Set] = RecordingAddress(r)
		}
	}
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

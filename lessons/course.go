// Package lessons is the course: its lessons, written in Markdown in every
// language, and its labs. [Load] reads a course and refuses one in which
// anything is unknown, missing or different between the languages, saying
// file and line.
package lessons

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sync"

	"fivetuple/sandbox/lab"
)

//go:embed course.yaml glossary.yaml errata.yaml all:en all:ko all:labs
var embedded embed.FS

// Embedded is the course that comes with the program.
func Embedded() fs.FS { return embedded }

// Builtin is that course, read when it is first asked for.
func Builtin() (*Course, error) { return builtin() }

var builtin = sync.OnceValues(func() (*Course, error) { return Load(embedded) })

// Langs are the languages of the course.
var Langs = []string{"en", "ko"}

// Course is a course. It is not changed after it was loaded.
type Course struct {
	Units    []Unit
	Langs    []string
	Glossary []*Term
	Errata   []Erratum // newest first
	Unfit    []Fault   // recorded runs that are not shown, because they do not fit

	words      map[string]spellings // of the glossary, by language
	lessons    map[address]*Lesson
	labs       []*lab.Lab
	recordings map[string]*Recording // by file
	links      []link                // while it is loaded: those that must still be followed
	shots      shots
	quoted     map[string][]string // names of the figures in lessons, by file of the recording
}

// Unit is a unit of a course.
type Unit struct {
	Name    string            `yaml:"name"`
	Title   map[string]string `yaml:"title"` // by language
	Lessons []string          `yaml:"lessons"`
}

type address struct{ lang, unit, name string }

// Lesson returns a lesson.
func (c *Course) Lesson(lang, unit, name string) (*Lesson, bool) {
	l, ok := c.lessons[address{lang, unit, name}]
	return l, ok
}

// Lab returns a lab by its name: handshake/three-way.
func (c *Course) Lab(name string) (*lab.Lab, bool) {
	i := slices.IndexFunc(c.labs, func(l *lab.Lab) bool { return l.Name == name })
	if i < 0 {
		return nil, false
	}
	return c.labs[i], true
}

// Labs returns all labs in the order in which the lessons use them.
func (c *Course) Labs() []*lab.Lab { return slices.Clone(c.labs) }

// Claims are the predict blocks and steps whose truth a run of a lab shows.
func (c *Course) Claims(name string) (predicts []*Predict, steps []Step) {
	for _, lesson := range c.Using(name) {
		for _, b := range lesson.Blocks {
			switch b := b.(type) {
			case *Predict:
				predicts = append(predicts, b)
			case *Steps:
				steps = append(steps, b.Items...)
			}
		}
	}
	return predicts, slices.DeleteFunc(steps, func(s Step) bool { return s.ID == "" })
}

// Using are the lessons, of the first language, in which the lab of a name
// stands.
func (c *Course) Using(name string) (all []*Lesson) {
	for _, u := range c.Units {
		for _, lesson := range u.Lessons {
			l, ok := c.Lesson(c.Langs[0], u.Name, lesson)
			if ok && slices.ContainsFunc(l.Blocks, func(b Block) bool {
				block, ok := b.(*LabBlock)
				return ok && block.Lab.Name == name
			}) {
				all = append(all, l)
			}
		}
	}
	return all
}

// Exercise is the one in whose lab learners write, by the lab's name; nil
// where there is none.
func (c *Course) Exercise(name string) *Exercise {
	for _, u := range c.Units {
		for _, lesson := range u.Lessons {
			l, ok := c.Lesson(c.Langs[0], u.Name, lesson)
			if !ok {
				continue
			}
			if e := l.Exercise(); e != nil && e.Lab.Name == name {
				return e
			}
		}
	}
	return nil
}

// Load reads the course in fsys: course.yaml, glossary.yaml, errata.yaml, a folder for
// each language, and labs with the recorded runs beside them. The error joins everything
// that is wrong, each with its file and, where it can be said, its line; a recorded run
// that does not fit is none, see [Course.Unfit].
func Load(fsys fs.FS) (*Course, error) { return load(fsys, false) }

// LoadToRecord is Load for who is about to record its runs: a figure that no
// recorded run gives is no fault yet.
func LoadToRecord(fsys fs.FS) (*Course, error) { return load(fsys, true) }

func load(fsys fs.FS, later bool) (*Course, error) {
	c := &Course{
		Langs: Langs, words: map[string]spellings{}, lessons: map[address]*Lesson{}, recordings: map[string]*Recording{},
		shots: shots{fsys, map[string]*shot{}, map[string]map[string]figured{}, later}, quoted: map[string][]string{},
	}
	text, err := fs.ReadFile(fsys, "course.yaml")
	if err != nil {
		return nil, err
	}
	var order struct {
		Units []Unit `yaml:"units"`
	}
	if err := lab.Unmarshal(text, &order); err != nil {
		return nil, at("course.yaml", 0, err)
	}
	c.Units = order.Units
	defer c.forget()
	return c, errors.Join(c.loadGlossary(fsys), c.loadErrata(fsys), c.loadLabs(fsys), c.loadLessons(fsys), c.follow(), c.compare(), c.loadRecordings(fsys))
}

// loadLabs reads every folder of labs that has a lab.yaml.
func (c *Course) loadLabs(fsys fs.FS) error {
	var all []error
	found, err := fs.Glob(fsys, "labs/*/*/lab.yaml")
	if err != nil {
		return err
	}
	for _, name := range found {
		l, err := lab.Load(fsys, path.Dir(name))
		if err != nil {
			all = append(all, err)
			continue
		}
		for _, lang := range c.Langs {
			if l.Title[lang] == "" {
				all = append(all, fmt.Errorf("%s: title: %s is missing", name, lang))
			}
		}
		c.labs = append(c.labs, l)
	}
	place := func(l *lab.Lab) int {
		n := 0
		for _, u := range c.Units {
			for _, lesson := range u.Lessons {
				if u.Name+"/"+lesson == l.Name {
					return n
				}
				n++
			}
		}
		return n
	}
	slices.SortStableFunc(c.labs, func(a, b *lab.Lab) int { return place(a) - place(b) })
	return errors.Join(all...)
}

// runsUnit would have the addresses that links to runs have.
const runsUnit = "runs"

func (c *Course) loadLessons(fsys fs.FS) error {
	var all []error
	for _, lang := range c.Langs {
		c.words[lang] = newSpellings(c.Glossary, lang)
		var last *Lesson
		for _, u := range c.Units {
			if u.Name == runsUnit && lang == c.Langs[0] {
				all = append(all, fmt.Errorf("course.yaml: unit %s: this address is taken, by links to runs; name the unit otherwise", u.Name))
			}
			if u.Title[lang] == "" {
				all = append(all, fmt.Errorf("course.yaml: unit %s: title: %s is missing", u.Name, lang))
			}
			for _, name := range u.Lessons {
				l, err := c.loadLesson(fsys, lang, u.Name, name)
				if err != nil {
					all = append(all, err)
					continue
				}
				c.lessons[address{lang, u.Name, name}] = l
				if last != nil {
					last.Next = &Ref{l.Unit, l.Name, l.Title}
					l.Prev = &Ref{last.Unit, last.Name, last.Title}
				}
				last = l
			}
		}
	}
	return errors.Join(all...)
}

// compare says where the languages differ in more than words.
func (c *Course) compare() error {
	var all []error
	first := c.Langs[0]
	for _, u := range c.Units {
		for _, name := range u.Lessons {
			a, ok := c.Lesson(first, u.Name, name)
			if !ok {
				continue // said already
			}
			for _, lang := range c.Langs[1:] {
				if b, ok := c.Lesson(lang, u.Name, name); ok {
					all = append(all, a.compare(b))
				}
			}
		}
	}
	return errors.Join(all...)
}

// compare says where two languages of a lesson first differ.
func (l *Lesson) compare(other *Lesson) error {
	mine, others := l.outline(), other.outline()
	for i := range max(len(mine), len(others)) {
		var a, b string
		if i < len(mine) {
			a = mine[i]
		}
		if i < len(others) {
			b = others[i]
		}
		if a != b {
			return fmt.Errorf("%s/%s/%s.md: it has %q where %s has %q", other.Lang, l.Unit, l.Name, b, l.Lang, a)
		}
	}
	return nil
}

// at puts a place before an error. The YAML reader's line, when it says one,
// is counted from line.
func at(file string, line int, err error) error {
	var syntax *lab.SyntaxError
	if errors.As(err, &syntax) && syntax.Line > 0 {
		return fmt.Errorf("%s:%d: %s", file, line+syntax.Line, syntax.Text)
	}
	if line == 0 {
		return fmt.Errorf("%s: %w", file, err)
	}
	return fmt.Errorf("%s:%d: %w", file, line, err)
}

package lessons

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"fivetuple/sandbox/lab"
)

// Lesson is one lesson in one language.
type Lesson struct {
	Lang, Unit, Name string
	Title, Summary   string
	Minutes          int
	Teaches          []string
	Misconceptions   []string
	Sources          []Source
	Blocks           []Block
	Headings         []Heading
	Prev, Next       *Ref

	quotes []string // figures, as they are written
}

// Source is where more can be read.
type Source struct {
	Title string `yaml:"title"`
	URL   string `yaml:"url"`
}

// Heading is a part of a lesson.
type Heading struct{ ID, Text string }

// Ref is a neighbour of a lesson.
type Ref struct{ Unit, Name, Title string }

// front is the front matter of a lesson.
type front struct {
	Title          string   `yaml:"title"`
	Summary        string   `yaml:"summary"`
	Minutes        int      `yaml:"minutes"`
	Teaches        []string `yaml:"teaches"`
	Misconceptions []string `yaml:"misconceptions"`
	Sources        []Source `yaml:"sources"`
}

var errFront = errors.New("a lesson begins with front matter between two lines of ---")

func (c *Course) loadLesson(fsys fs.FS, lang, unit, name string) (*Lesson, error) {
	file := path.Join(lang, unit, name+".md")
	text, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, fmt.Errorf("%s: the lesson is in course.yaml, but not here: %w", file, err)
	}
	rest, ok := bytes.CutPrefix(text, []byte("---\n"))
	head, body, closed := bytes.Cut(rest, []byte("\n---\n"))
	if !ok || !closed {
		return nil, at(file, 1, errFront)
	}
	var f front
	if err := lab.Unmarshal(head, &f); err != nil {
		return nil, at(file, 1, err)
	}
	if f.Title == "" || f.Summary == "" || f.Minutes <= 0 || len(f.Teaches) == 0 {
		return nil, at(file, 1, errors.New("front matter needs title, summary, minutes and teaches"))
	}
	if found := quoteForm.FindIndex(head); found != nil {
		return nil, at(file, 2+bytes.Count(head[:found[0]], []byte("\n")), fmt.Errorf("figure %s: %w", head[found[0]:found[1]], errQuotePlace))
	}
	l := &Lesson{
		Lang: lang, Unit: unit, Name: name, Title: f.Title, Summary: f.Summary, Minutes: f.Minutes,
		Teaches: f.Teaches, Misconceptions: f.Misconceptions, Sources: f.Sources,
	}
	p := &parser{course: c, fsys: fsys, lesson: l, file: file, text: body, line: bytes.Count(head, []byte("\n")) + 4}
	return l, p.parse()
}

// Claimed are the steps of the lesson of which its lab claims something, so
// that they say all by themselves; others wait for a learner's hand.
func (l *Lesson) Claimed() (all []Step) {
	for _, b := range l.Blocks {
		if b, ok := b.(*Steps); ok {
			all = append(all, slices.DeleteFunc(slices.Clone(b.Items), func(s Step) bool { return s.ID == "" })...)
		}
	}
	return all
}

// outline names all of a lesson but its words: what must be the same in every
// language.
func (l *Lesson) outline() (names []string) {
	names = append(names, fmt.Sprintf("minutes %d", l.Minutes), fmt.Sprintf("teaches %v", l.Teaches),
		fmt.Sprintf("misconceptions %d", len(l.Misconceptions)), fmt.Sprintf("sources %d", len(l.Sources)))
	for _, b := range l.Blocks {
		names = append(names, outlineOf(b)...)
	}
	quotes := slices.Sorted(slices.Values(l.quotes))
	return append(names, "figures "+strings.Join(slices.Compact(quotes), ", "))
}

func outlineOf(b Block) (names []string) {
	switch b := b.(type) {
	case *LabBlock:
		return []string{"lab " + b.Lab.Name}
	case *Predict:
		names = append(names, fmt.Sprintf("predict %s %s %s", b.ID, b.Form.Name(), b.Form.outline()))
		for _, m := range b.Mistakes {
			names = append(names, "mistake "+m.Answer)
		}
	case *Quiz:
		names = append(names, fmt.Sprintf("quiz %s %d %s is right", b.ID, len(b.Choices), b.Right().Key))
	case *Steps:
		for _, item := range b.Items {
			names = append(names, strings.TrimSpace(fmt.Sprintf("step %s %s", item.ID, item.Set.outline())))
		}
	case *Exercise:
		for _, t := range b.Trials {
			names = append(names, fmt.Sprintf("trial %s %d", t.ID, len(t.Hints)))
			for _, m := range t.Mistakes {
				names = append(names, "mistake "+m.Key)
			}
		}
	case *Instructor:
		return []string{"instructor"}
	case *Connection:
		return []string{"connection"}
	}
	return names
}

package lessons_test

import (
	"regexp"
	"strings"
	"testing"

	"fivetuple/lessons"
)

// code is what may hold asterisks of its own.
var code = regexp.MustCompile(`(?s)<(pre|code)[ >].*?</(pre|code)>`)

// TestEmphasis finds asterisks that were meant as Markdown and are shown as
// they are: in Korean a particle follows without a space, and * or ** after a
// backquote, a bracket or a mark then closes nothing (CommonMark 0.31, section 6.2).
func TestEmphasis(t *testing.T) {
	c, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	left := regexp.MustCompile(`.{0,20}\*.{0,20}`)
	for _, u := range c.Units {
		for _, name := range u.Lessons {
			for _, lang := range c.Langs {
				l, _ := c.Lesson(lang, u.Name, name)
				for _, html := range written(l) {
					for _, found := range left.FindAllString(code.ReplaceAllString(html, "`…`"), -1) {
						t.Errorf("%s %s/%s: the asterisks are shown: %s", lang, u.Name, name, found)
					}
				}
			}
		}
	}
}

// written is the HTML of everything that a lesson says.
func written(l *lessons.Lesson) (all []string) {
	choices := func(question string, choices []lessons.Choice) {
		all = append(all, question)
		for _, c := range choices {
			all = append(all, c.Text, c.Why)
		}
	}
	for _, b := range l.Blocks {
		switch b := b.(type) {
		case *lessons.Prose:
			all = append(all, b.HTML)
		case *lessons.Predict:
			all = append(all, b.Words()...)
		case *lessons.Quiz:
			choices(b.Question, b.Choices)
		case *lessons.Steps:
			for _, s := range b.Items {
				all = append(all, s.Text)
			}
		case *lessons.Instructor:
			all = append(all, b.HTML)
		}
	}
	return all
}

// TestNumbersAreText: an answer that is a number with a full stop begins no
// list, and no table has a head without words.
func TestNumbersAreText(t *testing.T) {
	c, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	var numbers int
	for _, u := range c.Units {
		for _, name := range u.Lessons {
			for _, lang := range c.Langs {
				l, _ := c.Lesson(lang, u.Name, name)
				for _, b := range l.Blocks {
					p, ok := b.(*lessons.Predict)
					if !ok {
						continue
					}
					for _, choice := range p.Choices {
						if strings.Contains(choice.Text, "<ol") {
							t.Errorf("%s %s/%s, %s: %s", lang, u.Name, name, p.ID, choice.Text)
						}
						if number.MatchString(choice.Text) {
							numbers++
						}
					}
				}
				for _, html := range written(l) {
					if strings.Contains(html, "<th></th>") {
						t.Errorf("%s %s/%s: a table has an empty head", lang, u.Name, name)
					}
				}
			}
		}
	}
	if numbers == 0 {
		t.Error("no answer is a number with a full stop")
	}
}

var number = regexp.MustCompile(`^\d+\. `)

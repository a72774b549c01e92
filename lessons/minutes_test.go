package lessons_test

import (
	"regexp"
	"strings"
	"testing"

	"fivetuple/lessons"
)

// How long a learner takes who reads the text, answers every question and
// does every step: words a minute of a text that has to be understood, and
// seconds for each thing to do.
const (
	wordsPerMinute = 220
	secondsOfLab   = 90 // to run it and look
	secondsOfStep  = 20 // most are runs of a few seconds; many learners do some
	secondsOfAsk   = 15 // to decide, when it has been read
)

// estimate is how many minutes a lesson takes.
func estimate(l *lessons.Lesson) float64 {
	read, seconds := 0, 0
	for _, b := range l.Blocks {
		switch b := b.(type) {
		case *lessons.Prose:
			read += count(b.HTML)
		case *lessons.LabBlock:
			seconds += secondsOfLab
		case *lessons.Predict:
			seconds += secondsOfAsk
			read += count(b.Question, b.Why) + chosen(b.Choices)
		case *lessons.Quiz:
			seconds += secondsOfAsk
			read += count(b.Question) + chosen(b.Choices)
		case *lessons.Steps:
			for _, s := range b.Items {
				seconds += secondsOfStep
				read += count(s.Text)
			}
		}
	}
	return float64(read)/wordsPerMinute + float64(seconds)/60
}

// chosen is how many words somebody reads who chooses: all choices, and what
// is said of one.
func chosen(all []lessons.Choice) (words int) {
	whys := 0
	for _, c := range all {
		words += count(c.Text)
		whys += count(c.Why)
	}
	return words + whys/max(len(all), 1)
}

var tag = regexp.MustCompile(`<[^>]*>`)

// count is how many words there are in HTML.
func count(all ...string) (n int) {
	for _, text := range all {
		n += len(strings.Fields(tag.ReplaceAllString(text, "")))
	}
	return n
}

// TestMinutes: a lesson takes about as long as it says. How long an exercise
// takes depends on what is written for it, and not on how much there is to
// read.
func TestMinutes(t *testing.T) {
	c, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range c.Units {
		for _, name := range u.Lessons {
			l, _ := c.Lesson("en", u.Name, name)
			if l.Exercise() != nil {
				continue
			}
			if said, need := float64(l.Minutes), estimate(l); need < 0.75*said || need > 1.3*said {
				t.Errorf("%s/%s says %d minutes and takes about %.0f", u.Name, name, l.Minutes, need)
			}
		}
	}
}

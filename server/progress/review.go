package progress

import (
	"slices"
	"time"

	"fivetuple/lessons"
)

// rests are how long a question that was answered wrong is left alone after
// it was answered right from memory once, twice, …; then it is learned.
var rests = []time.Duration{0, 24 * time.Hour, 7 * 24 * time.Hour}

// Due is a question that should be asked again, with what was answered last.
type Due struct {
	Question
	*Answer
}

// Belief is the wrong answer that was given last, nil where it is not known.
func (d Due) Belief() *Belief {
	if b := d.belief(d.Form); b != nil && readable(d.Form, b.Choice, b.Truth) {
		return b
	}
	return nil
}

// Due are the questions of the course that were answered wrong once and
// should be asked again now, those of l left out, longest unasked first. L may
// be nil.
func (r *Record) Due(c *lessons.Course, lang string, l *lessons.Lesson, now time.Time) (all []Due) {
	r.answers(c, lang, func(q Question, a *Answer) {
		if l != nil && Name(q.Lesson) == Name(l) || !a.due(now) || !readable(q.Form, a.Truth) {
			return
		}
		all = append(all, Due{q, a})
	})
	slices.SortStableFunc(all, func(a, b Due) int { return a.At.Compare(b.At) })
	return all
}

// answers calls see for each question of the course that was answered, in the
// order of the course. R may be nil.
func (r *Record) answers(c *lessons.Course, lang string, see func(Question, *Answer)) {
	for _, u := range c.Units {
		for _, name := range u.Lessons {
			l, ok := c.Lesson(lang, u.Name, name)
			if !ok {
				continue
			}
			done, ok := r.of(l)
			if !ok {
				continue
			}
			for _, q := range Questions(l) {
				if a := done.Answers[q.ID]; a != nil {
					see(q, a)
				}
			}
		}
	}
}

func (a *Answer) due(now time.Time) bool {
	return a.Wrong > 0 && a.Recall < len(rests) && now.Sub(a.At) >= rests[a.Recall]
}

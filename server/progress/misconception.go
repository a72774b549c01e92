package progress

import (
	"slices"
	"time"

	"fivetuple/lessons"
)

// Misconception is a question that the learner once answered wrong, with the
// wrong answer that was given last.
type Misconception struct {
	Question
	Belief
	Overcome bool // it has been answered right since
	Due      bool // it should be asked again now
}

// Misconceptions are those of the whole course: first what has not been
// answered right since, then what has, the latest first.
func (r *Record) Misconceptions(c *lessons.Course, lang string, now time.Time) (all []Misconception) {
	r.answers(c, lang, func(q Question, a *Answer) {
		b := a.belief(q.Form)
		if b == nil || !readable(q.Form, b.Choice, b.Truth) {
			return
		}
		all = append(all, Misconception{q, *b, q.Form.Right(a.Choice, a.Truth), a.due(now)})
	})
	slices.SortStableFunc(all, func(a, b Misconception) int {
		if a.Overcome != b.Overcome {
			if a.Overcome {
				return 1
			}
			return -1
		}
		return b.At.Compare(a.At)
	})
	return all
}

// belief is the wrong answer that was given last, nil when there is none. A
// record from the time when wrong answers were only counted has it as long as
// it is the last of all.
func (a *Answer) belief(f lessons.Form) *Belief {
	if a.Believed == nil && a.Wrong > 0 && !f.Right(a.Choice, a.Truth) {
		return &Belief{a.Choice, a.Truth, a.At}
	}
	return a.Believed
}

// readable says whether answers can be given to a question: the course may
// have changed since they were.
func readable(f lessons.Form, answers ...string) bool {
	for _, answer := range answers {
		if _, ok := f.Read(answer); !ok {
			return false
		}
	}
	return true
}

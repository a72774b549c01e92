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

// Due are the questions of the course that were answered wrong once and
// should be asked again now, those of l left out, longest unasked first. L may
// be nil.
func (r *Record) Due(c *lessons.Course, lang string, l *lessons.Lesson, now time.Time) (all []Due) {
	if r == nil {
		return nil
	}
	for _, u := range c.Units {
		for _, name := range u.Lessons {
			lesson, ok := c.Lesson(lang, u.Name, name)
			if !ok || l != nil && Name(lesson) == Name(l) {
				continue
			}
			done, ok := r.of(lesson)
			if !ok {
				continue
			}
			for _, q := range Questions(lesson) {
				a := done.Answers[q.ID]
				if a == nil || !a.due(now) {
					continue
				}
				if _, known := q.Form.Read(a.Truth); known { // the course may have changed since
					all = append(all, Due{q, a})
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Due) int { return a.At.Compare(b.At) })
	return all
}

func (a *Answer) due(now time.Time) bool {
	return a.Wrong > 0 && a.Recall < len(rests) && now.Sub(a.At) >= rests[a.Recall]
}

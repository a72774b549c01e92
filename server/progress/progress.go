// Package progress is what a learner has done: lessons visited and finished,
// answers, and what should be asked again.
package progress

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"fivetuple/lessons"
)

// Version is the version of the form in which a record is kept.
const Version = 1

// Record is all that is kept of one learner. The keys of Lessons are
// unit/name.
type Record struct {
	Version int                `json:"version"`
	Last    string             `json:"last,omitempty"` // the lesson visited last
	Lessons map[string]*Lesson `json:"lessons"`
}

// Lesson is what was done in one lesson. The keys of Answers are the ids of
// its questions.
type Lesson struct {
	Visited time.Time          `json:"visited"`
	Ran     *time.Time         `json:"ran,omitempty"` // when a lab of it was run last
	Answers map[string]*Answer `json:"answers,omitempty"`

	Passed map[string]time.Time `json:"passed,omitempty"` // trials of its exercise, by id
}

// Answer is what was answered to one question.
type Answer struct {
	Choice string    `json:"choice"` // as the question's form reads it
	Truth  string    `json:"truth"`  // the right answer: of a prediction, in the learner's own run, or the recorded one in its place
	At     time.Time `json:"at"`
	Wrong  int       `json:"wrong,omitempty"` // how often it was answered wrong
	Recall int       `json:"recall,omitempty"`

	Believed *Belief `json:"believed,omitempty"` // the last wrong answer
}

// Belief is a wrong answer, and what was right when it was given.
type Belief struct {
	Choice string    `json:"choice"`
	Truth  string    `json:"truth"`
	At     time.Time `json:"at"`
}

// ErrUnknown means that the course has no such lesson, question or choice.
var ErrUnknown = errors.New("not in the course")

// Question is a question of a lesson, of either kind.
type Question struct {
	Lesson   *lessons.Lesson
	ID       string
	Text     string // HTML
	Form     lessons.Form
	Choices  []lessons.Choice // of the form choice
	Why      string           // HTML; of the other forms
	Mistakes []lessons.Mistake
	Predict  bool // what is right comes from a run
}

// Questions are those of a lesson, in their order.
func Questions(l *lessons.Lesson) (all []Question) {
	for _, b := range l.Blocks {
		switch b := b.(type) {
		case *lessons.Predict:
			all = append(all, Question{l, b.ID, b.Question, b.Form, b.Choices, b.Why, b.Mistakes, true})
		case *lessons.Quiz:
			all = append(all, Question{l, b.ID, b.Question, lessons.Choices(b.Choices), b.Choices, "", nil, false})
		}
	}
	return all
}

// Find is the question of an id.
func Find(l *lessons.Lesson, id string) (Question, error) {
	for _, q := range Questions(l) {
		if q.ID == id {
			return q, nil
		}
	}
	return Question{}, fmt.Errorf("%w: question %q", ErrUnknown, id)
}

// Truth is the key of the choice that is right in any run; ok is false for
// a prediction.
func (q Question) Truth() (key string, ok bool) {
	i := slices.IndexFunc(q.Choices, func(c lessons.Choice) bool { return c.Right })
	if i < 0 {
		return "", false
	}
	return q.Choices[i].Key, true
}

// lesson is what was done in l; it is made when nothing was.
func (r *Record) lesson(l *lessons.Lesson) *Lesson {
	if r.Lessons == nil {
		r.Lessons = map[string]*Lesson{}
	}
	name := Name(l)
	if r.Lessons[name] == nil {
		r.Lessons[name] = &Lesson{}
	}
	return r.Lessons[name]
}

// Name is the name of a lesson in a record.
func Name(l *lessons.Lesson) string { return l.Unit + "/" + l.Name }

// Visit notes that l was opened.
func (r *Record) Visit(l *lessons.Lesson, now time.Time) {
	r.lesson(l).Visited = now
	r.Last = Name(l)
}

// Run notes that a lab of l was run.
func (r *Record) Run(l *lessons.Lesson, now time.Time) { r.lesson(l).Ran = &now }

// Pass notes that a program of the learner passed a trial of l's exercise.
func (r *Record) Pass(l *lessons.Lesson, trial string, now time.Time) {
	done := r.lesson(l)
	if done.Passed == nil {
		done.Passed = map[string]time.Time{}
	}
	done.Passed[trial] = now
}

// Answer notes an answer to a question of which truth is the right one. In a
// review it is an answer from memory.
func (r *Record) Answer(q Question, choice, truth string, review bool, now time.Time) error {
	read, ok := q.Form.Read(choice)
	right, known := q.Form.Read(truth)
	if !ok || !known {
		return fmt.Errorf("%w: choice %q", ErrUnknown, choice)
	}
	l := r.lesson(q.Lesson)
	if l.Answers == nil {
		l.Answers = map[string]*Answer{}
	}
	a := l.Answers[q.ID]
	if a == nil {
		a = &Answer{}
		l.Answers[q.ID] = a
	}
	a.Believed = a.belief(q.Form) // a record that has none yet may have it in what is overwritten
	a.Choice, a.Truth, a.At = read, right, now
	switch {
	case !q.Form.Right(read, right):
		a.Wrong++
		a.Recall = 0
		a.Believed = &Belief{read, right, now}
	case review:
		a.Recall++
	}
	return nil
}

// Recall notes an answer from memory to a question whose right answer the
// learner's own run once said, and returns that.
func (r *Record) Recall(q Question, choice string, now time.Time) (truth string, err error) {
	done, _ := r.of(q.Lesson)
	if done == nil || done.Answers[q.ID] == nil {
		return "", fmt.Errorf("%w: question %q was never answered", ErrUnknown, q.ID)
	}
	truth = done.Answers[q.ID].Truth
	return truth, r.Answer(q, choice, truth, true, now)
}

// State is how far a learner is with a lesson.
type State int

// The states of a lesson.
const (
	Untouched State = iota
	Begun
	Done // every question has its right answer, each prediction its run, every trial is passed
)

// State is how far the learner is with l.
func (r *Record) State(l *lessons.Lesson) State {
	done, ok := r.of(l)
	if !ok {
		return Untouched
	}
	for _, q := range Questions(l) {
		a := done.Answers[q.ID]
		if a == nil || !q.Predict && !q.Form.Right(a.Choice, a.Truth) {
			return Begun
		}
	}
	if e := l.Exercise(); e != nil {
		for _, t := range e.Trials {
			if done.Passed[t.ID].IsZero() {
				return Begun
			}
		}
	}
	return Done
}

func (r *Record) of(l *lessons.Lesson) (*Lesson, bool) {
	if r == nil {
		return nil, false
	}
	done := r.Lessons[Name(l)]
	return done, done != nil
}

package main

import (
	"context"
	"errors"
	"fmt"

	"fivetuple/lessons"
	"fivetuple/sandbox/check"
	"fivetuple/sandbox/lab"
)

// exercise is the one of which l is the lab, nil when there is none.
func exercise(c *lessons.Course, l *lab.Lab) *lessons.Exercise {
	for _, u := range c.Units {
		for _, name := range u.Lessons {
			lesson, ok := c.Lesson(c.Langs[0], u.Name, name)
			if !ok {
				continue
			}
			if e := lesson.Exercise(); e != nil && e.Lab.Name == l.Name {
				return e
			}
		}
	}
	return nil
}

// try puts an exercise to the test: its solution must pass every trial, each
// wrong one must fail where it is said to and by the mistake that it is said
// to make, and what learners begin with must not be a solution.
func try(ctx context.Context, e *lessons.Exercise, tell func(place, what string, err error)) {
	failed, why, err := firstFailed(ctx, e, e.Solution)
	if err == nil && failed != "" {
		err = fmt.Errorf("fails in trial %s: %w", failed, why)
	}
	tell(e.At, "solution", err)
	for _, w := range e.Wrong {
		failed, why, err := firstFailed(ctx, e, w.Source)
		if made := check.MistakeOf(why); err == nil && failed != w.Fails {
			err = fmt.Errorf("it should fail in trial %s, and does in %q", w.Fails, failed)
		} else if err == nil && made != w.Mistake {
			err = fmt.Errorf("it should make the mistake %q, and makes %q: %w", w.Mistake, made, why)
		}
		tell(w.At, "wrong solution "+w.File, err)
	}
	failed, _, err = firstFailed(ctx, e, e.Beginning())
	if err == nil && failed == "" {
		err = errors.New("it passes every trial")
	}
	tell(e.At, "what one begins with", err)
}

// firstFailed is the first trial that a source does not pass, and why it does
// not; it is empty when there is none. The error is of what could not be tried.
func firstFailed(ctx context.Context, e *lessons.Exercise, source string) (trial string, why, err error) {
	for _, round := range e.Rounds() {
		l, err := e.With(round[0], source)
		if err = errors.Join(err, l.Validate()); err != nil {
			return round[0].ID, nil, err
		}
		events, err := unattended(ctx, l, breakTime)
		if err != nil {
			return round[0].ID, nil, err
		}
		for _, t := range round {
			why = check.Grade(ctx, e.Lab, events, t.ID)
			if errors.Is(why, check.ErrNoFunction) {
				return t.ID, nil, why
			}
			if why != nil {
				return t.ID, why, nil
			}
		}
	}
	return "", nil, nil
}

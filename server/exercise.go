package main

import (
	"context"
	"errors"
	"fmt"

	"fivetuple/lessons"
	"fivetuple/sandbox/check"
)

// trying are the claims of an exercise: its solution passes every trial, each
// wrong one fails where it is said to and by the mistake that it is said to
// make, and what learners begin with is no solution.
func trying(e *lessons.Exercise) (all []claim) {
	add := func(place, what, source string, wrong func(failed string, why error) error) {
		all = append(all, func(ctx context.Context) (r report) {
			failed, why, err := firstFailed(ctx, e, source)
			if err == nil {
				err = wrong(failed, why)
			}
			r.tell(e.Lab, place, what, err)
			return r
		})
	}
	add(e.At, "solution", e.Solution, func(failed string, why error) error {
		if failed != "" {
			return fmt.Errorf("fails in trial %s: %w", failed, why)
		}
		return nil
	})
	for _, w := range e.Wrong {
		add(w.At, "wrong solution "+w.File, w.Source, func(failed string, why error) error {
			if failed == "" {
				return fmt.Errorf("it should fail in trial %s, and passes them all", w.Fails)
			}
			if failed != w.Fails {
				return fmt.Errorf("it should fail in trial %s, and does in %s: %w", w.Fails, failed, why)
			}
			if made := check.MistakeOf(why); made != w.Mistake {
				return fmt.Errorf("it should make the mistake %q, and makes %q: %w", w.Mistake, made, why)
			}
			return nil
		})
	}
	add(e.At, "what one begins with", e.Beginning(), func(failed string, _ error) error {
		if failed == "" {
			return errors.New("it passes every trial")
		}
		return nil
	})
	return all
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

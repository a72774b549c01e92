package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"fivetuple/lessons"
	"fivetuple/sandbox/check"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// take is one run that is to be recorded.
type take struct {
	lessons.Scene
	course *lessons.Course
}

// takes are the runs of these labs of a course.
func takes(c *lessons.Course, labs []*lab.Lab) (all []take) {
	for _, l := range labs {
		for _, scene := range c.Scenes(l) {
			all = append(all, take{scene, c})
		}
	}
	return all
}

// name says which run it is.
func (t take) name() string {
	if t.Step == "" {
		return t.Lab.Name
	}
	return t.Lab.Name + ": step " + t.Step
}

// unclaimed says that it is the lab of an exercise, which runs what a learner
// begins with: of that nothing is claimed.
func (t take) unclaimed() bool { return t.Step == "" && t.course.Exercise(t.Lab.Name) != nil }

// limit is how long it may take.
func (t take) limit() time.Duration {
	if t.Step == "" && !t.unclaimed() {
		return checkTime
	}
	return breakTime
}

// run makes the run, in which all that the course claims of it must come
// true, and returns the answers that it gives to predictions, by their ids.
func (t take) run(ctx context.Context) (*recorded, map[string]string, error) {
	if err := t.Lab.Validate(); err != nil {
		return nil, nil, err
	}
	run, err := record(ctx, t.Lab, t.limit())
	if err != nil {
		return nil, nil, err
	}
	answers, err := t.witness(ctx, run.events)
	return run, answers, err
}

// witness says what is wrong with the events of a run, and which answers they
// give. It must also give all figures that lessons quote of it.
func (t take) witness(ctx context.Context, events []event.Event) (answers map[string]string, err error) {
	answers, err = t.claimed(ctx, events)
	return answers, errors.Join(err, figured(ctx, t.Lab, events, t.course.Figures(t.Lab.Name, t.Step)))
}

// claimed is what is claimed of the run itself. The run of a step may end in any way, but what is claimed of it must
// have come true.
func (t take) claimed(ctx context.Context, events []event.Event) (answers map[string]string, err error) {
	switch {
	case t.Step != "":
		return nil, check.Break(ctx, t.Lab, events, t.Step)
	case t.unclaimed():
		return nil, nil
	}
	if err := endedWell(events); err != nil {
		return nil, err
	}
	results, err := check.Run(ctx, t.Lab, events)
	for _, r := range results {
		if r.Err != nil {
			err = errors.Join(err, fmt.Errorf("%s: %w", r.Name, r.Err))
		}
	}
	answers = map[string]string{}
	predicts, _ := t.course.Claims(t.Lab.Name)
	for _, p := range predicts {
		key, wrong := answered(ctx, t.Lab, events, p)
		if wrong != nil {
			err = errors.Join(err, fmt.Errorf("predict %s: %w", p.ID, wrong))
		}
		answers[p.ID] = key
	}
	return answers, err
}

// shoot makes all runs and has each kept; several at once. As in a check, one
// in which something failed beside others is made once more, alone.
func shoot(ctx context.Context, all []take, jobs int, keep func(take, *recorded, map[string]string) error) error {
	one := func(t take) error {
		run, answers, err := t.run(ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", t.name(), err)
		}
		return keep(t, run, answers)
	}
	failed := make([]bool, len(all))
	var group errgroup.Group
	group.SetLimit(jobs)
	for i, t := range all {
		group.Go(func() error {
			failed[i] = one(t) != nil
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	var faults []error
	for i, t := range all {
		if failed[i] {
			faults = append(faults, one(t))
		}
	}
	return errors.Join(faults...)
}

package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"fivetuple/lessons"
	"fivetuple/sandbox/check"
	"fivetuple/sandbox/lab"
	"fivetuple/server/export"
	"fivetuple/server/forms"
	"fivetuple/web"
)

// take is one run that is to be recorded.
type take struct {
	name, address string
	lab           *lab.Lab // as it is set
	own           bool     // the lab is as the course has it
	run           func(context.Context) (*recorded, map[string]string, error)
}

// takes are the runs of a course: each lab as it is, and as each step of its
// lesson sets it of which something is claimed. What the other steps show
// depends on a learner's hand. Still gets the addresses of the latter.
func takes(c *lessons.Course, still *web.Still) (all []take) {
	for _, l := range c.Labs() {
		all = append(all, take{l.Name, web.RunAddress(l), l, true, func(ctx context.Context) (*recorded, map[string]string, error) {
			return witnessed(ctx, c, l)
		}})
		for i, lang := range c.Langs {
			for _, step := range settings(c, lang, l) {
				address := web.StepAddress(l, step)
				still.Steps[step.Set] = address
				if i == 0 { // in the other languages it is the same run
					all = append(all, stepped(l, step, address))
				}
			}
		}
	}
	return all
}

// settings are the steps of the lesson that is named like a lab which set it
// so that something is claimed of it.
func settings(c *lessons.Course, lang string, l *lab.Lab) []lessons.Step {
	unit, name, _ := strings.Cut(l.Name, "/")
	lesson, ok := c.Lesson(lang, unit, name)
	if !ok {
		return nil
	}
	return lesson.Claimed()
}

// stepped is the run of l as a step sets it. It may end in any way, but what
// is claimed of it must have come true.
func stepped(l *lab.Lab, s lessons.Step, address string) take {
	set := s.Set.Apply(l)
	return take{l.Name + ": " + address, address, set, false, func(ctx context.Context) (*recorded, map[string]string, error) {
		if err := set.Validate(); err != nil {
			return nil, nil, err
		}
		run, err := record(ctx, set, breakTime)
		if err == nil {
			err = check.Break(ctx, l, run.events, s.ID)
		}
		return run, nil, err
	}}
}

// shoot makes all runs and writes them; still gets the events of each lab's
// own. As in a check, one in which something failed beside others is made
// once more, alone.
func shoot(ctx context.Context, all []take, folder *export.Folder, still *web.Still, jobs int) error {
	var mu sync.Mutex // guards still.Runs
	one := func(t take) error {
		run, answers, err := t.run(ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		if t.own {
			mu.Lock()
			still.Runs[t.lab.Name] = run.events
			mu.Unlock()
		}
		return folder.Run(t.address, forms.Run{Lab: t.lab, Encoded: run.encoded}, answers)
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

// witnessed is a run of l in which all that the course claims of it came
// true, and the answers that it gives. Of an exercise's lab, which runs what
// a learner begins with, nothing is claimed.
func witnessed(ctx context.Context, c *lessons.Course, l *lab.Lab) (*recorded, map[string]string, error) {
	if exercise(c, l) != nil {
		run, err := record(ctx, l, breakTime)
		return run, nil, err
	}
	run, err := record(ctx, l, checkTime)
	if err == nil {
		err = endedWell(run.events)
	}
	if err != nil {
		return nil, nil, err
	}
	results, err := check.Run(ctx, l, run.events)
	for _, r := range results {
		if r.Err != nil {
			err = errors.Join(err, fmt.Errorf("%s: %w", r.Name, r.Err))
		}
	}
	answers := map[string]string{}
	predicts, _ := claims(c, l)
	for _, p := range predicts {
		key, wrong := answered(ctx, l, run.events, p)
		if wrong != nil {
			err = errors.Join(err, fmt.Errorf("predict %s: %w", p.ID, wrong))
		}
		answers[p.ID] = key
	}
	return run, answers, err
}

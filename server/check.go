package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"fivetuple/lessons"
	"fivetuple/sandbox/check"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/recording"
)

func checkCommand() *cobra.Command {
	return &cobra.Command{
		Use: "check [DIR]", Short: "Run every lab and every check of the course, or of the one in DIR", Args: oneArg,
		RunE: func(c *cobra.Command, args []string) error {
			dir := ""
			if len(args) == 1 {
				dir = args[0]
			}
			course, err := course(dir)
			if err != nil {
				return err
			}
			return checkCourse(c.Context(), course, c.OutOrStdout())
		},
	}
}

// checkTime is how long a lab may take when nobody is there to look at it.
const checkTime = time.Minute

// checkCourse runs each lab as a hand would and all that is claimed of it.
func checkCourse(ctx context.Context, c *lessons.Course, out io.Writer) error {
	passed, failed := 0, 0
	tell := func(l *lab.Lab, what string, err error) {
		if err == nil {
			passed++
			return
		}
		failed++
		fmt.Fprintf(out, "%s: %s: %v\n", l.Name, what, err)
	}
	for _, found := range c.Labs() {
		l := *found
		l.Start, l.Limits.Time = lab.Run, checkTime
		events, err := perform(ctx, &l, func([]byte, *event.Event) {})
		if err == nil {
			err = endedWell(events)
		}
		tell(&l, "run", err)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			continue
		}
		results, err := check.Run(ctx, &l, events)
		if err != nil {
			tell(&l, "checks.star", err)
		}
		for _, r := range results {
			tell(&l, r.Name, r.Err)
		}
		for id, keys := range predictions(c, &l) {
			tell(&l, "predict "+id, answered(ctx, &l, events, id, keys))
		}
	}
	fmt.Fprintf(out, "%d passed, %d failed\n", passed, failed)
	if failed > 0 {
		return errQuiet
	}
	return nil
}

func endedWell(events []event.Event) error {
	if err := finished(events); err != nil {
		return err
	}
	for _, e := range events {
		if e.Kind == event.KindExit && (e.Code == nil || *e.Code != 0) {
			return fmt.Errorf("program %s", recording.Exit(&e))
		}
	}
	return nil
}

// predictions are the predict blocks about a lab, with the keys of their
// choices.
func predictions(c *lessons.Course, l *lab.Lab) map[string][]string {
	found := map[string][]string{}
	for _, u := range c.Units {
		for _, name := range u.Lessons {
			if lesson, ok := c.Lesson(c.Langs[0], u.Name, name); ok {
				collect(found, lesson, l)
			}
		}
	}
	return found
}

func collect(found map[string][]string, lesson *lessons.Lesson, l *lab.Lab) {
	if !slices.ContainsFunc(lesson.Blocks, func(b lessons.Block) bool {
		block, ok := b.(*lessons.LabBlock)
		return ok && block.Lab.Name == l.Name
	}) {
		return
	}
	for _, b := range lesson.Blocks {
		if p, ok := b.(*lessons.Predict); ok {
			for _, choice := range p.Choices {
				found[p.ID] = append(found[p.ID], choice.Key)
			}
		}
	}
}

func answered(ctx context.Context, l *lab.Lab, events []event.Event, id string, keys []string) error {
	key, ok, err := check.Answer(ctx, l, events, id)
	switch {
	case err != nil:
		return err
	case !ok:
		return fmt.Errorf("the whole run does not answer it")
	case !slices.Contains(keys, key):
		return fmt.Errorf("the answer %q is none of the choices %v", key, keys)
	}
	return nil
}

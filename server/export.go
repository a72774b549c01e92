package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"fivetuple/lessons"
	"fivetuple/sandbox"
	"fivetuple/sandbox/check"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/machine"
	"fivetuple/server/export"
	"fivetuple/server/forms"
	"fivetuple/web"
)

func exportCommand() *cobra.Command {
	var dir string
	jobs := 4 * runtime.NumCPU() // labs wait most of the time
	c := &cobra.Command{
		Use: "export DIR", Short: "Write the course as files, with recorded runs in the place of live ones",
		Long: `Write the course as files, with recorded runs in the place of live ones.

Any file server can give them out, under any path. Each lab runs once, and
nothing is written unless all its checks hold. DIR must be new, empty, or an
earlier export, which is replaced when the new one is whole.`,
		Example: `  fivetuple export /srv/www/sockets
  fivetuple export --lessons my-course site`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError{fmt.Errorf("export needs one DIR, not %d", len(args))}
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if jobs < 1 {
				return usageError{fmt.Errorf("--jobs %d: at least one lab must run", jobs)}
			}
			course, err := course(dir)
			if err != nil {
				return err
			}
			return exportCourse(c.Context(), course, args[0], jobs, c.OutOrStdout())
		},
	}
	c.Flags().StringVar(&dir, "lessons", "", "folder of a course of your own")
	c.Flags().IntVar(&jobs, "jobs", jobs, "how many labs run at once")
	return c
}

// exportCourse runs every lab and writes the course to place.
func exportCourse(ctx context.Context, c *lessons.Course, place string, jobs int, out io.Writer) error {
	folder, err := export.Begin(place)
	if err != nil {
		return err
	}
	defer folder.Discard()
	still := &web.Still{Made: time.Now().UTC().Truncate(time.Second), Versions: versions(ctx), Runs: map[string][]event.Event{}}
	if err := recordLabs(ctx, c, folder, still, jobs); err != nil {
		return err
	}
	if err := folder.Pages(ctx, c, still); err != nil {
		return err
	}
	if err := folder.Place(still.Made, still.Versions); err != nil {
		return err
	}
	fmt.Fprintf(out, "exported to %s: %d recorded runs\n", place, len(still.Runs))
	return nil
}

// recordLabs runs all labs and writes their runs; still gets their events.
// As in a check, a lab in which something failed beside others runs once
// more, alone.
func recordLabs(ctx context.Context, c *lessons.Course, folder *export.Folder, still *web.Still, jobs int) error {
	var mu sync.Mutex // guards still.Runs and again
	var again []*lab.Lab
	one := func(l *lab.Lab) error {
		run, answers, err := witnessed(ctx, c, l)
		if err != nil {
			return fmt.Errorf("%s: %w", l.Name, err)
		}
		mu.Lock()
		still.Runs[l.Name] = run.events
		mu.Unlock()
		return folder.Run(forms.Run{Lab: l, Encoded: run.encoded}, answers)
	}
	var group errgroup.Group
	group.SetLimit(jobs)
	for _, l := range c.Labs() {
		group.Go(func() error {
			if one(l) != nil {
				mu.Lock()
				again = append(again, l)
				mu.Unlock()
			}
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	var all []error
	for _, l := range again {
		all = append(all, one(l))
	}
	return errors.Join(all...)
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

// versions says what the runs were recorded on.
func versions(ctx context.Context) string {
	all := []string{"Linux " + machine.Here().Kernel()}
	for _, a := range sandbox.Probe(ctx) {
		if a.Name != "python3" || !a.OK {
			continue
		}
		if said, err := exec.CommandContext(ctx, a.Detail, "--version").Output(); err == nil {
			all = append(all, strings.TrimSpace(string(said)))
		}
	}
	return strings.Join(all, ", ")
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"fivetuple/lessons"
	"fivetuple/sandbox"
	"fivetuple/sandbox/check"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/recording"
)

func checkCommand() *cobra.Command {
	o := checkOptions{jobs: 4 * runtime.NumCPU()} // labs wait most of the time
	c := &cobra.Command{
		Use: "check [DIR]", Short: "Run every lab and every check of the course, or of the one in DIR", Args: oneArg,
		Example: `  fivetuple check
  fivetuple check my-course --lab handshake/three-way`,
		RunE: func(c *cobra.Command, args []string) error {
			dir := ""
			if len(args) == 1 {
				dir = args[0]
			}
			if o.jobs < 1 {
				return usageError{fmt.Errorf("--jobs %d: at least one lab must run", o.jobs)}
			}
			course, err := course(dir)
			if err != nil {
				return err
			}
			return checkCourse(c.Context(), course, dir, o, c.OutOrStdout())
		},
	}
	c.Flags().IntVar(&o.jobs, "jobs", o.jobs, "how many labs run at once")
	c.Flags().BoolVar(&o.once, "once", false, "do not run a lab again, alone, in which something failed beside others")
	c.Flags().StringArrayVar(&o.only, "lab", nil, "check this lab alone; may be given several times")
	return c
}

// checkOptions are the flags of check.
type checkOptions struct {
	jobs int
	once bool
	only []string // names of labs; empty for all
}

// labsOf are the labs of a course that are named, or all when none is.
func labsOf(c *lessons.Course, named []string) (all []*lab.Lab, err error) {
	if len(named) == 0 {
		return c.Labs(), nil
	}
	for _, name := range named {
		l, ok := c.Lab(name)
		if !ok {
			return nil, usageError{noLab(name)}
		}
		all = append(all, l)
	}
	return all, nil
}

const (
	checkTime = time.Minute      // for a lab, when nobody is there to look at it
	breakTime = 20 * time.Second // for one that a step has set so that it may wait for ever
)

// checkCourse runs each of the labs as a hand would, each step that has a claim, and
// all that is claimed of them, and looks at the runs that were recorded. What
// failed is told lab by lab, in order. Dir is the course's folder, empty when
// it is the one that is built in.
//
// Times that a lab claims are of a machine that has time for it. So a lab in
// which something failed beside others runs once more, alone, and that counts,
// unless all is wanted once.
func checkCourse(ctx context.Context, c *lessons.Course, dir string, o checkOptions, out io.Writer) error {
	labs, err := labsOf(c, o.only)
	if err != nil {
		return err
	}
	all := make([][]claim, len(labs))
	reports := make([][]report, len(labs))
	var group errgroup.Group
	group.SetLimit(o.jobs)
	here := sandbox.Languages()
	for i, l := range labs {
		all[i] = claims(c, l, here)
		reports[i] = make([]report, len(all[i]))
		for j, claim := range all[i] {
			group.Go(func() error {
				reports[i][j] = claim(ctx)
				return ctx.Err()
			})
		}
	}
	if err := group.Wait(); err != nil {
		return err
	}
	kept := recordings(ctx, c, labs)
	passed, failed := kept.passed, len(kept.failures)
	for _, f := range kept.failures {
		fmt.Fprintf(out, "%s; record it anew: %s\n", f, recordAgain(dir))
	}
	for i := range labs {
		r := together(reports[i])
		if len(r.failures) > 0 && !o.once {
			fmt.Fprintf(out, "%s (it runs again, alone)\n", strings.Join(r.failures, "\n"))
			for j, claim := range all[i] {
				reports[i][j] = claim(ctx)
			}
			r = together(reports[i])
		}
		passed += r.passed
		failed += len(r.failures)
		for _, f := range r.failures {
			fmt.Fprintln(out, f)
		}
	}
	for _, ending := range lab.Languages {
		if !slices.Contains(here, ending) {
			fmt.Fprintf(out, "programs in %s were not run: nothing on this machine compiles them\n", ending)
		}
	}
	fmt.Fprintf(out, "%d passed, %d failed\n", passed, failed)
	if failed > 0 {
		return errQuiet
	}
	return nil
}

// recordAgain is what records the runs of the course in dir anew.
func recordAgain(dir string) string {
	if dir == "" {
		return "make record"
	}
	return "fivetuple record " + dir
}

// report is what became of what is claimed of a lab.
type report struct {
	passed   int
	failures []string
	useless  bool // the lab did not run to its end: what else is claimed of it says nothing
}

// together is what became of all that is claimed of a lab. Of one that did not
// run to its end only that is told.
func together(reports []report) (all report) {
	for _, r := range reports {
		if r.useless {
			return r
		}
		all.passed += r.passed
		all.failures = append(all.failures, r.failures...)
	}
	return all
}

// tell counts what holds. What does not is told with its place: that which the
// error names, such as a line of checks.star, or else the given one.
func (r *report) tell(l *lab.Lab, place, what string, err error) {
	if err == nil {
		r.passed++
		return
	}
	f := lessons.Faults(err)[0]
	if f.File != "" {
		place = f.Place()
	}
	r.failures = append(r.failures, fmt.Sprintf("%s: %s: %s: %s", place, l.Name, what, f.Text))
}

// claim runs a lab, in one way, and looks at what is claimed of that.
type claim func(ctx context.Context) report

// claims are the runs that show whether all holds that is claimed of l and its
// steps, in each language that can be run here and that all its programs have:
// whatever is claimed holds in that, too.
func claims(c *lessons.Course, l *lab.Lab, here []string) (all []claim) {
	if e := c.Exercise(l.Name); e != nil {
		return trying(e)
	}
	predicts, steps := c.Claims(l.Name)
	add := func(l *lab.Lab, language string, figures []string) {
		all = append(all, func(ctx context.Context) (r report) {
			whole(ctx, l, language, predicts, figures, &r)
			return r
		})
	}
	step := func(set *lab.Lab, s lessons.Step, language string, figures []string) {
		all = append(all, func(ctx context.Context) (r report) {
			r.tell(l, s.At, "step "+s.ID+language, broken(ctx, l, set, s, figures))
			return r
		})
	}
	add(l, "", c.Figures(l.Name, ""))
	for _, s := range steps {
		step(s.Set.Apply(l), s, "", c.Figures(l.Name, s.ID))
	}
	for _, ending := range here {
		other, ok := l.In(ending)
		if !ok || ending == path.Ext(l.Programs[0].File) {
			continue
		}
		add(other, " "+ending, nil)
		for _, s := range steps {
			if set, ok := s.Set.In(l, ending); ok {
				step(set, s, " "+ending, nil)
			}
		}
	}
	return all
}

// whole runs a lab to its end, and tells what of it is as claimed. What is told
// of ends in the language. Figures are those that lessons quote: of a run in
// the lab's first language.
func whole(ctx context.Context, l *lab.Lab, language string, predicts []*lessons.Predict, figures []string, r *report) {
	own := "labs/" + l.Name + "/lab.yaml"
	events, err := unattended(ctx, l, checkTime)
	if err == nil {
		err = endedWell(events)
	}
	r.tell(l, own, "run"+language, err)
	if err != nil {
		r.useless = language == ""
		return
	}
	results, err := check.Run(ctx, l, events)
	if err != nil {
		r.tell(l, own, "checks.star"+language, err)
	}
	for _, result := range results {
		r.tell(l, own, result.Name+language, result.Err)
	}
	for _, p := range predicts {
		_, err := answered(ctx, l, events, p)
		r.tell(l, p.At, "predict "+p.ID+language, err)
	}
	if len(figures) > 0 {
		r.tell(l, own, "figures", figured(ctx, l, events, figures))
	}
}

// figured says which figures a run does not give.
func figured(ctx context.Context, l *lab.Lab, events []event.Event, figures []string) error {
	if len(figures) == 0 {
		return nil
	}
	all, err := check.Figures(ctx, l, events, figures)
	for _, f := range all {
		err = errors.Join(err, f.Err)
	}
	return err
}

// unattended runs l to its end, for as long as that may take.
func unattended(ctx context.Context, l *lab.Lab, limit time.Duration) ([]event.Event, error) {
	run, err := record(ctx, l, limit)
	return run.events, err
}

// record runs l unattended and keeps all that it tells.
func record(ctx context.Context, l *lab.Lab, limit time.Duration) (*recorded, error) {
	alone := *l
	alone.Start, alone.Limits.Time = lab.Run, limit
	run := &recorded{lab: l.Name}
	var err error
	run.events, err = sandbox.Perform(ctx, &alone, func(encoded []byte, _ *event.Event) { run.encoded = append(run.encoded, encoded) })
	return run, err
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

// answered is what is right of p in a whole run of l.
func answered(ctx context.Context, l *lab.Lab, events []event.Event, p *lessons.Predict) (answer string, err error) {
	answer, ok, err := check.Answer(ctx, l, events, p.ID)
	switch {
	case err != nil:
		return "", err
	case !ok:
		return "", fmt.Errorf("the whole run does not answer it")
	}
	return answer, p.Confirm(answer)
}

// broken runs l set as a step sets it. Such a run may end in any way: what it
// must show, the step's function says.
func broken(ctx context.Context, l, set *lab.Lab, s lessons.Step, figures []string) error {
	if err := set.Validate(); err != nil {
		return err
	}
	events, err := unattended(ctx, set, breakTime)
	if err != nil {
		return err
	}
	return errors.Join(check.Break(ctx, l, events, s.ID), figured(ctx, l, events, figures))
}

package main

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fivetuple/lessons"
	"fivetuple/sandbox"
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
once more for each step of which it claims something; nothing is written unless all their
checks hold. That takes some minutes. DIR must be new, empty, or an
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
	abilities, err := recordable(ctx)
	if err != nil {
		return err
	}
	still := web.NewStill(c, time.Now().UTC().Truncate(time.Second), versions(ctx, abilities))
	all := takes(c)
	err = shoot(ctx, all, jobs, func(t take, run *recorded, answers map[string]string) error {
		if t.Step == "" {
			still.Runs[t.Lab.Name].Events = run.events // each take has its own
		}
		return folder.Run(web.RunAddress(t.Lab.Name, t.Step), forms.Run{Lab: t.Lab, Encoded: run.encoded}, answers)
	})
	if err != nil {
		return err
	}
	if err := folder.Pages(ctx, c, still); err != nil {
		return err
	}
	if err := folder.Place(still.Made, still.Versions); err != nil {
		return err
	}
	fmt.Fprintf(out, "exported to %s: %d recorded runs\n", place, len(all))
	return nil
}

// recordable is what works on this machine, if labs can be recorded here.
func recordable(ctx context.Context) ([]sandbox.Ability, error) {
	abilities := sandbox.Probe(ctx)
	for _, a := range abilities {
		if a.Needed && !a.OK {
			return nil, fmt.Errorf("no lab can be recorded here: %s; %s", a.Detail, a.Remedy)
		}
	}
	return abilities, nil
}

// versions says what the runs were recorded on.
func versions(ctx context.Context, abilities []sandbox.Ability) string {
	all := []string{"Linux " + machine.Here().Kernel()}
	for _, a := range abilities {
		if a.Name != "python3" || !a.OK {
			continue
		}
		if said, err := exec.CommandContext(ctx, a.Detail.English, "--version").Output(); err == nil {
			all = append(all, strings.TrimSpace(string(said)))
		}
	}
	return strings.Join(all, ", ")
}

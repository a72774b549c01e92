package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"fivetuple/lessons"
	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/machine"
	"fivetuple/sandbox/recording"
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
			return exportCourse(c.Context(), courseFiles(dir), args[0], jobs, c.OutOrStdout())
		},
	}
	c.Flags().StringVar(&dir, "lessons", "", "folder of a course of your own")
	c.Flags().IntVar(&jobs, "jobs", jobs, "how many labs run at once")
	return c
}

// exportCourse runs every lab of the course in files and writes that to place.
// What its lessons quote of a run is of the one that the export shows.
func exportCourse(ctx context.Context, files fs.FS, place string, jobs int, out io.Writer) error {
	c, err := toRecord(files)
	if err != nil {
		return err
	}
	folder, err := export.Begin(place)
	if err != nil {
		return err
	}
	defer folder.Discard()
	abilities, err := recordable(ctx)
	if err != nil {
		return err
	}
	made := recording.Made{At: time.Now().UTC().Truncate(time.Second), On: versions(ctx, abilities)}
	runs := newRuns{FS: files, packed: map[string][]byte{}, events: map[string][]event.Event{}}
	all := takes(c, c.Labs())
	err = shoot(ctx, all, jobs, func(t take, run *recorded, answers map[string]string) error {
		return errors.Join(runs.take(t, made, run), folder.Run(web.RunAddress(t.Lab.Name, t.Step), forms.Run{Lab: t.Lab, Encoded: run.encoded}, answers))
	})
	if err != nil {
		return err
	}
	if c, err = lessons.Load(&runs); err != nil {
		return fmt.Errorf("%w:\n%w", errCourse, err)
	}
	still := web.NewStill(c, made.At, made.On)
	for lab, events := range runs.events {
		still.Runs[lab].Events = events
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

// newRuns is a course with other recorded runs than lie in its files.
type newRuns struct {
	fs.FS
	mu     sync.Mutex               // guards what follows while runs are taken
	packed map[string][]byte        // by file
	events map[string][]event.Event // of labs as they are
}

// take keeps a run.
func (r *newRuns) take(t take, made recording.Made, run *recorded) error {
	made.Of = t.Lab.Fingerprint()
	packed, err := recording.Pack(t.Lab.Name, made, run.encoded)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.packed[t.file()] = packed
	if t.Step == "" {
		r.events[t.Lab.Name] = run.events
	}
	return err
}

// ReadFile implements fs.ReadFileFS.
func (r *newRuns) ReadFile(name string) ([]byte, error) {
	if packed, ok := r.packed[name]; ok {
		return packed, nil
	}
	return fs.ReadFile(r.FS, name)
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

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"fivetuple/lessons"
	"fivetuple/sandbox"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/recording"
)

func recordCommand() *cobra.Command {
	var o recordOptions
	o.jobs = runtime.NumCPU()
	c := &cobra.Command{
		Use: "record DIR", Short: "Record a run of every lab of the course in DIR, beside the lab",
		Long: `Record a run of every lab of the course in DIR, beside the lab.

Pages show these runs, labelled so, where a lab cannot run. Each lab runs once,
and once more for each step of which it claims something; what it claims must
come true. A recorded run that still fits its lab stays as it is, and one that
belongs to nothing any more is removed. What lessons quote of these runs is
written beside them.`,
		Example: `  fivetuple record my-course
  fivetuple record my-course --lab handshake/three-way --all`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError{fmt.Errorf("record needs one DIR, not %d", len(args))}
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if o.jobs < 1 {
				return usageError{fmt.Errorf("--jobs %d: at least one lab must run", o.jobs)}
			}
			return recordCourse(c.Context(), args[0], o, c.OutOrStdout())
		},
	}
	c.Flags().IntVar(&o.jobs, "jobs", o.jobs, "how many labs run at once; beside others they take longer, and the recording shows it")
	c.Flags().BoolVar(&o.all, "all", false, "record also those anew that fit")
	c.Flags().StringArrayVar(&o.only, "lab", nil, "record this lab alone; may be given several times")
	return c
}

// recordOptions are the flags of record.
type recordOptions struct {
	jobs int
	all  bool
	only []string // names of labs; empty for all
}

// recordCourse records what has no recording, or one that does not fit, and
// says how many.
func recordCourse(ctx context.Context, dir string, o recordOptions, out io.Writer) error {
	c, err := toRecord(os.DirFS(dir))
	if err != nil {
		return err
	}
	labs, err := labsOf(c, o.only)
	if err != nil {
		return err
	}
	abilities, err := recordable(ctx)
	if err != nil {
		return err
	}
	if sandbox.IsShared(abilities) {
		i := slices.IndexFunc(abilities, func(a sandbox.Ability) bool { return a.Name == "namespaces" })
		return fmt.Errorf("labs are recorded with namespaces only: %s; %s", abilities[i].Detail, abilities[i].Remedy)
	}
	all := takes(c, labs)
	todo := slices.DeleteFunc(slices.Clone(all), func(t take) bool { return !o.all && t.fits(ctx) == nil })
	on := versions(ctx, abilities)
	var done atomic.Int64
	err = shoot(ctx, todo, o.jobs, func(t take, run *recorded, _ map[string]string) error {
		defer done.Add(1)
		return t.write(dir, on, run)
	})
	removed, also := sweep(dir, c)
	fmt.Fprintf(out, "%d runs recorded, %d fit as they are, %d removed\n", done.Load(), len(all)-len(todo), removed)
	return errors.Join(err, also, writeFigures(dir))
}

// toRecord is the course in files, which may quote runs that are still to be
// recorded.
func toRecord(files fs.FS) (*lessons.Course, error) {
	c, err := lessons.LoadToRecord(files)
	if err != nil {
		return nil, fmt.Errorf("%w:\n%w", errCourse, err)
	}
	return c, nil
}

// writeFigures puts what lessons quote of the recorded runs beside them, and
// removes what nobody quotes any more.
func writeFigures(dir string) error {
	c, err := toRecord(os.DirFS(dir))
	if err != nil {
		return err
	}
	files := c.FigureFiles()
	found, err := fs.Glob(os.DirFS(dir), "labs/*/*/"+lessons.FiguresFile)
	for _, file := range found {
		if files[file] == nil {
			err = errors.Join(err, os.Remove(filepath.Join(dir, filepath.FromSlash(file))))
		}
	}
	for file, text := range files {
		err = errors.Join(err, replace(filepath.Join(dir, filepath.FromSlash(file)), text))
	}
	return err
}

// replace writes a file that is there as it was or as it shall be.
func replace(place string, text []byte) error {
	beside := place + ".new"
	if err := os.WriteFile(beside, text, 0o644); err != nil {
		return err
	}
	return os.Rename(beside, place)
}

// write puts a run beside its lab.
func (t take) write(dir, on string, run *recorded) error {
	made := recording.Made{At: time.Now().UTC().Truncate(time.Second), On: on, Of: t.Lab.Fingerprint()}
	packed, err := recording.Pack(t.Lab.Name, made, run.encoded)
	if err != nil {
		return err
	}
	return replace(filepath.Join(dir, filepath.FromSlash(t.file())), packed)
}

// file is where the recording lies in the course.
func (t take) file() string { return lessons.RecordingFile(t.Lab.Name, t.Step) }

// sweep removes recordings that belong to no lab or step.
func sweep(dir string, c *lessons.Course) (removed int, err error) {
	all := takes(c, c.Labs())
	for _, f := range c.Unfit {
		if slices.ContainsFunc(all, func(t take) bool { return t.file() == f.File }) {
			continue
		}
		if wrong := os.Remove(filepath.Join(dir, filepath.FromSlash(f.File))); wrong != nil {
			err = errors.Join(err, wrong)
			continue
		}
		removed++
	}
	return removed, err
}

// errNoRecorded means that there is no recording that fits.
var errNoRecorded = errors.New("there is no recorded run that fits")

// fits says why the recording beside the lab is not one of it: it was made of
// another, or what the course claims is not true of it.
func (t take) fits(ctx context.Context) error {
	found := t.course.Recording(t.Lab.Name, t.Step)
	if found == nil {
		return errNoRecorded
	}
	rec, err := found.Read()
	if err != nil {
		return err
	}
	_, err = t.witness(ctx, rec.Events)
	return err
}

// recordings says which recorded runs do not fit the labs beside which they
// lie, each with its file, and how many do: those of the given labs, and those
// that belong to no lab. A course may have none.
func recordings(ctx context.Context, c *lessons.Course, labs []*lab.Lab) (r report) {
	for _, f := range c.Unfit {
		l, known := c.Lab(strings.TrimPrefix(path.Dir(f.File), "labs/"))
		if !known || slices.Contains(labs, l) {
			r.failures = append(r.failures, f.Place()+": "+f.Text)
		}
	}
	for _, t := range takes(c, labs) {
		switch err := t.fits(ctx); {
		case err == nil:
			r.passed++
		case !errors.Is(err, errNoRecorded):
			r.failures = append(r.failures, fmt.Sprintf("%s: %v", t.file(), err))
		}
	}
	return r
}

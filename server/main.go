// Command fivetuple serves the course and runs its labs.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"fivetuple/lessons"
	"fivetuple/sandbox"
)

func main() {
	sandbox.Main()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// The exit statuses.
const (
	exitOK     = 0
	exitFailed = 1 // a check, a program or the command failed
	exitUsage  = 2
)

// usageError is an error of whoever typed the command.
type usageError struct{ error }

// errQuiet is a failure about which everything has been said.
var errQuiet = errors.New("failed")

// run is the whole program but for signals and the process: it returns the
// exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := serveCommand()
	root.AddCommand(serveCommand(), runCommand(), showCommand(), labsCommand(), checkCommand(), exportCommand(), recordCommand(), doctorCommand(), healthCommand(), seccompCommand(), benchCommand())
	root.Use, root.Short = "fivetuple", "An interactive course on sockets; without a command it serves"
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	err := root.ExecuteContext(ctx)
	var usage usageError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "fivetuple: %v\ntry: fivetuple --help\n", err)
		return exitUsage
	case !errors.Is(err, errQuiet):
		fmt.Fprintf(stderr, "fivetuple: %v\n", err)
	}
	return exitFailed
}

// errCourse is in the chain when the course does not load.
var errCourse = errors.New("load course")

// oneArg refuses a second word after a command.
func oneArg(_ *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usageError{fmt.Errorf("one argument too many: %q", args[1])}
	}
	return nil
}

// noArgs refuses words after a command that takes none.
func noArgs(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("unknown command or argument %q", args[0])}
	}
	return nil
}

// course loads the course in dir, or the one that is built in.
func course(dir string) (*lessons.Course, error) {
	load := lessons.Builtin
	if dir != "" {
		load = func() (*lessons.Course, error) { return lessons.Load(courseFiles(dir)) }
	}
	c, err := load()
	if err != nil {
		return nil, fmt.Errorf("%w:\n%w", errCourse, err)
	}
	return c, nil
}

// courseFiles are the files of the course in dir, or of the one that is built
// in.
func courseFiles(dir string) fs.FS {
	if dir == "" {
		return lessons.Embedded()
	}
	return os.DirFS(dir)
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fivetuple/sandbox"
	"fivetuple/sandbox/check"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// runFlags are the flags of run.
type runFlags struct {
	format, topology, wire, lessons, language string
	programs                                  []string
	hosts                                     int
	seed                                      int64
	timeout                                   time.Duration
	noWait, allCalls                          bool
}

func runCommand() *cobra.Command {
	var f runFlags
	c := &cobra.Command{
		Use: "run [LAB]", Short: "Run a lab, or programs of your own, without a browser", Args: oneArg,
		Long: `Run a lab, or programs of your own, without a browser.

The topologies are loopback (one host), wire (hosts client and server), lan
(hosts host1 to host8 on a switch) and unix (one host without a network). A
program of your own runs on the host of its name, or on the one after the @.
When one is called server, those whose names begin with client wait until it
listens.

Where the wire is on hold a hand delivers each packet as soon as it is held.
The exit status is 0 when the run ended and every check of the lab holds, 1
when not, 2 for bad usage. With a program of your own in it no check of the
lab is asked.`,
		Example: `  fivetuple run handshake/three-way --format text
  fivetuple run --topology wire --program server=srv.py --program "client=nc server 8080"
  fivetuple run --topology lan --program server@host3=srv.py --program client1@host1=cli.py --program client2@host2=cli.py
  fivetuple run --topology unix --program server=srv.py --program client=cli.py`,
		RunE: func(c *cobra.Command, args []string) error {
			form, err := findFormat(f.format, c.OutOrStdout())
			if err != nil {
				return usageError{err}
			}
			l, err := f.lab(args)
			var unread *fs.PathError
			if errors.As(err, &unread) || errors.Is(err, errCourse) {
				return err // well said, but it cannot be run
			}
			if err != nil {
				return usageError{err}
			}
			return f.run(c.Context(), l, form, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	c.Flags().StringVar(&f.format, "format", "text", formatNames())
	c.Flags().StringArrayVar(&f.programs, "program", nil, "NAME=COMMAND or NAME@HOST=COMMAND: a .py, .c or .go file, or an executable with arguments")
	c.Flags().StringVar(&f.topology, "topology", "", "loopback, wire, lan or unix")
	c.Flags().IntVar(&f.hosts, "hosts", 0, "how many hosts a lan has, from 2 to 8; without it as many as the programs need")
	c.Flags().StringVar(&f.wire, "wire", "", "key=value,…: mode=flow|hold, delay=300ms, jitter, loss=0.1, reorder, duplicate, corrupt, rate=10mbit, queue, mtu, cut=HOST")
	c.Flags().Int64Var(&f.seed, "seed", 0, "seed of every random choice, in the place of the lab's")
	c.Flags().DurationVar(&f.timeout, "timeout", time.Minute, "how long the run may take")
	c.Flags().StringVar(&f.lessons, "lessons", "", "folder of a course of your own")
	c.Flags().StringVar(&f.language, "language", "", "c, go or py: the lab's programs in this language, where the course has them")
	c.Flags().BoolVar(&f.allCalls, "all-calls", false, "show every system call, and not only those about sockets and a program's own life")
	c.Flags().BoolVar(&f.noWait, "no-wait", false, "do not hold clients until the server listens")
	return c
}

func noLab(name string) error {
	return fmt.Errorf("there is no lab %q; fivetuple labs lists the labs", name)
}

// lab is the lab that the flags ask for.
func (f *runFlags) lab(args []string) (*lab.Lab, error) {
	if len(args) == 0 && len(f.programs) == 0 {
		return nil, errors.New("run needs a LAB or a --program; fivetuple labs lists the labs")
	}
	l := &lab.Lab{Name: "own", Topology: lab.Loopback, Wire: event.Wire{Mode: event.Flow}}
	if len(args) == 1 {
		c, err := course(f.lessons)
		if err != nil {
			return nil, err
		}
		found, ok := c.Lab(args[0])
		if !ok {
			return nil, noLab(args[0])
		}
		own := *found
		own.Programs = slices.Clone(found.Programs)
		l = &own
	}
	if f.language != "" {
		other, ok := l.In("." + f.language)
		if !ok {
			return nil, fmt.Errorf("--language %s: the course does not have all programs of this lab in it", f.language)
		}
		l = other
	}
	l.Start, l.Limits.Time, l.AllCalls = lab.Run, f.timeout, l.AllCalls || f.allCalls // nobody is there to step
	if f.seed != 0 {
		l.Seed = f.seed
	}
	if f.topology != "" {
		l.Topology = lab.Topology(f.topology)
	}
	for _, p := range f.programs {
		if err := f.program(l, p); err != nil {
			return nil, fmt.Errorf("--program %s: %w", p, err)
		}
	}
	f.order(l)
	f.size(l)
	if err := f.settings(l); err != nil {
		return nil, fmt.Errorf("--wire %s: %w", f.wire, err)
	}
	return l, l.Validate()
}

// program adds the program of a flag to l, or puts it in the place of the
// one of that name.
func (f *runFlags) program(l *lab.Lab, flag string) error {
	place, command, ok := strings.Cut(flag, "=")
	if !ok {
		return errors.New("it must be NAME=COMMAND")
	}
	name, host, placed := strings.Cut(place, "@")
	if !placed {
		host = name
	}
	if placed && !l.Wired() {
		return errors.New("@HOST: only the topologies wire and lan have more hosts than one")
	}
	words, err := split(command)
	if err != nil {
		return err
	}
	if len(words) == 0 {
		return errors.New("there is no command")
	}
	p := lab.Program{Name: name, Host: host, Command: words}
	if slices.Contains(lab.Languages, filepath.Ext(words[0])) && len(words) == 1 {
		if p.Source, err = os.ReadFile(words[0]); err != nil {
			return err
		}
		p.File, p.Command = filepath.Base(words[0]), nil
	}
	for i := range l.Programs {
		if l.Programs[i].Name == name {
			p.After, p.Input = l.Programs[i].After, l.Programs[i].Input
			if !placed {
				p.Host = l.Programs[i].Host
			}
			l.Programs[i] = p
			return nil
		}
	}
	l.Programs = append(l.Programs, p)
	return nil
}

// order has clients wait until the server listens. Of a lab it leaves those
// that wait for something else.
func (f *runFlags) order(l *lab.Lab) {
	if f.noWait || len(f.programs) == 0 || !slices.Contains(l.ProgramNames(), "server") {
		return
	}
	for i, p := range l.Programs {
		if strings.HasPrefix(p.Name, "client") && p.After == nil {
			l.Programs[i].After = &lab.After{Program: "server", Call: "listen"}
		}
	}
}

// size gives a lan the hosts that are asked for, or those that its programs
// need.
func (f *runFlags) size(l *lab.Lab) {
	switch {
	case f.hosts != 0:
		l.Hosts = f.hosts
	case l.Topology != lab.LAN:
		l.Hosts = 0 // of a lab that is one
	default:
		l.Hosts = max(l.Hosts, 2)
		for _, p := range l.Programs {
			if n, err := strconv.Atoi(strings.TrimPrefix(p.Host, "host")); err == nil && n <= lab.MaxHosts {
				l.Hosts = max(l.Hosts, n)
			}
		}
	}
}

// settings reads --wire.
func (f *runFlags) settings(l *lab.Lab) error {
	if f.wire == "" {
		return nil
	}
	change, err := lab.ParseWire(f.wire)
	if err != nil {
		return err
	}
	l.Wire = change.Apply(l.Wire)
	return nil
}

// run runs l, prints its events and runs its checks.
func (f *runFlags) run(ctx context.Context, l *lab.Lab, form format, stdout, stderr io.Writer) error {
	whole := &recorded{lab: l.Name}
	events, err := sandbox.Perform(ctx, l, func(encoded []byte, e *event.Event) { form.tell(stdout, whole, encoded, e) })
	if err != nil {
		return err
	}
	whole.events = events
	if err := form.finish(stdout, whole); err != nil {
		return err
	}
	if err := finished(events); err != nil {
		return err
	}
	if len(f.programs) > 0 {
		return nil // the lab's checks are about the lab's programs
	}
	results, err := check.Run(ctx, l, events)
	if err != nil {
		return err
	}
	for _, r := range results {
		if r.Err != nil {
			fmt.Fprintf(stderr, "check failed: %s (%s): %v\n", r.Name, r.Claim, r.Err)
			err = errQuiet
		}
	}
	return err
}

// finished says why a run came to another end than its own.
func finished(events []event.Event) error {
	if len(events) == 0 {
		return errors.New("the run did not begin")
	}
	cause := events[len(events)-1].Cause
	if cause != nil && cause.End == event.EndFinished {
		return nil
	}
	err := errors.New("the run did not finish")
	if cause != nil {
		err = fmt.Errorf("%w: %s", err, cause.End)
	}
	for _, e := range events {
		if e.Kind == event.KindNote && (e.Text == "worker" || e.Text == "disk-full") { // why the worker gave up
			err = fmt.Errorf("%w: %s", err, e.Error)
		}
	}
	return err
}

// split splits a command into words; quotes keep words together.
func split(command string) (words []string, err error) {
	var word strings.Builder
	quote, in := rune(0), false
	for _, r := range command {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			quote, in = r, true
		case quote == 0 && (r == ' ' || r == '\t'):
			if in {
				words = append(words, word.String())
				word.Reset()
			}
			in = false
		default:
			word.WriteRune(r)
			in = true
		}
	}
	if quote != 0 {
		return nil, errors.New("a quote is not closed")
	}
	if in {
		words = append(words, word.String())
	}
	return words, nil
}

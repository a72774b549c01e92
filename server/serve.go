package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"fivetuple/sandbox"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/machine"
	"fivetuple/server/live"
	"fivetuple/server/site"
)

func serveCommand() *cobra.Command {
	var o serveOptions
	o.limits = live.DefaultLimits()
	c := &cobra.Command{
		Use: "serve", Short: "Serve the course", Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if o.data != "" && o.nats != "" {
				return usageError{errors.New("--data is a folder of this machine, --nats a cluster elsewhere: choose one")}
			}
			return serve(c.Context(), o, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	c.Flags().StringVar(&o.addr, "addr", "localhost:8080", "address to serve on")
	c.Flags().StringVar(&o.lessons, "lessons", "", "folder of a course of your own; its pages follow its files")
	c.Flags().StringVar(&o.data, "data", "", "folder for what must last, such as the learners' progress and the runs they link to (default: "+dataFolder()+")")
	c.Flags().StringVar(&o.nats, "nats", "", "NATS cluster that keeps what must last, in the place of a folder: nats://host:4222")
	c.Flags().IntVar(&o.limits.Running, "max-sandboxes", o.limits.Running, "how many sandboxes may run at once")
	return c
}

// serveOptions are the flags of serve.
type serveOptions struct {
	addr, lessons, data, nats string
	limits                    live.Limits
}

// shutdownWait is how long requests in progress may take when the server
// ends.
const shutdownWait = 10 * time.Second

// serve serves until ctx ends, and returns when nothing of it is left.
func serve(ctx context.Context, o serveOptions, stdout, stderr io.Writer) error {
	course, err := openPages(o.lessons)
	if err != nil {
		return err
	}
	abilities := sandbox.Probe(ctx)
	listeners, err := listen(ctx, o.addr, abilities)
	if err != nil {
		return fmt.Errorf("cannot serve on %s: %w; choose another with --addr", o.addr, err)
	}
	group, ctx := errgroup.WithContext(ctx)
	sandbox.Sweep()
	pool := sandbox.NewPool(warm)
	defer pool.Close()
	o.limits.Recorded = roomToRecord(o.limits.Recorded)
	sandboxes := live.New(starter(pool), o.limits)
	log := slog.New(slog.NewTextHandler(stderr, nil))
	kept, done, reason := keep(ctx, o)
	defer done()
	pages := course(site.Config{
		Sandboxes: sandboxes, Abilities: abilities, Languages: sandbox.Languages(), Hosts: hosts(o.addr), Log: log, Progress: kept.book, Runs: kept.runs,
		Memory: o.limits.Recorded / 2, Stop: ctx,
	})
	server := &http.Server{
		Handler:           pages,
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	fmt.Fprintf(stdout, "fivetuple: http://%s/\n", shown(o.addr, listeners[0]))
	for _, a := range abilities {
		if !a.OK {
			fmt.Fprintf(stdout, "missing: %s; %s\n", a.Detail, a.Remedy)
		}
	}
	if reason != nil {
		fmt.Fprintf(stdout, "missing: progress is not kept: %v; %s\n", reason, keepRemedy(o, reason))
	}
	if kept.noRuns != nil {
		fmt.Fprintf(stdout, "missing: links to runs are not kept: %v; %s\n", kept.noRuns, keepRemedy(o, kept.noRuns))
	}
	for _, l := range listeners {
		group.Go(func() error { return ignore(server.Serve(l), http.ErrServerClosed) })
	}
	group.Go(func() error {
		<-ctx.Done()
		sandboxes.Close() // their end events still reach the streams
		err := shutDown(server, shutdownWait, log)
		pages.Wait()
		return err
	})
	return group.Wait()
}

// shutDown ends a server. Requests in progress that take longer than wait are
// cut off, which is no error.
func shutDown(server *http.Server, wait time.Duration, log *slog.Logger) error {
	ctx, cancel := context.WithTimeout(context.Background(), wait)
	defer cancel()
	err := server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		log.Warn("stopping: requests were cut off", "after", wait)
		return server.Close()
	}
	return err
}

// leastRecorded is what the recordings of sandboxes that run may have in any
// case, in bytes.
const leastRecorded = 64 << 20

// roomToRecord is how many bytes the recordings of sandboxes that run may have: no
// more than most, and a quarter of the memory that is free.
func roomToRecord(most int64) int64 {
	if free := int64(machine.Here().Memory()); free > 0 {
		return max(min(most, free/4), leastRecorded)
	}
	return most
}

// warm is how many workers wait for a learner.
const warm = 2

func starter(pool *sandbox.Pool) live.Starter {
	return func(ctx context.Context, l *lab.Lab) (live.Run, error) {
		s, err := pool.Start(ctx, l)
		if err != nil {
			return nil, err // not s: a nil *Sandbox would be a Run
		}
		return s, nil
	}
}

func ignore(err, expected error) error {
	if errors.Is(err, expected) {
		return nil
	}
	return err
}

// hosts are the names by which a server on this address may be asked for:
// any, unless it serves this machine alone.
func hosts(addr string) []string {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil
	}
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		return []string{"localhost", "127.0.0.1", "::1", host}
	}
	return nil
}

// shown is the address as one types it into a browser: the name that was
// asked for, and the port that was got.
func shown(addr string, l net.Listener) string {
	host, _, _ := net.SplitHostPort(addr)
	_, port, _ := net.SplitHostPort(l.Addr().String())
	if host == "" || host == "0.0.0.0" || host == "::" {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

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
	"fivetuple/server/live"
	"fivetuple/server/site"
)

func serveCommand() *cobra.Command {
	var addr, dir string
	limits := live.DefaultLimits()
	c := &cobra.Command{
		Use: "serve", Short: "Serve the course", Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return serve(c.Context(), addr, dir, limits, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	c.Flags().StringVar(&addr, "addr", "localhost:8080", "address to serve on")
	c.Flags().StringVar(&dir, "lessons", "", "folder of a course of your own")
	c.Flags().IntVar(&limits.Running, "max-sandboxes", limits.Running, "how many sandboxes may run at once")
	return c
}

// shutdownWait is how long requests in progress may take when the server
// ends.
const shutdownWait = 10 * time.Second

// serve serves until ctx ends, and returns when nothing of it is left.
func serve(ctx context.Context, addr, dir string, limits live.Limits, stdout, stderr io.Writer) error {
	course, err := course(dir)
	if err != nil {
		return err
	}
	abilities := sandbox.Probe(ctx)
	listeners, err := listen(ctx, addr, abilities)
	if err != nil {
		return fmt.Errorf("cannot serve on %s: %w; choose another with --addr", addr, err)
	}
	group, ctx := errgroup.WithContext(ctx)
	pool := sandbox.NewPool(warm)
	defer pool.Close()
	sandboxes := live.New(starter(pool), limits)
	log := slog.New(slog.NewTextHandler(stderr, nil))
	pages := site.New(site.Config{
		Course: course, Sandboxes: sandboxes, Abilities: abilities, Hosts: hosts(addr), Log: log, Stop: ctx,
	})
	server := &http.Server{
		Handler:           pages,
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	fmt.Fprintf(stdout, "fivetuple: http://%s/\n", shown(addr, listeners[0]))
	for _, a := range abilities {
		if !a.OK {
			fmt.Fprintf(stdout, "missing: %s; %s\n", a.Detail, a.Remedy)
		}
	}
	for _, l := range listeners {
		group.Go(func() error { return ignore(server.Serve(l), http.ErrServerClosed) })
	}
	group.Go(func() error {
		<-ctx.Done()
		sandboxes.Close() // their end events still reach the streams
		wait, cancel := context.WithTimeout(context.Background(), shutdownWait)
		defer cancel()
		err := server.Shutdown(wait)
		pages.Wait()
		return err
	})
	return group.Wait()
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

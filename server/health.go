package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/spf13/cobra"
)

func healthCommand() *cobra.Command {
	var addr string
	c := &cobra.Command{
		Use: "health", Short: "Ask a server whether it is well", Args: noArgs,
		Long: `Ask a server whether it is well. The exit status is 0 when it answers that it
is. An image without a shell or curl has this for its health check.`,
		RunE: func(c *cobra.Command, _ []string) error { return health(c.Context(), addr) },
	}
	c.Flags().StringVar(&addr, "addr", "localhost:8080", "address that it serves on")
	return c
}

// healthWait is how long a server that is well may take to say so.
const healthWait = 3 * time.Second

func health(ctx context.Context, addr string) error {
	ctx, cancel := context.WithTimeout(ctx, healthWait)
	defer cancel()
	ask, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+addr+"/healthz", nil)
	if err != nil {
		return usageError{fmt.Errorf("--addr %s: %w", addr, err)}
	}
	answer, err := http.DefaultClient.Do(ask)
	if err != nil {
		return fmt.Errorf("health: %w", err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("health: %s answers %s", ask.URL, answer.Status)
	}
	return nil
}

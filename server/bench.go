//go:build linux

package main

import (
	"encoding/json"

	"github.com/spf13/cobra"

	"fivetuple/server/bench"
)

func benchCommand() *cobra.Command {
	var o bench.Options
	c := &cobra.Command{
		Use: "bench", Short: "Measure starts, the wire and idle sandboxes, as JSON", Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			o.Progress = c.ErrOrStderr()
			report, err := bench.Run(c.Context(), o)
			if err != nil {
				return err
			}
			e := json.NewEncoder(c.OutOrStdout())
			e.SetIndent("", "  ")
			return e.Encode(report)
		},
	}
	c.Flags().IntVar(&o.Starts, "starts", 50, "starts of each kind")
	c.Flags().IntVar(&o.Idle, "idle", 500, "sandboxes that are idle at once")
	return c
}

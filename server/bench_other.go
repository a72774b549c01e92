//go:build !linux

package main

import (
	"errors"

	"github.com/spf13/cobra"
)

func benchCommand() *cobra.Command {
	return &cobra.Command{
		Use: "bench", Short: "Measure sandboxes, on Linux", Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return errors.New("sandboxes need Linux") },
	}
}

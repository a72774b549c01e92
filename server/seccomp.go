package main

import (
	"github.com/spf13/cobra"

	"fivetuple/sandbox"
)

func seccompCommand() *cobra.Command {
	return &cobra.Command{
		Use: "seccomp", Short: "Print the seccomp profile for a container in which every lab runs", Args: noArgs,
		Example: `  docker run --rm fivetuple seccomp > seccomp.json
  docker run -p 8080:8080 --security-opt seccomp=seccomp.json --security-opt systempaths=unconfined fivetuple`,
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := c.OutOrStdout().Write(sandbox.ContainerSeccomp())
			return err
		},
	}
}

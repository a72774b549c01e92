package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"fivetuple/sandbox"
)

func labsCommand() *cobra.Command {
	var dir string
	var asJSON bool
	c := &cobra.Command{
		Use: "labs", Short: "List the labs", Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			course, err := course(dir)
			if err != nil {
				return err
			}
			for _, l := range course.Labs() {
				if asJSON {
					b, err := json.Marshal(map[string]any{"name": l.Name, "title": l.Title, "topology": l.Topology})
					if err != nil {
						return err
					}
					fmt.Fprintf(c.OutOrStdout(), "%s\n", b)
					continue
				}
				fmt.Fprintf(c.OutOrStdout(), "%-26s %-9s %s · %s\n", l.Name, l.Topology, l.Title["en"], l.Title["ko"])
			}
			return nil
		},
	}
	c.Flags().StringVar(&dir, "lessons", "", "folder of a course of your own")
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return c
}

func doctorCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "doctor", Short: "Say what works on this machine, and how to get the rest", Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			abilities := sandbox.Probe(c.Context())
			var err error
			for _, a := range abilities {
				if a.Needed && !a.OK {
					err = errQuiet
				}
			}
			if asJSON {
				return errOr(err, json.NewEncoder(c.OutOrStdout()).Encode(abilities))
			}
			for _, a := range abilities {
				mark := "ok     "
				if !a.OK {
					mark = "missing"
				}
				fmt.Fprintf(c.OutOrStdout(), "%s  %-12s %s\n", mark, a.Name, a.Detail)
				if !a.Remedy.IsZero() {
					fmt.Fprintf(c.OutOrStdout(), "         %-12s → %s\n", "", a.Remedy)
				}
			}
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

// errOr is the first error, or the second when there is no first.
func errOr(first, second error) error {
	if first != nil {
		return first
	}
	return second
}

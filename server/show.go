package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"fivetuple/sandbox/recording"
)

func showCommand() *cobra.Command {
	var name string
	c := &cobra.Command{
		Use: "show FILE", Short: "Show a recording that was saved, in any form", Args: oneFile,
		Long: `Show a recording that was saved, in any form.

FILE is what run --format json or record wrote, or what the course's page
offers; - is standard input.`,
		Example: `  fivetuple run handshake/three-way --format json > run.json
  fivetuple show run.json --format pcapng | wireshark -k -i -`,
		RunE: func(c *cobra.Command, args []string) error {
			f, err := findFormat(name, c.OutOrStdout())
			if err != nil {
				return usageError{err}
			}
			return show(args[0], f, c.InOrStdin(), c.OutOrStdout())
		},
	}
	c.Flags().StringVar(&name, "format", "text", formatNames())
	return c
}

// oneFile asks for exactly one file.
func oneFile(_ *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usageError{fmt.Errorf("show needs one FILE, not %d", len(args))}
	}
	return nil
}

// readRecording reads a recording, which may be packed.
func readRecording(r io.Reader) (*recording.Recording, error) {
	in := bufio.NewReader(r)
	magic, err := in.Peek(2)
	if err != nil || !bytes.Equal(magic, []byte{0x1f, 0x8b}) { // of gzip, RFC 1952
		return recording.Read(in)
	}
	packed, err := io.ReadAll(in)
	if err != nil {
		return nil, err
	}
	return recording.Unpack(packed)
}

// show writes the recording in a file.
func show(file string, f format, stdin io.Reader, stdout io.Writer) error {
	in := stdin
	if file != "-" {
		opened, err := os.Open(file)
		if err != nil {
			return err
		}
		defer opened.Close()
		in = opened
	}
	rec, err := readRecording(in)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	run := &recorded{lab: rec.Lab, events: rec.Events}
	for i := range rec.Events {
		f.tell(stdout, run, rec.Encoded[i], &rec.Events[i])
	}
	return f.finish(stdout, run)
}

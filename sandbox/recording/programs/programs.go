// Package programs writes the programs of a lab as an archive. They are as
// the learner ran them and need nothing of the course: what to type, and
// which names must be known, goes into a README whose words are the
// caller's.
package programs

import (
	"archive/zip"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"fivetuple/sandbox/lab"
)

// readmeName is the name of the README in the archive.
const readmeName = "README.md"

// Write writes an archive of a folder with a README and the programs of l.
func Write(w io.Writer, l *lab.Lab, readme string) error {
	z := zip.NewWriter(w)
	files := []struct {
		name    string
		content []byte
	}{{readmeName, []byte(readme)}}
	for _, p := range l.Programs {
		if p.File != "" {
			files = append(files, struct {
				name    string
				content []byte
			}{p.File, p.Source})
		}
	}
	for _, f := range files {
		out, err := z.Create(path.Join(Name(l), f.name))
		if err == nil {
			_, err = out.Write(f.content)
		}
		if err != nil {
			return fmt.Errorf("write %s: %w", f.name, err)
		}
	}
	return z.Close()
}

// Name is the lab's name as the name of a file or folder.
func Name(l *lab.Lab) string { return strings.ReplaceAll(l.Name, "/", "-") }

// Step is one program to be started, in a terminal of its own.
type Step struct {
	Program string
	Command string   // to be typed in the folder
	Input   []string // lines to be typed into the program
}

// Steps are the programs of l in an order in which each finds what it waits
// for.
func Steps(l *lab.Lab) []Step {
	var steps []Step
	started := map[string]bool{}
	waits := func(p lab.Program) bool { return p.After != nil && !started[p.After.Program] }
	for left := slices.Clone(l.Programs); len(left) > 0; {
		next := max(0, slices.IndexFunc(left, func(p lab.Program) bool { return !waits(p) }))
		p := left[next]
		left = slices.Delete(left, next, next+1)
		started[p.Name] = true
		steps = append(steps, Step{p.Name, command(p), p.Input})
	}
	return steps
}

// command is what starts a program by hand.
func command(p lab.Program) string {
	name := strings.TrimSuffix(p.File, path.Ext(p.File))
	switch path.Ext(p.File) {
	case ".py":
		return "python3 " + p.File
	case ".c":
		return fmt.Sprintf("cc -o %s %s && ./%s", name, p.File, name)
	case ".go":
		return "go run " + p.File
	}
	words := slices.Clone(p.Command)
	for i, word := range words {
		if word == "" || strings.ContainsAny(word, " \t\n'\"\\$&|;<>()*?[]#~`!{}") {
			words[i] = "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
		}
	}
	return strings.Join(words, " ")
}

// HostLines are the lines of a hosts file by which the programs find each
// other on one machine: none where there is no network. The two hosts of a
// wire become one; those of a lan, which may all want the same port, have an
// address each.
func HostLines(l *lab.Lab) []string {
	if l.Topology == lab.Unix {
		return nil
	}
	names := l.HostNames()
	if l.Topology != lab.LAN {
		return []string{"127.0.0.1 " + strings.Join(names, " ")}
	}
	var lines []string
	for i, name := range names {
		lines = append(lines, fmt.Sprintf("127.0.0.%d %s", i+1, name))
	}
	return lines
}

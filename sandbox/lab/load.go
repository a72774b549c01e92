package lab

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
)

// maxFile is the size in bytes of the largest program.
const maxFile = 256 << 10

// document is lab.yaml as it is written.
type document struct {
	Title    map[string]string `yaml:"title"`
	Topology Topology          `yaml:"topology"`
	Start    Start             `yaml:"start"`
	Seed     int64             `yaml:"seed"`
	Wire     *struct {
		Mode  string   `yaml:"mode"`
		Delay duration `yaml:"delay"`
	} `yaml:"wire"`
	Limits struct {
		Time      duration `yaml:"time"`
		CPU       duration `yaml:"cpu"`
		Memory    int64    `yaml:"memory"`
		Output    int64    `yaml:"output"`
		Files     int      `yaml:"files"`
		Processes int      `yaml:"processes"`
	} `yaml:"limits"`
	Programs []struct {
		Name    string   `yaml:"name"`
		Host    string   `yaml:"host"`
		File    string   `yaml:"file"`
		Command []string `yaml:"command"`
		After   *struct {
			Program string `yaml:"program"`
			Call    string `yaml:"call"`
		} `yaml:"after"`
		Input []string `yaml:"input"`
	} `yaml:"programs"`
}

// duration is written as in 300ms.
type duration time.Duration

// UnmarshalYAML reads a duration.
func (d *duration) UnmarshalYAML(b []byte) error {
	parsed, err := time.ParseDuration(strings.Trim(strings.TrimSpace(string(b)), `"'`))
	if err != nil {
		return fmt.Errorf("%q is not a duration such as 300ms", b)
	}
	*d = duration(parsed)
	return nil
}

// Load reads the lab in folder dir of fsys, whose name is dir without a
// leading "labs/". An error says the file and, where it can, the line.
func Load(fsys fs.FS, dir string) (*Lab, error) {
	name := path.Join(dir, "lab.yaml")
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	var d document
	if err := yaml.UnmarshalWithOptions(text, &d, yaml.Strict()); err != nil {
		return nil, positioned(name, err)
	}
	l := d.lab(strings.TrimPrefix(dir, "labs/"))
	if err := l.read(fsys, dir); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if err := l.Validate(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return l, nil
}

// positioned puts file and line before what the YAML reader says.
func positioned(name string, err error) error {
	var positioned yaml.Error
	if !errors.As(err, &positioned) || positioned.GetToken() == nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return fmt.Errorf("%s:%d: %s", name, positioned.GetToken().Position.Line, positioned.GetMessage())
}

func (d *document) lab(name string) *Lab {
	l := &Lab{Name: name, Title: d.Title, Topology: d.Topology, Start: d.Start, Seed: d.Seed}
	if l.Start == "" {
		l.Start = Run
	}
	l.Wire.Mode = "flow"
	if d.Wire != nil {
		l.Wire.Delay = time.Duration(d.Wire.Delay)
		if d.Wire.Mode != "" {
			l.Wire.Mode = d.Wire.Mode
		}
	}
	l.Limits = Limits{
		Time: time.Duration(d.Limits.Time), CPU: time.Duration(d.Limits.CPU), Memory: d.Limits.Memory,
		Output: d.Limits.Output, Files: d.Limits.Files, Processes: d.Limits.Processes,
	}
	for _, p := range d.Programs {
		q := Program{Name: p.Name, Host: p.Host, File: p.File, Command: p.Command, Input: p.Input}
		if q.Host == "" {
			q.Host = q.Name
		}
		if p.After != nil {
			q.After = &After{Program: p.After.Program, Call: p.After.Call}
		}
		l.Programs = append(l.Programs, q)
	}
	return l
}

// read reads the files that the lab names, and its checks.
func (l *Lab) read(fsys fs.FS, dir string) error {
	for i := range l.Programs {
		p := &l.Programs[i]
		if p.File == "" {
			continue
		}
		source, err := fs.ReadFile(fsys, path.Join(dir, p.File))
		if err != nil {
			return fmt.Errorf("program %s: %w", p.Name, err)
		}
		p.Source = source
	}
	checks, err := fs.ReadFile(fsys, path.Join(dir, "checks.star"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	l.Checks = string(checks)
	return nil
}

// nameForm is the form of a program's name.
var nameForm = regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}$`)

// Validate says everything that is wrong with l.
func (l *Lab) Validate() error {
	var all []error
	wrong := func(format string, args ...any) { all = append(all, fmt.Errorf(format, args...)) }
	if l.Topology != Loopback && l.Topology != Wire {
		wrong("topology %q is neither loopback nor wire", l.Topology)
	}
	if l.Start != Run && l.Start != Step {
		wrong("start %q is neither run nor step", l.Start)
	}
	if l.Topology != Wire && l.Wire != (WireSettings{Mode: "flow"}) {
		wrong("wire: only the topology wire has one")
	}
	if l.Wire.Mode != "flow" && l.Wire.Mode != "hold" {
		wrong("wire mode %q is neither flow nor hold", l.Wire.Mode)
	}
	if l.Wire.Delay < 0 || l.Wire.Delay > 10*time.Second {
		wrong("wire delay %v is not from 0s to 10s", l.Wire.Delay)
	}
	if len(l.Programs) == 0 || len(l.Programs) > 8 {
		wrong("%d programs: there must be from 1 to 8", len(l.Programs))
	}
	known := map[string]bool{}
	for _, p := range l.Programs {
		if known[p.Name] {
			wrong("two programs are called %s", p.Name)
		}
		known[p.Name] = true
	}
	for _, p := range l.Programs {
		if err := p.validate(l, known); err != nil {
			wrong("program %s: %w", p.Name, err)
		}
	}
	return errors.Join(all...)
}

func (p *Program) validate(l *Lab, known map[string]bool) error {
	switch {
	case !nameForm.MatchString(p.Name):
		return fmt.Errorf("a name is a letter followed by letters, digits or -, at most 32")
	case l.Topology == Wire && p.Host != "client" && p.Host != "server":
		return fmt.Errorf("host %q is neither client nor server", p.Host)
	case p.File == "" && len(p.Command) == 0:
		return errors.New("it has neither a file nor a command")
	case p.File != "" && (path.Base(p.File) != p.File || !strings.HasSuffix(p.File, ".py")):
		return fmt.Errorf("file %q is not the name of a Python file (.py)", p.File)
	case len(p.Source) > maxFile:
		return fmt.Errorf("%s is %d bytes long, at most %d are allowed", p.File, len(p.Source), maxFile)
	case p.After != nil && (!known[p.After.Program] || p.After.Program == p.Name):
		return fmt.Errorf("after: there is no other program %q", p.After.Program)
	case p.After != nil && p.After.Call != "listen" && p.After.Call != "bind":
		return fmt.Errorf("after: call %q is neither listen nor bind", p.After.Call)
	}
	return nil
}

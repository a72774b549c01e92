package lab

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"fivetuple/sandbox/event"
)

// document is lab.yaml as it is written.
type document struct {
	Title    map[string]string `yaml:"title"`
	Topology Topology          `yaml:"topology"`
	Hosts    int               `yaml:"hosts"`
	Hand     string            `yaml:"hand"`
	Start    Start             `yaml:"start"`
	Seed     int64             `yaml:"seed"`
	Sysctl   map[string]string `yaml:"sysctl"`
	Wire     *settings         `yaml:"wire"`
	Timeline TimelineForm      `yaml:"timeline"`
	AllCalls bool              `yaml:"all_calls"`
	Limits   struct {
		Time      duration `yaml:"time"`
		CPU       duration `yaml:"cpu"`
		Memory    int64    `yaml:"memory"`
		AllMemory int64    `yaml:"all_memory"`
		Output    int64    `yaml:"output"`
		Files     int      `yaml:"files"`
		Processes int      `yaml:"processes"`
	} `yaml:"limits"`
	Programs []struct {
		Name    string   `yaml:"name"`
		Host    string   `yaml:"host"`
		File    string   `yaml:"file"`
		Command []string `yaml:"command"`
		After   *after   `yaml:"after"`
		Input   []string `yaml:"input"`
	} `yaml:"programs"`
}

// TimelineForm is a timeline as it is written.
type TimelineForm []struct {
	At     duration `yaml:"at"`
	After  *after   `yaml:"after"`
	Change settings `yaml:",inline"`
}

// Steps are its changes of the wire.
func (f TimelineForm) Steps() (all []WireStep) {
	for _, step := range f {
		all = append(all, WireStep{At: time.Duration(step.At), After: (*After)(step.After), WireChange: step.Change.change()})
	}
	return all
}

// after is a call of a program, as it is written.
type after struct {
	Program string `yaml:"program"`
	Call    string `yaml:"call"`
}

// settings are the wire's settings as they are written.
type settings struct {
	Mode      string    `yaml:"mode"`
	Delay     *duration `yaml:"delay"`
	Jitter    *duration `yaml:"jitter"`
	Loss      *float64  `yaml:"loss"`
	Reorder   *float64  `yaml:"reorder"`
	Duplicate *float64  `yaml:"duplicate"`
	Corrupt   *float64  `yaml:"corrupt"`
	Rate      *rate     `yaml:"rate"`
	Queue     *int      `yaml:"queue"`
	MTU       *int      `yaml:"mtu"`
	Cut       *names    `yaml:"cut"`
}

func (s settings) change() event.WireChange {
	return event.WireChange{
		Mode: s.Mode, Delay: (*time.Duration)(s.Delay), Jitter: (*time.Duration)(s.Jitter),
		Loss: s.Loss, Reorder: s.Reorder, Duplicate: s.Duplicate, Corrupt: s.Corrupt,
		Rate: (*int64)(s.Rate), Queue: s.Queue, MTU: s.MTU, Cut: (*[]string)(s.Cut),
	}
}

// ParseWire reads settings of the wire as the command line has them:
// mode=hold,delay=300ms,loss=0.1,rate=10mbit,cut=client.
func ParseWire(text string) (event.WireChange, error) {
	var lines []string
	for part := range strings.SplitSeq(text, ",") {
		key, value, ok := strings.Cut(part, "=")
		if !ok {
			return event.WireChange{}, fmt.Errorf("wire setting %q is not KEY=VALUE", part)
		}
		lines = append(lines, key+": "+value)
	}
	var s settings
	if err := Unmarshal([]byte(strings.Join(lines, "\n")), &s); err != nil {
		var syntax *SyntaxError
		if errors.As(err, &syntax) {
			err = errors.New(syntax.Text)
		}
		return event.WireChange{}, fmt.Errorf("wire: %w", err)
	}
	return s.change(), s.change().Validate()
}

// duration is written as in 300ms.
type duration time.Duration

// UnmarshalYAML reads a duration.
func (d *duration) UnmarshalYAML(b []byte) error {
	parsed, err := time.ParseDuration(scalar(b))
	if err != nil {
		return fmt.Errorf("%q is not a duration such as 300ms", b)
	}
	*d = duration(parsed)
	return nil
}

// rate is written as in 500kbit, 10mbit, or as bits a second.
type rate int64

var rateForm = regexp.MustCompile(`^([0-9]+)(|k|m|g)(?:bit)?$`)

// UnmarshalYAML reads a rate.
func (r *rate) UnmarshalYAML(b []byte) error {
	m := rateForm.FindStringSubmatch(strings.ToLower(scalar(b)))
	if m == nil {
		return fmt.Errorf("%q is not a rate such as 500kbit or 10mbit", b)
	}
	n, err := strconv.ParseInt(m[1], 10, 32)
	if err != nil {
		return fmt.Errorf("%q is not a rate such as 500kbit or 10mbit", b)
	}
	*r = rate(n * map[string]int64{"": 1, "k": 1_000, "m": 1_000_000, "g": 1_000_000_000}[m[2]])
	return nil
}

// names is one name or a list of names.
type names []string

// UnmarshalYAML reads names.
func (n *names) UnmarshalYAML(unmarshal func(any) error) error {
	var list []string
	if unmarshal(&list) == nil {
		*n = list
		return nil
	}
	var one string
	if err := unmarshal(&one); err != nil {
		return errors.New("is neither a name nor a list of names")
	}
	*n = names{one}
	if one == "" || one == "none" {
		*n = names{}
	}
	return nil
}

func scalar(b []byte) string { return strings.Trim(strings.TrimSpace(string(b)), `"'`) }

func (d *document) lab(name string) *Lab {
	l := &Lab{Name: name, Title: d.Title, Topology: d.Topology, Hosts: d.Hosts, Hand: d.Hand, Start: d.Start, Seed: d.Seed, Sysctl: d.Sysctl}
	if l.Start == "" {
		l.Start = Run
	}
	l.Wire.Mode = event.Flow
	if d.Wire != nil {
		l.Wire = d.Wire.change().Apply(l.Wire)
	}
	l.Timeline = d.Timeline.Steps()
	l.AllCalls = d.AllCalls
	l.Limits = Limits{
		Time: time.Duration(d.Limits.Time), CPU: time.Duration(d.Limits.CPU), Memory: d.Limits.Memory, AllMemory: d.Limits.AllMemory,
		Output: d.Limits.Output, Files: d.Limits.Files, Processes: d.Limits.Processes,
	}
	for _, p := range d.Programs {
		q := Program{Name: p.Name, Host: p.Host, File: p.File, Command: p.Command, After: (*After)(p.After), Input: p.Input}
		if q.Host == "" {
			q.Host = q.Name
		}
		l.Programs = append(l.Programs, q)
	}
	return l
}

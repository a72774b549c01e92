package lab

import (
	"errors"
	"fmt"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"fivetuple/sandbox/event"
)

// nameForm is the form of a program's name.
var nameForm = regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}$`)

// sysctlForm is the form of a setting that belongs to one network namespace.
var sysctlForm = regexp.MustCompile(`^net\.(ipv4|ipv6|core|unix)(\.[a-z0-9_]+)+$`)

// maxSteps is how many changes a timeline may have.
const maxSteps = 100

// Validate says everything that is wrong with l.
func (l *Lab) Validate() error {
	all := l.wrongWithHosts()
	if l.Start != Run && l.Start != Step {
		all = append(all, event.NoneOf("start", string(l.Start), string(Run), string(Step)))
	}
	all = append(all, l.wrongWithWire()...)
	return errors.Join(append(all, l.wrongWithPrograms()...)...)
}

func (l *Lab) wrongWithHosts() (all []error) {
	wrong := func(format string, args ...any) { all = append(all, fmt.Errorf(format, args...)) }
	if !slices.Contains([]Topology{Loopback, Wire, LAN, Unix}, l.Topology) {
		wrong("topology %q is none of loopback, wire, lan, unix", l.Topology)
	}
	if l.Topology == LAN && (l.Hosts < 2 || l.Hosts > MaxHosts) {
		wrong("hosts: %d, a lan has from 2 to %d", l.Hosts, MaxHosts)
	}
	if l.Topology != LAN && l.Hosts != 0 {
		wrong("hosts: only the topology lan says how many")
	}
	if l.Hand != "" && (l.Topology != Wire || !slices.Contains(l.HostNames(), l.Hand)) {
		wrong("hand: %q is no host of the topology wire", l.Hand)
	}
	for name := range l.Sysctl {
		if !sysctlForm.MatchString(name) {
			wrong("sysctl: %q is no setting of a host's network such as net.ipv4.tcp_syncookies", name)
		}
	}
	return all
}

func (l *Lab) wrongWithWire() (all []error) {
	if !l.Wired() && (!reflect.DeepEqual(l.Wire, event.Wire{Mode: event.Flow}) || l.Timeline != nil) {
		return []error{&event.RefusalError{Why: event.WhyNoWire, Setting: "wire"}}
	}
	if len(l.Timeline) > maxSteps {
		all = append(all, fmt.Errorf("timeline: %d changes, at most %d are allowed", len(l.Timeline), maxSteps))
	}
	now := l.Wire
	last := map[After]time.Duration{}
	all = append(all, l.wrongWithSettings(now))
	for _, step := range l.Timeline {
		var from After
		if step.After != nil {
			from = *step.After
			all = append(all, l.wrongWithMoment(from))
		}
		if step.At < last[from] {
			all = append(all, fmt.Errorf("timeline: %v stands after %v", step.At, last[from]))
		}
		last[from], now = step.At, step.Apply(now)
		if err := l.wrongWithSettings(now); err != nil {
			all = append(all, fmt.Errorf("timeline: at %v: %w", step.At, err))
		}
	}
	return all
}

func (l *Lab) wrongWithMoment(a After) error {
	switch {
	case !slices.ContainsFunc(l.Programs, func(p Program) bool { return p.Name == a.Program }):
		return fmt.Errorf("timeline: after: there is no program %q", a.Program)
	case !slices.Contains(Moments, a.Call):
		return fmt.Errorf("timeline: after: call %q is none of %s", a.Call, strings.Join(Moments, ", "))
	}
	return nil
}

func (l *Lab) wrongWithSettings(w event.Wire) error {
	for _, host := range w.Cut {
		if !slices.Contains(l.HostNames(), host) {
			return event.NoneOf("wire.cut", host, l.HostNames()...)
		}
	}
	return w.Validate()
}

func (l *Lab) wrongWithPrograms() (all []error) {
	wrong := func(format string, args ...any) { all = append(all, fmt.Errorf(format, args...)) }
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
	return all
}

// Languages are the endings of the files that a program may be written in.
var Languages = []string{".py", ".c", ".go"}

func (p *Program) validate(l *Lab, known map[string]bool) error {
	switch {
	case !nameForm.MatchString(p.Name):
		return fmt.Errorf("a name is a letter followed by letters, digits or -, at most 32")
	case l.Wired() && !slices.Contains(l.HostNames(), p.Host):
		return fmt.Errorf("host %q is none of %s", p.Host, strings.Join(l.HostNames(), ", "))
	case l.Hand != "" && p.Host == l.Hand:
		return fmt.Errorf("host %s is played by hand and runs no program", p.Host)
	case p.File == "" && len(p.Command) == 0:
		return errors.New("it has neither a file nor a command")
	case p.File != "" && (path.Base(p.File) != p.File || !slices.Contains(Languages, path.Ext(p.File))):
		return fmt.Errorf("file %q is not the name of a file in Python (.py), C (.c) or Go (.go)", p.File)
	case p.After != nil && (!known[p.After.Program] || p.After.Program == p.Name):
		return fmt.Errorf("after: there is no other program %q", p.After.Program)
	case p.After != nil && p.After.Call != "listen" && p.After.Call != "bind":
		return fmt.Errorf("after: call %q is neither listen nor bind", p.After.Call)
	}
	return event.NotLonger(p.File, len(p.Source), maxFile, event.Bytes)
}

package web

import (
	"slices"
	"strings"
	"time"

	"fivetuple/lessons"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/web/text"
)

// Still is the recorded runs that a page shows in the place of live ones.
type Still struct {
	File     bool      // the page is a file: behind it stands no server
	Made     time.Time // of a file: when its runs were recorded
	Versions string    // of a file: on what

	Runs  map[string]*Run             // by lab
	Steps map[*lessons.Setting]string // addresses of the runs that steps have set
}

// Run is a recorded run, as a page shows it.
type Run struct {
	Address  string // of its folder
	Made     time.Time
	Versions string        // of the kernel and what else ran: Linux 6.18.44, Python 3.13.5
	Events   []event.Event // for readers without scripts; of an exported course
	Why      string        // it is shown, and the lab not run, in the page's language; empty in an exported course
}

// NewStill is what the pages of an exported course show: its runs, which lie
// beside them, recorded at a time on versions.
func NewStill(c *lessons.Course, made time.Time, versions string) *Still {
	s := &Still{File: true, Made: made, Versions: versions, Runs: map[string]*Run{}, Steps: map[*lessons.Setting]string{}}
	for _, l := range c.Labs() {
		s.Runs[l.Name] = &Run{Address: RunAddress(l.Name, ""), Made: made, Versions: versions}
		for _, lang := range c.Langs {
			for _, step := range claimed(c, lang, l.Name) {
				s.Steps[step.Set] = RunAddress(l.Name, step.ID)
			}
		}
	}
	return s
}

// claimed are the steps that set the lab of a name so that something is
// claimed of it: those of the lesson that is named like it.
func claimed(c *lessons.Course, lang, name string) []lessons.Step {
	unit, name, _ := strings.Cut(name, "/")
	if l, ok := c.Lesson(lang, unit, name); ok {
		return l.Claimed()
	}
	return nil
}

// newRun is a run that came with the course.
func newRun(r *lessons.Recording, why string) *Run {
	return &Run{Address: RecordingAddress(r), Made: r.Made.At, Versions: r.Made.On, Why: why}
}

// RunAddress is the folder of a lab's recorded run in an exported course, or of
// that of a step.
func RunAddress(lab, step string) string { return folder("/runs/", lab, step) }

// RecordingAddress is the folder of a recorded run that came with the course.
// It is another one for another recording.
func RecordingAddress(r *lessons.Recording) string {
	return folder("/api/recordings/"+r.Hash+"/", r.Lab.Name, r.Step)
}

func folder(prefix, lab, step string) string {
	if step == "" {
		return prefix + lab + "/"
	}
	return prefix + lab + "/steps/" + step + "/"
}

// run is the recorded run of a lab; nil where that runs.
func (s *Still) run(l *lab.Lab) *Run {
	if s == nil {
		return nil
	}
	return s.Runs[l.Name]
}

// label says that it was recorded, when, and on what.
func (r *Run) label(t text.Lang) string { return t.Recorded(r.Made, r.Versions) }

// hasStep says whether the run is recorded that a step has set.
func (s *Still) hasStep(step lessons.Step) bool {
	return s != nil && step.Set != nil && s.Steps[step.Set] != ""
}

// lacksStep says whether one of the steps has no recorded run.
func (s *Still) lacksStep(all []lessons.Step) bool {
	return slices.ContainsFunc(all, func(step lessons.Step) bool { return !s.hasStep(step) })
}

// stillPolicy lets a page load what lies beside it and nothing else. A file
// server sends no such header.
const stillPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'"

package web

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fivetuple/lessons"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/recording"
)

// Still is what the pages of an exported course have in the place of live
// labs: behind them stand files and no server.
type Still struct {
	Made     time.Time                // when its runs were recorded
	Versions string                   // of the kernel and what else ran: Linux 6.18.44, Python 3.13.5
	Runs     map[string][]event.Event // by lab

	Steps map[*lessons.Setting]string // addresses of the runs that steps have set
}

// hasStep says whether the run is recorded that a step has set.
func (s *Still) hasStep(step lessons.Step) bool {
	return s != nil && step.Set != nil && s.Steps[step.Set] != ""
}

// lacksStep says whether one of the steps has no recorded run.
func (s *Still) lacksStep(all []lessons.Step) bool {
	return s != nil && slices.ContainsFunc(all, func(step lessons.Step) bool { return !s.hasStep(step) })
}

// StepAddress is the folder of the run of a lab that a step has set.
func StepAddress(l *lab.Lab, step lessons.Step) string {
	return RunAddress(l) + "steps/" + step.ID + "/"
}

// stillPolicy lets a page load what lies beside it and nothing else. A file
// server sends no such header.
const stillPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'"

// RunAddress is the folder of a lab's recorded run.
func RunAddress(l *lab.Lab) string { return "/runs/" + l.Name + "/" }

// shownLines is how many lines of a run stand in a page for readers without
// scripts.
const shownLines = 200

// runLine is one line of a run as a table.
type runLine struct{ Time, Host, Text string }

// runLines are the lines of a run that tell most: what began and ended, what
// was sent and what came of it. More of them than fit are left out.
func runLines(events []event.Event) (lines []runLine) {
	for i := range events {
		e := &events[i]
		if !tells(e) {
			continue
		}
		if len(lines) == shownLines {
			break
		}
		at := fmt.Sprintf("%.6f", time.Duration(e.T).Seconds())
		lines = append(lines, runLine{at, e.Host, strings.Join(strings.Fields(recording.Text(e)), " ")})
	}
	return lines
}

// tells says whether an event is worth a line of a table.
func tells(e *event.Event) bool {
	switch e.Kind {
	case event.KindCall:
		return e.Phase == event.PhaseReturn || e.Phase == event.PhaseBlocked
	case event.KindQueue, event.KindInfo:
		return false
	}
	return e.Phase != event.PhaseHeld
}

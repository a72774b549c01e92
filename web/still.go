package web

import (
	"fmt"
	"slices"
	"time"

	"fivetuple/lessons"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
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
const stillPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'"

// RunAddress is the folder of a lab's recorded run.
func RunAddress(l *lab.Lab) string { return "/runs/" + l.Name + "/" }

// shownLines is how many sentences of a run stand in a page for readers without
// scripts.
const shownLines = 200

// runLine is one line of a run as a table.
type runLine struct{ Time, Text string }

// runLines are the sentences of a run; more than fit are left out.
func (v stageView) runLines() (lines []runLine) {
	t := newTeller(v.T.Stage())
	for i := range v.Events {
		for _, s := range t.told(&v.Events[i]) {
			if len(lines) == shownLines {
				return lines
			}
			lines = append(lines, runLine{fmt.Sprintf("%.4f", time.Duration(s.t).Seconds()), s.text})
		}
	}
	return lines
}

package site

import (
	"context"
	"fmt"
	"net/http"

	"github.com/go-chi/chi/v5"

	"fivetuple/lessons"
	"fivetuple/sandbox/check"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/recording"
)

// checked is what became of all that an author claims of a run.
type checked struct {
	Over   bool     `json:"over"`  // the run went to its end
	Known  bool     `json:"known"` // it was set as the course has the lab, or a step of it
	Held   int      `json:"held"`
	Failed []failed `json:"failed"`
}

// failed is a claim that does not hold.
type failed struct {
	Place string `json:"place"` // file and line
	What  string `json:"what"`
	Text  string `json:"text"`
}

// tell counts what holds. What does not is told with the place that the error
// names, such as a line of checks.star, or else the given one.
func (c *checked) tell(place, what string, err error) {
	if err == nil {
		c.Held++
		return
	}
	f := lessons.Faults(err)[0]
	if f.File != "" {
		place = f.Place()
	}
	c.Failed = append(c.Failed, failed{place, what, f.Text})
}

// checks tells an author what of the claims about a lab does not hold in a
// run that was made in the page. The claims are those of the course as it is
// now, so that they can be mended with the same run.
func (s *Site) checks(w http.ResponseWriter, r *http.Request) {
	run, ok := s.Sandboxes.Find(chi.URLParam(r, "id"))
	if !ok {
		s.fail(w, r, lang(r), errNoSandbox)
		return
	}
	l, ok := s.Course.Lab(run.Lab().Name)
	if !ok {
		s.fail(w, r, lang(r), errUnknownLab)
		return
	}
	events, hold, err := s.events(r, run)
	if err != nil {
		s.fail(w, r, lang(r), err)
		return
	}
	defer hold.give()
	answer(w, http.StatusOK, s.claimed(r.Context(), l, run.Lab(), events))
}

// claimed is what became of the claims about l in a run of it that was set
// so.
func (s *Site) claimed(ctx context.Context, l, set *lab.Lab, events []event.Event) checked {
	c := checked{Failed: []failed{}}
	last := event.Event{}
	if len(events) > 0 {
		last = events[len(events)-1]
	}
	if c.Over = last.Cause != nil && last.Cause.End == event.EndFinished; !c.Over {
		return c
	}
	predicts, steps := s.Course.Claims(l.Name)
	if own(l, set) {
		c.Known = true
		if s.Course.Exercise(l.Name) == nil { // of what a learner begins with nothing is claimed
			c.whole(ctx, l, predicts, events)
		}
	}
	for _, step := range steps {
		if stepped(l, set, step.Set) {
			c.Known = true
			c.tell(step.At, "step "+step.ID, check.Break(ctx, l, events, step.ID))
		}
	}
	return c
}

// whole is what is claimed of every run of l.
func (c *checked) whole(ctx context.Context, l *lab.Lab, predicts []*lessons.Predict, events []event.Event) {
	place := "labs/" + l.Name + "/lab.yaml"
	for _, e := range events {
		if e.Kind == event.KindExit && (e.Code == nil || *e.Code != 0) {
			c.tell(place, "run", fmt.Errorf("program %s", recording.Exit(&e)))
		}
	}
	results, err := check.Run(ctx, l, events)
	if err != nil {
		c.tell(place, "checks.star", err)
	}
	for _, result := range results {
		c.tell(place, result.Name, result.Err)
	}
	for _, p := range predicts {
		key, ok, err := check.Answer(ctx, l, events, p.ID)
		switch {
		case err != nil:
		case !ok:
			err = fmt.Errorf("the whole run does not answer it")
		default:
			err = p.Confirm(key)
		}
		c.tell(p.At, "predict "+p.ID, err)
	}
}

// own says whether set is l as the course has it, in one of its languages.
func own(l, set *lab.Lab) bool {
	if same(l, set) {
		return true
	}
	for _, ending := range lab.Languages {
		if other, ok := l.In(ending); ok && same(other, set) {
			return true
		}
	}
	return false
}

// stepped says whether set is l as a step sets it.
func stepped(l, set *lab.Lab, s *lessons.Setting) bool {
	if same(s.Apply(l), set) {
		return true
	}
	for _, ending := range lab.Languages {
		if other, ok := s.In(l, ending); ok && same(other, set) {
			return true
		}
	}
	return false
}

// same says whether two labs are one but for the hand on their wire: check
// delivers by itself what a learner's hand delivers.
func same(a, b *lab.Lab) bool {
	held := *b
	held.Wire.Mode = a.Wire.Mode
	return a.Fingerprint() == held.Fingerprint()
}

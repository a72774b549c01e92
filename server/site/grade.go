package site

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"fivetuple/lessons"
	"fivetuple/sandbox/check"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/server/progress"
)

// grade says whether the learner's program passed a trial, in a run that has
// ended, and which mistake is behind it when it did not and that is known.
func (s *Site) grade(w http.ResponseWriter, r *http.Request) {
	lesson, trial, why, err := s.judged(r, chi.URLParam(r, "id"), chi.URLParam(r, "trial"))
	if err != nil {
		s.fail(w, r, lang(r), err)
		return
	}
	if why == nil && s.Progress != nil {
		now := time.Now().UTC().Truncate(time.Second)
		err := s.Progress.Change(r.Context(), learner(w, r), func(r *progress.Record) error { r.Pass(lesson, trial, now); return nil })
		if err != nil { // the page says so of other deeds
			s.Log.Error("progress", "error", err)
		}
	}
	answer(w, http.StatusOK, verdict{why == nil, check.MistakeOf(why)})
}

// verdict is what the page hears of a trial.
type verdict struct {
	Passed  bool   `json:"passed"`
	Mistake string `json:"mistake,omitempty"`
}

// judged is why the run with this id does not pass a trial, nil when it does.
// The error is of a run that cannot be judged.
func (s *Site) judged(r *http.Request, id, trial string) (*lessons.Lesson, string, error, error) {
	run, ok := s.Sandboxes.Find(id)
	if !ok {
		return nil, "", nil, errNoSandbox
	}
	unit, name, _ := strings.Cut(run.Lab().Name, "/")
	lesson, ok := s.Course.Lesson(s.Course.Langs[0], unit, name)
	if !ok || lesson.Exercise() == nil {
		return nil, "", nil, errNotFound
	}
	set, ok := lesson.Exercise().Trial(trial)
	if !ok {
		return nil, "", nil, errNotFound
	}
	if !put(run.Lab(), lesson.Exercise(), set) {
		return nil, "", nil, fmt.Errorf("%w: the run is not of trial %s", errRequest, trial)
	}
	events, hold, err := s.events(r, run)
	if err != nil {
		return nil, "", nil, err
	}
	defer hold.give()
	if len(events) == 0 || events[len(events)-1].Kind != event.KindEnd {
		return nil, "", nil, fmt.Errorf("%w: the run has not ended", errRequest)
	}
	why := check.Grade(r.Context(), lesson.Exercise().Lab, events, trial)
	if errors.Is(why, check.ErrNoFunction) {
		return nil, "", nil, why
	}
	return lesson, trial, why, nil
}

// sameTimes says whether two wires change alike while a lab runs.
func sameTimes(a, b []lab.WireStep) bool {
	return len(a) == 0 && len(b) == 0 || reflect.DeepEqual(a, b)
}

// put says whether l is the exercise's lab as the trial has set it: the wire
// and every program but the learner's are the trial's. Who plays a host by
// hand may have the wire as they like.
func put(l *lab.Lab, e *lessons.Exercise, t lessons.Trial) bool {
	set := t.Set.Apply(e.Lab)
	if !e.ByHand() && (!set.Wire.Equal(l.Wire) || !sameTimes(set.Timeline, l.Timeline)) {
		return false
	}
	return slices.EqualFunc(set.Programs, l.Programs, func(p, ran lab.Program) bool {
		return p.Name == ran.Name && (p.Name == e.Program || bytes.Equal(p.Source, ran.Source))
	})
}

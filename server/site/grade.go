package site

import (
	"context"
	"errors"
	"fmt"
	"net/http"
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
// ended.
func (s *Site) grade(w http.ResponseWriter, r *http.Request) {
	lesson, trial, passed, err := s.passed(r.Context(), chi.URLParam(r, "id"), chi.URLParam(r, "trial"))
	if err != nil {
		s.fail(w, r, lang(r), err)
		return
	}
	if passed && s.Progress != nil {
		now := time.Now().UTC().Truncate(time.Second)
		err := s.Progress.Change(r.Context(), learner(w, r), func(r *progress.Record) error { r.Pass(lesson, trial, now); return nil })
		if err != nil { // the page says so of other deeds
			s.Log.Error("progress", "error", err)
		}
	}
	answer(w, http.StatusOK, map[string]bool{"passed": passed})
}

func (s *Site) passed(ctx context.Context, id, trial string) (*lessons.Lesson, string, bool, error) {
	run, ok := s.Sandboxes.Find(id)
	if !ok {
		return nil, "", false, errNoSandbox
	}
	unit, name, _ := strings.Cut(run.Lab().Name, "/")
	lesson, ok := s.Course.Lesson(s.Course.Langs[0], unit, name)
	if !ok || lesson.Exercise() == nil {
		return nil, "", false, errNotFound
	}
	t, ok := lesson.Exercise().Trial(trial)
	if !ok {
		return nil, "", false, errNotFound
	}
	if !put(run.Lab(), lesson.Exercise(), t) {
		return nil, "", false, fmt.Errorf("%w: the run is not of trial %s", errRequest, trial)
	}
	events, err := decoded(run)
	if err != nil {
		return nil, "", false, err
	}
	if len(events) == 0 || events[len(events)-1].Kind != event.KindEnd {
		return nil, "", false, fmt.Errorf("%w: the run has not ended", errRequest)
	}
	err = check.Grade(ctx, lesson.Exercise().Lab, events, trial)
	if errors.Is(err, check.ErrNoFunction) {
		return nil, "", false, err
	}
	return lesson, trial, err == nil, nil
}

// put says whether l is the exercise's lab as the trial has set it: the wire
// and every program but the learner's are the trial's. Who plays a host by
// hand may have the wire as they like.
func put(l *lab.Lab, e *lessons.Exercise, t lessons.Trial) bool {
	set := t.Set.Apply(e.Lab)
	if !e.ByHand() && !set.Wire.Equal(l.Wire) {
		return false
	}
	for i, p := range set.Programs {
		if p.Name != e.Program && string(p.Source) != string(l.Programs[i].Source) {
			return false
		}
	}
	return true
}

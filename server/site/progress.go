package site

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"fivetuple/lessons"
	"fivetuple/server/progress"
	"fivetuple/web"
)

// lessonReviews is how many questions are asked again at the end of a lesson.
const lessonReviews = 2

// record is what is kept of the learner whose browser r came from; nil when
// that is nothing.
func (s *Site) record(r *http.Request) (*progress.Record, error) {
	if s.Progress == nil {
		return nil, progress.ErrNotKept
	}
	word, known := known(r)
	if !known {
		return nil, nil
	}
	return s.Progress.Load(r.Context(), word)
}

// recordOr is the same where the course goes on without it; why is why it
// has to.
func (s *Site) recordOr(r *http.Request) (record *progress.Record, why error) {
	record, why = s.record(r)
	if why != nil && why != progress.ErrNotKept { // that was said at the start
		s.Log.Error("progress", "error", why)
	}
	return record, why
}

// deed is what a page tells that its learner did.
type deed struct {
	Lesson   string `json:"lesson"` // unit/name
	Did      string `json:"did"`    // visit, run or answer
	Question string `json:"question"`
	Choice   string `json:"choice"`
	Sandbox  string `json:"sandbox"` // whose run answers a prediction; recorded and the lab's name where a recorded one does
	Review   bool   `json:"review"`
}

// keep notes what a learner did. To an answer from memory it says what was
// right.
func (s *Site) keep(w http.ResponseWriter, r *http.Request) {
	truth, err := s.keepDeed(w, r)
	switch {
	case err != nil:
		s.fail(w, r, lang(r), err)
	case truth != "":
		answer(w, http.StatusOK, map[string]string{"answer": truth})
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

// maxDeed is the size in bytes of the largest deed.
const maxDeed = 4 << 10

func (s *Site) keepDeed(w http.ResponseWriter, r *http.Request) (truth string, err error) {
	if s.Progress == nil {
		return "", progress.ErrNotKept
	}
	if !s.keeps.allow(r) {
		return "", errTooMany
	}
	var d deed
	if err := decode(http.MaxBytesReader(w, r.Body, maxDeed), &d); err != nil {
		return "", fmt.Errorf("%w: %w", errRequest, err)
	}
	unit, name, _ := strings.Cut(d.Lesson, "/")
	l, ok := s.Course.Lesson(s.Course.Langs[0], unit, name)
	if !ok {
		return "", fmt.Errorf("%w: lesson %q", progress.ErrUnknown, d.Lesson)
	}
	change, err := s.change(r, d, l, time.Now().UTC().Truncate(time.Second))
	if err != nil {
		return "", err
	}
	err = s.Progress.Change(r.Context(), learner(w, r), func(r *progress.Record) (err error) {
		truth, err = change(r)
		return err
	})
	return truth, err
}

// change changes a record. To an answer from memory it returns what was right.
type change func(*progress.Record) (truth string, err error)

// change is what a deed changes in a record.
func (s *Site) change(r *http.Request, d deed, l *lessons.Lesson, now time.Time) (change, error) {
	switch d.Did {
	case "visit":
		return func(r *progress.Record) (string, error) { r.Visit(l, now); return "", nil }, nil
	case "run":
		return func(r *progress.Record) (string, error) { r.Run(l, now); return "", nil }, nil
	case "answer":
		return s.answering(r, d, l, now)
	}
	return nil, fmt.Errorf("%w: did %q is none of visit, run, answer", errRequest, d.Did)
}

// answering is an answer. What is right of a prediction, the run says and not
// the page; in a review it is what that run once said.
func (s *Site) answering(r *http.Request, d deed, l *lessons.Lesson, now time.Time) (change, error) {
	q, err := progress.Find(l, d.Question)
	if err != nil {
		return nil, err
	}
	truth, certain := q.Truth()
	if !certain && !d.Review {
		if truth, err = s.truthIn(r, d.Sandbox, d.Question); err != nil {
			return nil, err
		}
		if truth == "" {
			return nil, fmt.Errorf("%w: the run has not answered it yet", errRequest)
		}
	}
	return func(r *progress.Record) (string, error) {
		if truth == "" {
			return r.Recall(q, d.Choice, now)
		}
		return "", r.Answer(q, d.Choice, truth, d.Review, now)
	}, nil
}

// truthIn is what is right of a prediction in the run of a sandbox, or in the
// recorded run that stands in its place.
func (s *Site) truthIn(r *http.Request, sandbox, question string) (string, error) {
	name, recorded := strings.CutPrefix(sandbox, "recorded ")
	if !recorded {
		return s.truth(r, sandbox, question)
	}
	found := s.Course.Recording(name, "")
	if found == nil {
		return "", errNoRecording
	}
	return s.recordedTruth(r, found, question)
}

// exportProgress gives a learner all that is kept of them.
func (s *Site) exportProgress(w http.ResponseWriter, r *http.Request) {
	record, err := s.record(r)
	if err != nil {
		s.fail(w, r, lang(r), fmt.Errorf("%w: %w", errNotRead, err))
		return
	}
	if record == nil {
		record = &progress.Record{Version: progress.Version}
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Disposition", `attachment; filename="fivetuple-progress.json"`)
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	_ = e.Encode(record) // a browser that is gone needs no answer
}

// forget erases all that is kept of a learner, the links to their runs too,
// and the cookie that named them.
func (s *Site) forget(w http.ResponseWriter, r *http.Request) {
	word, known := known(r)
	if known && s.Runs != nil {
		if err := s.Runs.RemoveAll(r.Context(), word); err != nil {
			s.fail(w, r, lang(r), fmt.Errorf("%w: %v", progress.ErrNotErased, err))
			return
		}
	}
	if known && s.Progress != nil {
		if err := s.Progress.Erase(r.Context(), word); err != nil {
			s.fail(w, r, lang(r), err)
			return
		}
	}
	http.SetCookie(w, &http.Cookie{Name: learnerCookie, Path: "/", MaxAge: -1, SameSite: http.SameSiteLaxMode, HttpOnly: true})
	w.WriteHeader(http.StatusNoContent)
}

// marks puts how far the learner is into the map of the course, and returns
// what is kept of them.
func (s *Site) marks(v *web.CourseView, from *http.Request) *progress.Record {
	r, err := s.recordOr(from)
	v.Unreadable = errors.Is(err, progress.ErrUnreadable)
	v.Kept = err == nil || v.Unreadable
	if r == nil {
		return nil
	}
	for i := range v.Units {
		unit := &v.Units[i]
		for j := range unit.Lessons {
			link := &unit.Lessons[j]
			l, ok := s.Course.Lesson(string(v.T), unit.Name, link.Name)
			if !ok {
				continue
			}
			switch r.State(l) {
			case progress.Begun:
				link.Mark = web.Begun
			case progress.Done:
				link.Mark = web.Done
				v.Done++
			}
			if r.Last == progress.Name(l) {
				v.Continue = link
			}
		}
	}
	v.Due = len(r.Due(s.Course, string(v.T), nil, time.Now()))
	return r
}

// review are the first questions that should be asked again.
func (s *Site) review(r *progress.Record, lang string, l *lessons.Lesson, most int) (all []web.Review) {
	for _, d := range r.Due(s.Course, lang, l, time.Now()) {
		if len(all) == most {
			break
		}
		all = append(all, s.asked(lang, d.Question, d.Answer.Truth, d.Belief()))
	}
	return all
}

// asked is a question that was answered wrong once.
func (s *Site) asked(lang string, q progress.Question, truth string, b *progress.Belief) web.Review {
	asked := web.Review{
		Lesson: web.NewLessonLink(s.Course, lang, q.Lesson), Path: progress.Name(q.Lesson),
		ID: q.ID, Question: q.Text, Form: q.Form, Choices: q.Choices, Why: q.Why, Mistakes: q.Mistakes, Truth: truth,
	}
	if b != nil {
		asked.Believed = b.Choice
	}
	return asked
}

// pageBeliefs is how many misconceptions the page of a learner's progress
// shows.
const pageBeliefs = 50

// beliefs puts the misconceptions of a learner into the page of their progress.
func (s *Site) beliefs(v *web.ProgressView, r *progress.Record, lang string) {
	for _, m := range r.Misconceptions(s.Course, lang, time.Now()) {
		if m.Overcome {
			v.Overcome++
		}
		if len(v.Believed) == pageBeliefs {
			v.More++
			continue
		}
		v.Believed = append(v.Believed, web.Misconception{
			Review: s.asked(lang, m.Question, m.Belief.Truth, &m.Belief), Predict: m.Predict, Overcome: m.Overcome, Due: m.Due,
		})
	}
}

// pageReviews is how many questions the page of a learner's progress asks
// again at once.
const pageReviews = 20

func (s *Site) progress(w http.ResponseWriter, r *http.Request) {
	lang := chi.URLParam(r, "lang")
	v := web.NewProgressView(s.Course, lang)
	record := s.marks(&v.CourseView, r)
	v.Review = s.review(record, lang, nil, pageReviews)
	s.beliefs(&v, record, lang)
	v.Known = record != nil
	s.page(w, r, http.StatusOK, lang, web.ProgressPage(v))
}

package progress_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"fivetuple/lessons"
	"fivetuple/server/progress"
	"fivetuple/server/store"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

func course(t *testing.T) (c *lessons.Course, first, second *lessons.Lesson) {
	t.Helper()
	c, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	u := c.Units[0]
	first, _ = c.Lesson("en", u.Name, u.Lessons[0])
	second, _ = c.Lesson("en", u.Name, u.Lessons[1])
	return c, first, second
}

// pick is a choice of q that is right, or one that is wrong; for a prediction
// the first choice is taken as right.
func pick(q progress.Question, right bool) (choice, truth string) {
	truth, ok := q.Truth()
	if !ok {
		truth = q.Choices[0].Key
	}
	for _, c := range q.Choices {
		if (c.Key == truth) == right {
			return c.Key, truth
		}
	}
	return "", truth
}

func answer(t *testing.T, r *progress.Record, q progress.Question, right, review bool, now time.Time) {
	t.Helper()
	choice, truth := pick(q, right)
	if err := r.Answer(q, choice, truth, review, now); err != nil {
		t.Fatal(err)
	}
}

func TestState(t *testing.T) {
	_, first, second := course(t)
	var r progress.Record
	if got := r.State(first); got != progress.Untouched {
		t.Errorf("state %v of a lesson never seen", got)
	}
	r.Visit(first, noon)
	if got := r.State(first); got != progress.Begun || r.Last != progress.Name(first) {
		t.Errorf("state %v, last %s after a visit", got, r.Last)
	}
	for _, q := range progress.Questions(first) {
		answer(t, &r, q, false, false, noon)
	}
	if got := r.State(first); got != progress.Begun {
		t.Errorf("state %v with every answer wrong", got)
	}
	for _, q := range progress.Questions(first) {
		if !q.Predict {
			answer(t, &r, q, true, false, noon)
		}
	}
	if got := r.State(first); got != progress.Done {
		t.Errorf("state %v with every quiz right and every prediction made", got)
	}
	if got := r.State(second); got != progress.Untouched {
		t.Errorf("state %v of the other lesson", got)
	}
}

// TestReview: what was answered wrong is asked again elsewhere, and rests the
// longer the better it is known.
func TestReview(t *testing.T) {
	c, first, second := course(t)
	var r progress.Record
	q := progress.Questions(first)[0]
	answer(t, &r, q, true, false, noon)
	due := func(l *lessons.Lesson, at time.Time) int { return len(r.Due(c, "ko", l, at)) }
	if n := due(second, noon); n != 0 {
		t.Errorf("%d due of what was right at once", n)
	}
	answer(t, &r, q, false, false, noon)
	if here, there := due(first, noon), due(second, noon); here != 0 || there != 1 {
		t.Errorf("%d due in the lesson itself, %d in another", here, there)
	}
	answer(t, &r, q, true, true, noon)
	now := noon
	for _, rest := range []time.Duration{24 * time.Hour, 7 * 24 * time.Hour} {
		if n := due(nil, now.Add(rest-time.Minute)); n != 0 {
			t.Errorf("%d due before %v", n, rest)
		}
		now = now.Add(rest)
		if n := due(nil, now); n != 1 {
			t.Errorf("%d due after %v", n, rest)
		}
		answer(t, &r, q, true, true, now)
	}
	if n := due(nil, now.Add(1000*time.Hour)); n != 0 {
		t.Errorf("%d due of what is learned", n)
	}
	answer(t, &r, q, false, true, now)
	if n := due(nil, now); n != 1 {
		t.Errorf("%d due of what was forgotten", n)
	}
}

// TestForms: an answer is right as its form says, and the truth of a run is
// asked again only as long as the question is of that form.
func TestForms(t *testing.T) {
	c, _, _ := course(t)
	l, _ := c.Lesson("ko", "reliability", "retransmission")
	q, err := progress.Find(l, "pauses")
	if err != nil {
		t.Fatal(err)
	}
	var r progress.Record
	due := func(at time.Time) int { return len(r.Due(c, "en", nil, at)) }
	if err := r.Answer(q, " 1.50 ", "1.66", false, noon); err != nil || due(noon) != 0 {
		t.Errorf("within the tolerance: %v, %d due", err, due(noon))
	}
	if err := r.Answer(q, "0.2", "1.66", false, noon); err != nil || due(noon) != 1 {
		t.Errorf("wrong: %v, %d due", err, due(noon))
	}
	if truth, err := r.Recall(q, "soon", noon); !errors.Is(err, progress.ErrUnknown) || due(noon) != 1 {
		t.Errorf("no number: %q, %v, %d due", truth, err, due(noon))
	}
	if truth, err := r.Recall(q, "1.7", noon); truth != "1.66" || err != nil || due(noon) != 0 || due(noon.Add(25*time.Hour)) != 1 {
		t.Errorf("from memory: %q, %v, %d due", truth, err, due(noon))
	}
	r.Lessons["reliability/retransmission"].Answers["pauses"].Truth = "grow" // as it was when it had choices
	if n := due(noon.Add(25 * time.Hour)); n != 0 {
		t.Errorf("%d due of what is asked in another form now", n)
	}
}

func TestUnknown(t *testing.T) {
	_, first, _ := course(t)
	var r progress.Record
	if _, err := progress.Find(first, "none"); !errors.Is(err, progress.ErrUnknown) {
		t.Errorf("question: %v", err)
	}
	q := progress.Questions(first)[0]
	if err := r.Answer(q, "none", q.Choices[0].Key, false, noon); !errors.Is(err, progress.ErrUnknown) || r.State(first) != progress.Untouched {
		t.Errorf("choice: %v, %v", err, r.State(first))
	}
}

func book(t *testing.T) *progress.Book {
	t.Helper()
	s, err := store.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	b, err := progress.OpenBook(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestBook: changes that come at once are all kept.
func TestBook(t *testing.T) {
	b := book(t)
	if r, err := b.Load(t.Context(), "A"); r != nil || err != nil {
		t.Errorf("%v, %v before anything was kept", r, err)
	}
	_, first, second := course(t)
	const trials = 40 // by one learner in several tabs
	var all sync.WaitGroup
	for i := range trials {
		all.Go(func() {
			err := b.Change(t.Context(), "A", func(r *progress.Record) error {
				r.Visit([]*lessons.Lesson{first, second}[i%2], noon)
				r.Pass(first, fmt.Sprint(i), noon)
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	r, err := b.Load(t.Context(), "A")
	if err != nil || r.State(first) != progress.Begun || r.State(second) != progress.Begun || len(r.Lessons[progress.Name(first)].Passed) != trials {
		t.Errorf("%+v, %v", r, err)
	}
	refused := fmt.Errorf("no")
	if err := b.Change(t.Context(), "A", func(*progress.Record) error { return refused }); !errors.Is(err, refused) {
		t.Error(err)
	}
	if err := b.Erase(t.Context(), "A"); err != nil {
		t.Error(err)
	}
	if r, err := b.Load(t.Context(), "A"); r != nil || err != nil {
		t.Errorf("%v, %v after it was erased", r, err)
	}
}

package progress_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fivetuple/lessons"
	"fivetuple/server/progress"
)

// believed is what is remembered of one question.
type believed struct {
	Choice, Truth string
	At            time.Time
	Overcome, Due bool
}

func beliefs(r *progress.Record, c *lessons.Course, now time.Time) (all []believed) {
	for _, m := range r.Misconceptions(c, "en", now) {
		all = append(all, believed{m.Choice, m.Belief.Truth, m.At, m.Overcome, m.Due})
	}
	return all
}

// TestMisconceptions: the last wrong answer to a question stays, with what
// was so then, when the question is answered right.
func TestMisconceptions(t *testing.T) {
	c, _, _ := course(t)
	l, _ := c.Lesson("ko", "reliability", "retransmission")
	q, err := progress.Find(l, "pauses")
	if err != nil {
		t.Fatal(err)
	}
	var r progress.Record
	tests := []struct {
		name, choice, truth string
		at                  time.Time
		want                []believed
	}{
		{"right at once", "1.7", "1.66", noon, nil},
		{"wrong", "0.2", "1.66", noon.Add(time.Hour), []believed{{"0.2", "1.66", noon.Add(time.Hour), false, true}}},
		{"wrong otherwise, in a run that took longer", "0.40", "1.7", noon.Add(2 * time.Hour), []believed{{"0.4", "1.7", noon.Add(2 * time.Hour), false, true}}},
		{"right at last", "1.6", "1.65", noon.Add(3 * time.Hour), []believed{{"0.4", "1.7", noon.Add(2 * time.Hour), true, true}}},
	}
	for _, tt := range tests {
		if err := r.Answer(q, tt.choice, tt.truth, false, tt.at); err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		if diff := cmp.Diff(tt.want, beliefs(&r, c, tt.at)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	if _, err := r.Recall(q, "1.6", noon.Add(4*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if got := beliefs(&r, c, noon.Add(5*time.Hour)); len(got) != 1 || !got[0].Overcome || got[0].Due {
		t.Errorf("answered from memory: %+v", got)
	}
	r.Lessons["reliability/retransmission"].Answers["pauses"].Believed.Choice = "grow" // as it was when it had choices
	if got := beliefs(&r, c, noon); got != nil {
		t.Errorf("%+v of what is asked in another form now", got)
	}
}

// TestMisconceptionsInOrder: what is still believed comes first, then what
// was believed last.
func TestMisconceptionsInOrder(t *testing.T) {
	c, first, second := course(t)
	var r progress.Record
	all := append(progress.Questions(first), progress.Questions(second)...)[:4]
	for i, q := range all {
		answer(t, &r, q, false, false, noon.Add(time.Duration(i)*time.Minute))
	}
	answer(t, &r, all[3], true, false, noon.Add(time.Hour))
	var got []string
	for _, m := range r.Misconceptions(c, "ko", noon) {
		got = append(got, m.ID)
	}
	if diff := cmp.Diff([]string{all[2].ID, all[1].ID, all[0].ID, all[3].ID}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestOldRecord: in a record from the time when wrong answers were only
// counted, the last answer is the wrong one, or it is gone.
func TestOldRecord(t *testing.T) {
	c, first, _ := course(t)
	q := progress.Questions(first)[0]
	wrong, truth := pick(q, false)
	old := func(choice string) *progress.Record {
		var r progress.Record
		kept := map[string]any{"version": 1, "lessons": map[string]any{progress.Name(first): map[string]any{
			"visited": noon, "answers": map[string]any{q.ID: map[string]any{"choice": choice, "truth": truth, "at": noon, "wrong": 2}},
		}}}
		b, err := json.Marshal(kept)
		if err == nil {
			err = json.Unmarshal(b, &r)
		}
		if err != nil {
			t.Fatal(err)
		}
		return &r
	}
	want := believed{wrong, truth, noon, false, true}
	r := old(wrong)
	if diff := cmp.Diff([]believed{want}, beliefs(r, c, noon)); diff != "" {
		t.Errorf("answered wrong at last (-want +got):\n%s", diff)
	}
	answer(t, r, q, true, false, noon.Add(time.Hour))
	want.Overcome = true
	if diff := cmp.Diff([]believed{want}, beliefs(r, c, noon.Add(time.Hour))); diff != "" {
		t.Errorf("then right (-want +got):\n%s", diff)
	}
	if got := beliefs(old(truth), c, noon); got != nil {
		t.Errorf("answered right at last: %+v", got)
	}
}

// TestRecordOfTheWholeCourse: a learner who answers every question of the
// course wrong, and then right, has a record that can be kept.
func TestRecordOfTheWholeCourse(t *testing.T) {
	c, _, _ := course(t)
	b := book(t)
	err := b.Change(t.Context(), "A", func(r *progress.Record) error {
		for _, u := range c.Units {
			for _, name := range u.Lessons {
				l, _ := c.Lesson("en", u.Name, name)
				r.Visit(l, noon)
				r.Run(l, noon)
				for _, q := range progress.Questions(l) {
					if len(q.Choices) > 0 {
						answer(t, r, q, false, false, noon)
						answer(t, r, q, true, true, noon)
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Load(t.Context(), "A")
	if err != nil || len(r.Misconceptions(c, "ko", noon)) < 100 {
		t.Errorf("%d misconceptions, %v", len(r.Misconceptions(c, "ko", noon)), err)
	}
	kept, _ := json.Marshal(r)
	t.Logf("%d bytes", len(kept))
	if len(kept) > 128<<10 {
		t.Errorf("%d bytes: half of what a record may have", len(kept))
	}
}

package runs_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/recording"
	"fivetuple/server/runs"
	"fivetuple/server/store"
)

// source is a run that has told some events.
type source struct {
	id     string
	events [][]byte
}

func (s *source) ID() string                  { return s.id }
func (s *source) Began() time.Time            { return time.Date(2026, 11, 21, 9, 0, 0, 5, time.UTC) }
func (s *source) Recording() ([][]byte, bool) { return s.events, false }
func (s *source) Lab() *lab.Lab               { return aLab }
func (s *source) tell(text string)            { s.events = append(s.events, event(len(s.events)+1, text)) }
func event(seq int, text string) []byte {
	return fmt.Appendf(nil, `{"seq":%d,"t":%d,"kind":"print","text":%q}`, seq, seq*1000, text)
}

var aLab = &lab.Lab{
	Name: "u/l", Title: map[string]string{"en": "Lab", "ko": "실습"}, Topology: lab.Wire, Start: lab.Run,
	Programs: []lab.Program{
		{Name: "server", Host: "server", File: "server.py", Source: []byte("pass\n")},
		{Name: "client", Host: "client", File: "client.py", Source: []byte("print('edited')\n"), After: &lab.After{Program: "server", Call: "listen"}, Input: []string{"x"}},
	},
}

func run(id string, events int) *source {
	s := &source{id: id}
	for range events {
		s.tell("hello")
	}
	return s
}

func shelf(t *testing.T, change func(*runs.Limits)) (*runs.Shelf, *store.Objects) {
	t.Helper()
	return shelfIn(t, newStore(t), change)
}

func newStore(t *testing.T) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func shelfIn(t *testing.T, s *store.Store, change func(*runs.Limits)) (*runs.Shelf, *store.Objects) {
	t.Helper()
	limits := runs.DefaultLimits()
	if change != nil {
		change(&limits)
	}
	shelf, err := runs.Open(t.Context(), s, limits, runs.Made{Software: "fivetuple 1", Kernel: "Linux 6"})
	if err != nil {
		t.Fatal(err)
	}
	objects, err := s.Objects(t.Context(), "runs", store.Bounds{All: limits.All, Rest: limits.Rest})
	if err != nil {
		t.Fatal(err)
	}
	return shelf, objects
}

func yes(int) error { return nil }

func keep(t *testing.T, s *runs.Shelf, owner string, from *source) runs.Link {
	t.Helper()
	link, err := s.Keep(t.Context(), owner, from, yes)
	if err != nil {
		t.Fatal(err)
	}
	return link
}

// TestKept: what is kept is what happened and what was run, under one link
// for one learner, which grows with the run.
func TestKept(t *testing.T) {
	s, _ := shelf(t, nil)
	going := run("A", 3)
	first := keep(t, s, "me", going)
	if again := keep(t, s, "me", going); again.ID != first.ID || first.Ended || first.Events != 3 {
		t.Errorf("kept as %+v and then as %+v", first, again)
	}
	if other := keep(t, s, "you", going); other.ID == first.ID {
		t.Error("two learners have one link")
	}
	going.events = append(going.events, []byte(`{"seq":4,"t":4000,"kind":"end","cause":"finished"}`))
	if link := keep(t, s, "me", going); link.ID != first.ID || !link.Ended || link.Events != 4 {
		t.Errorf("grown to %+v", link)
	}
	got, err := s.Load(t.Context(), first.ID)
	if err != nil {
		t.Fatal(err)
	}
	events, ended := got.Recording()
	if diff := cmp.Diff(going.events, events); diff != "" || !ended || got.Duration != 4*time.Microsecond || got.Made.Kernel != "Linux 6" || got.Began.IsZero() {
		t.Errorf("%+v (-want +got):\n%s", got.Head, diff)
	}
	want := *aLab
	want.Programs = append([]lab.Program(nil), want.Programs...)
	want.Programs[1].After = &lab.After{Program: "server"}
	if diff := cmp.Diff(&want, got.Lab(), cmp.AllowUnexported(lab.Program{})); diff != "" {
		t.Errorf("the lab (-want +got):\n%s", diff)
	}
	if list, err := s.List(t.Context(), "me"); err != nil || len(list) != 1 || list[0].ID != first.ID {
		t.Errorf("%v in the list, %v", list, err)
	}
}

// holds asserts that so many events are in the list of "me", and under the link.
func holds(t *testing.T, s *runs.Shelf, id string, events int) {
	t.Helper()
	list, err := s.List(t.Context(), "me")
	if err != nil || len(list) != 1 || list[0].ID != id || list[0].Events != events {
		t.Errorf("%+v in the list, want %d events: %v", list, events, err)
	}
	if kept, err := s.Load(t.Context(), id); err != nil || kept.Events != events {
		t.Errorf("%+v is kept, want %d events: %v", kept, events, err)
	}
}

// TestNoRoomToGrow: what more there is of a run finds no room; no list says
// that it is kept, and with room it is.
func TestNoRoomToGrow(t *testing.T) {
	kept := newStore(t)
	s, _ := shelfIn(t, kept, func(l *runs.Limits) { l.All = 32 << 10 })
	going := run("A", 3)
	id := keep(t, s, "me", going).ID
	noise := make([]byte, 64<<10)
	_, _ = rand.Read(noise) // it never fails
	going.tell(base64.StdEncoding.EncodeToString(noise))
	if link, err := s.Keep(t.Context(), "me", going, yes); !errors.Is(err, runs.ErrAllFull) {
		t.Errorf("%+v, %v", link, err)
	}
	holds(t, s, id, 3)
	s, _ = shelfIn(t, kept, nil)
	keep(t, s, "me", going)
	holds(t, s, id, 4)
}

// TestEndedWhileItGrew: a server that ends when it has entered a link into the
// list leaves the run as it was; who asks again has it whole.
func TestEndedWhileItGrew(t *testing.T) {
	s, objects := shelf(t, nil)
	going := run("A", 3)
	id := keep(t, s, "me", going).ID
	before, err := objects.Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	going.tell("more")
	keep(t, s, "me", going)
	if err := objects.Put(t.Context(), id, before); err != nil {
		t.Fatal(err)
	}
	keep(t, s, "me", going)
	holds(t, s, id, 4)
}

// TestRemoved: only who made a link can take it away.
func TestRemoved(t *testing.T) {
	s, _ := shelf(t, nil)
	first, second := keep(t, s, "me", run("A", 1)), keep(t, s, "me", run("B", 1))
	if err := s.Remove(t.Context(), "you", first.ID); !errors.Is(err, runs.ErrUnknown) {
		t.Errorf("removed by another: %v", err)
	}
	if err := s.Remove(t.Context(), "me", first.ID); err != nil {
		t.Error(err)
	}
	if err := s.RemoveAll(t.Context(), "me"); err != nil {
		t.Error(err)
	}
	for _, link := range []runs.Link{first, second} {
		if _, err := s.Load(t.Context(), link.ID); !errors.Is(err, runs.ErrUnknown) {
			t.Errorf("after it was removed: %v", err)
		}
	}
	if list, err := s.List(t.Context(), "me"); err != nil || len(list) != 0 {
		t.Errorf("%v in the list, %v", list, err)
	}
}

func TestLimits(t *testing.T) {
	large := run("L", 0)
	large.tell(strings.Repeat("x", 2000))
	tests := []struct {
		name   string
		limits func(*runs.Limits)
		run    *source
		want   error
	}{
		{"nothing has happened", nil, run("A", 0), runs.ErrEmpty},
		{"too large", func(l *runs.Limits) { l.Run = 1000 }, large, runs.ErrTooLarge},
		{"too many", func(l *runs.Limits) { l.Own = 1 }, run("A", 1), runs.ErrOwnFull},
		{"too many bytes", func(l *runs.Limits) { l.OwnBytes = 1000 }, run("A", 1), runs.ErrOwnFull},
		{"no room for all", func(l *runs.Limits) { l.All = 3500 }, run("A", 1), runs.ErrAllFull},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, _ := shelf(t, tt.limits)
			for i := range 10 {
				owner := "me"
				if tt.want == runs.ErrAllFull {
					owner = fmt.Sprint(i)
				}
				other := run(fmt.Sprint(i), 1)
				if _, err := s.Keep(t.Context(), owner, other, yes); err != nil {
					break
				}
			}
			link, err := s.Keep(t.Context(), "me", tt.run, yes)
			if !errors.Is(err, tt.want) {
				t.Errorf("%+v, %v; want %v", link, err, tt.want)
			}
			if list, _ := s.List(t.Context(), "me"); slices.ContainsFunc(list, func(l runs.Link) bool { return l.ID == link.ID }) {
				t.Errorf("what was refused is in the list: %+v", list)
			}
		})
	}
}

// TestBad: what is no id, and what is there but cannot be read.
func TestBad(t *testing.T) {
	s, objects := shelf(t, nil)
	good := keep(t, s, "me", run("A", 2))
	packed, err := objects.Get(t.Context(), good.ID)
	if err != nil {
		t.Fatal(err)
	}
	plain := `{"version":1,"lab":"u/l","events":2}` + "\n"
	two := string(event(1, "")) + "," + string(event(2, ""))
	tests := []struct {
		name  string
		value []byte
		want  error
	}{
		{"not packed", []byte("hello"), recording.ErrBroken},
		{"cut short", packed[:len(packed)/2], recording.ErrBroken},
		{"no head", pack("\n"), recording.ErrBroken},
		{"a head alone", pack(plain), recording.ErrBroken},
		{"a newer head", pack(`{"version":2,"lab":["of","a","new","form"]}` + "\n"), recording.ErrNewer},
		{"a newer recording", pack(plain + `{"version":9,"events":{}}`), recording.ErrNewer},
		{"an event missing", pack(plain + `{"version":1,"events":[` + string(event(2, "")) + `]}`), recording.ErrBroken},
		{"fewer events", pack(plain + `{"version":1,"events":[` + string(event(1, "")) + `]}`), recording.ErrBroken},
		{"no kind", pack(plain + `{"version":1,"events":[{"seq":1},{"seq":2}]}`), recording.ErrBroken},
		{"whole", pack(plain + `{"version":1,"events":[` + two + `]}`), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := objects.Put(t.Context(), good.ID, tt.value); err != nil {
				t.Fatal(err)
			}
			if _, err := s.Load(t.Context(), good.ID); !errors.Is(err, tt.want) {
				t.Errorf("%v, want %v", err, tt.want)
			}
		})
	}
	for _, id := range []string{"", "x", "../../etc/passwd", strings.ToLower(good.ID), good.ID + "A", strings.Repeat("A", 26), "*", ">", strings.Repeat("A", 1<<20)} {
		if _, err := s.Load(t.Context(), id); !errors.Is(err, runs.ErrUnknown) {
			t.Errorf("%.40q: %v", id, err)
		}
	}
}

func pack(s string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(s)) // into memory
	_ = z.Close()
	return b.Bytes()
}

// TestAtOnce: links that are made at once are all kept.
func TestAtOnce(t *testing.T) {
	s, _ := shelf(t, nil)
	var all sync.WaitGroup
	for i := range 3 {
		all.Go(func() {
			if _, err := s.Keep(context.Background(), "me", run(fmt.Sprint(i), 1), yes); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if list, err := s.List(t.Context(), "me"); err != nil || len(list) != 3 {
		t.Errorf("%v, %v", list, err)
	}
}

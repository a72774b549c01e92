package live_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/server/live"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestWatchersSeeEveryEventOnceInOrder(t *testing.T) {
	const events = 500
	s := newScript()
	sandboxes := live.New(starter(s), live.DefaultLimits())
	defer sandboxes.Close()
	b := begin(t, sandboxes)
	var watching sync.WaitGroup
	for i := range 20 {
		after := i * 30 // some further on than the recording is yet
		watching.Go(func() {
			w := b.Watch(uint64(after))
			defer w.Close()
			if diff := cmp.Diff(numbers(after+1, events), seen(w, 1+i)); diff != "" {
				t.Errorf("after %d (-want +got):\n%s", after, diff)
			}
		})
	}
	for n := range events {
		s.events <- fmt.Append(nil, n+1)
	}
	s.Stop(event.EndStopped)
	watching.Wait()
}

func TestNext(t *testing.T) {
	s := newScript()
	sandboxes := live.New(starter(s), live.DefaultLimits())
	b := begin(t, sandboxes)
	for _, e := range []string{"aaaa", "bb", "cc", "dd", "eeeeeeee"} {
		s.events <- []byte(e)
	}
	sandboxes.Close()
	tests := []struct {
		name  string
		after uint64
		limit int
		want  []string
		ended bool
	}{
		{"all within the limit", 0, 100, []string{"aaaa", "bb", "cc", "dd", "eeeeeeee"}, false},
		{"exactly the limit", 0, 8, []string{"aaaa", "bb", "cc"}, false},
		{"one more would be over", 0, 7, []string{"aaaa", "bb"}, false},
		{"one that is larger than the limit", 4, 3, []string{"eeeeeeee"}, false},
		{"resumed", 2, 4, []string{"cc", "dd"}, false},
		{"at the end", 5, 100, nil, true},
		{"beyond the end", 1 << 40, 100, nil, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := b.Watch(test.after)
			defer w.Close()
			news := w.Next(test.limit)
			var got []string
			for _, e := range news.Events {
				got = append(got, string(e))
			}
			if diff := cmp.Diff(test.want, got); diff != "" || news.Ended != test.ended {
				t.Errorf("ended %t, want %t (-want +got):\n%s", news.Ended, test.ended, diff)
			}
		})
	}
}

func TestRecording(t *testing.T) {
	s := newScript()
	sandboxes := live.New(starter(s), live.DefaultLimits())
	b := begin(t, sandboxes)
	s.events <- []byte("1")
	s.events <- []byte("2") // taken only after the first is recorded
	first, _ := b.Recording()
	sandboxes.Close()
	whole, ended := b.Recording()
	if len(first) < 1 || len(whole) != 2 || !ended {
		t.Errorf("recorded %q, then %q, ended %t", first, whole, ended)
	}
}

func TestCommand(t *testing.T) {
	s := newScript()
	sandboxes := live.New(starter(s), live.DefaultLimits())
	defer sandboxes.Close()
	want := event.Command{Verb: event.VerbDrop, Packet: 7}
	begin(t, sandboxes).Command(want)
	if diff := cmp.Diff([]event.Command{want}, s.given); diff != "" {
		t.Error(diff)
	}
}

func TestStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		refused := errors.New("no namespaces")
		refuse := true
		limits := live.DefaultLimits()
		limits.Running = 1
		first, second := newScript(), newScript()
		next := starter(first, second)
		sandboxes := live.New(func(ctx context.Context, l *lab.Lab) (live.Run, error) {
			if refuse {
				return nil, refused
			}
			return next(ctx, l)
		}, limits)
		fails := func(when string, want error) {
			t.Helper()
			if _, err := sandboxes.Start(&lab.Lab{}, live.Ask{}); !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", when, err, want)
			}
		}
		fails("refused", refused)
		refuse = false
		begin(t, sandboxes) // a refusal takes no place
		var full *live.FullError
		if _, err := sandboxes.Start(&lab.Lab{}, live.Ask{}); !errors.As(err, &full) {
			t.Errorf("a second at once: %v", err)
		}
		first.Stop(event.EndStopped)
		synctest.Wait() // an ended one takes none either
		if _, err := sandboxes.Start(&lab.Lab{}, live.Ask{Ticket: full.Ticket}); err != nil {
			t.Errorf("first in the line: %v", err)
		}
		sandboxes.Close()
		fails("after Close", live.ErrClosed)
		if got := second.stopped(); got != event.EndShutdown {
			t.Errorf("Close stopped it with %q, want %q", got, event.EndShutdown)
		}
	})
}

func TestIDs(t *testing.T) {
	first, second := newScript(), newScript()
	sandboxes := live.New(starter(first, second), live.DefaultLimits())
	defer sandboxes.Close()
	a, b := begin(t, sandboxes), begin(t, sandboxes)
	if a.ID() == b.ID() || len(a.ID()) < 20 {
		t.Errorf("ids %q and %q can be guessed", a.ID(), b.ID())
	}
	if got, ok := sandboxes.Find(b.ID()); !ok || got != b {
		t.Error("not found by its id")
	}
	if _, ok := sandboxes.Find("nobody"); ok {
		t.Error("found what is not there")
	}
}

// TestLeave is about the clock, which stands until all goroutines wait.
func TestLeave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScript()
		sandboxes := live.New(starter(s), live.DefaultLimits())
		defer sandboxes.Close()
		b := begin(t, sandboxes)
		pass := func(d time.Duration, when string, want event.End) {
			t.Helper()
			time.Sleep(d)
			synctest.Wait()
			if got := s.stopped(); got != want {
				t.Fatalf("%s: stopped with %q, want %q", when, got, want)
			}
		}
		pass(59*time.Second, "not yet watched", "")
		first, second := b.Watch(0), b.Watch(0)
		pass(time.Hour, "watched by two", "")
		first.Close()
		first.Close() // a second time does nothing
		pass(time.Hour, "watched by one", "")
		second.Close()
		pass(59*time.Second, "left for 59 s", "")
		third := b.Watch(0)
		pass(time.Hour, "watched again", "")
		third.Close()
		pass(61*time.Second, "left for 61 s", event.EndLeft)
	})
}

func TestNeverWatched(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScript()
		sandboxes := live.New(starter(s), live.DefaultLimits())
		defer sandboxes.Close()
		begin(t, sandboxes)
		time.Sleep(61 * time.Second)
		synctest.Wait()
		if got := s.stopped(); got != event.EndLeft {
			t.Errorf("stopped with %q, want %q", got, event.EndLeft)
		}
	})
}

func TestKept(t *testing.T) {
	tests := []struct {
		name  string
		limit func(*live.Limits)
		wait  time.Duration
		want  []bool // which of four can still be found; each has 10 bytes and ends a minute after the one before
	}{
		{"all", func(*live.Limits) {}, 0, []bool{true, true, true, true}},
		{"by number", func(l *live.Limits) { l.Kept = 2 }, 0, []bool{false, false, true, true}},
		{"by bytes", func(l *live.Limits) { l.KeptBytes = 35 }, 0, []bool{false, true, true, true}},
		{"the newest whatever its size", func(l *live.Limits) { l.KeptBytes = 1 }, 0, []bool{false, false, false, true}},
		{"by age", func(*live.Limits) {}, 8*time.Minute + time.Second, []bool{false, false, true, true}},
		{"none for ever", func(*live.Limits) {}, time.Hour, []bool{false, false, false, false}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				limits := live.DefaultLimits()
				test.limit(&limits)
				if diff := cmp.Diff(test.want, found(t, limits, test.wait)); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

// found says which of four runs, one a minute, are found when the last one
// has ended and wait has passed.
func found(t *testing.T, limits live.Limits, wait time.Duration) []bool {
	scripts := []*script{newScript(), newScript(), newScript(), newScript()}
	sandboxes := live.New(starter(scripts...), limits)
	defer sandboxes.Close()
	var ids []string
	for i, s := range scripts {
		if i > 0 {
			time.Sleep(time.Minute)
		}
		ids = append(ids, begin(t, sandboxes).ID())
		s.events <- []byte("ten bytes.")
		s.Stop(event.EndStopped)
		synctest.Wait()
	}
	time.Sleep(wait)
	var all []bool
	for _, id := range ids {
		_, ok := sandboxes.Find(id)
		all = append(all, ok)
	}
	return all
}

// TestLine: places come free in the order in which they were asked for, and
// who does not ask again loses its own.
func TestLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		limits := live.DefaultLimits()
		limits.Running = 1
		scripts := []*script{newScript(), newScript(), newScript()}
		sandboxes := live.New(starter(scripts...), limits)
		defer sandboxes.Close()
		begin(t, sandboxes)
		stands := func(ticket string, place int) string {
			t.Helper()
			_, err := sandboxes.Start(&lab.Lab{}, live.Ask{Ticket: ticket})
			var full *live.FullError
			if !errors.As(err, &full) || full.Place != place {
				t.Fatalf("%v, want place %d", err, place)
			}
			return full.Ticket
		}
		first, second, third := stands("", 1), stands("", 2), stands("", 3)
		if stands(second, 2) != second {
			t.Error("a ticket changed")
		}
		time.Sleep(live.LineWait - time.Second)
		stands(second, 2)
		stands(third, 3)
		time.Sleep(2 * time.Second) // the first has gone for a coffee
		stands(third, 2)
		scripts[0].Stop(event.EndStopped)
		synctest.Wait()
		stands(third, 1) // it is not the one whose turn it is
		if _, err := sandboxes.Start(&lab.Lab{}, live.Ask{Ticket: second}); err != nil {
			t.Errorf("the second, who is first now: %v", err)
		}
		stands(first, 2) // back at the end
		scripts[1].Stop(event.EndStopped)
	})
}

// TestOwn: one owner cannot take all places.
func TestOwn(t *testing.T) {
	limits := live.DefaultLimits()
	limits.Own = 1
	sandboxes := live.New(starter(newScript(), newScript()), limits)
	defer sandboxes.Close()
	ask := live.Ask{Owner: "a"}
	if _, err := sandboxes.Start(&lab.Lab{}, ask); err != nil {
		t.Fatal(err)
	}
	if _, err := sandboxes.Start(&lab.Lab{}, ask); !errors.Is(err, live.ErrOwn) {
		t.Errorf("a second of the same: %v", err)
	}
	if _, err := sandboxes.Start(&lab.Lab{}, live.Ask{Owner: "b"}); err != nil {
		t.Errorf("one of another: %v", err)
	}
}

// endless starts scripts without end.
func endless(ctx context.Context, _ *lab.Lab) (live.Run, error) {
	s := newScript()
	context.AfterFunc(ctx, func() { s.Stop(event.EndShutdown) })
	return s, nil
}

// TestAddress: a class at one address is served; an address that would have
// all places gets three quarters of them, and stands behind those who have
// none.
func TestAddress(t *testing.T) {
	limits := live.DefaultLimits()
	sandboxes := live.New(endless, limits)
	defer sandboxes.Close()
	ask := func(address, ticket string) (*live.Sandbox, *live.FullError) {
		t.Helper()
		b, err := sandboxes.Start(&lab.Lab{}, live.Ask{Address: address, Ticket: ticket})
		var full *live.FullError
		if err != nil && !errors.As(err, &full) {
			t.Fatal(err)
		}
		return b, full
	}
	served := func(address string, want int) {
		t.Helper()
		for n := range want {
			if _, full := ask(address, ""); full != nil {
				t.Fatalf("%d of %s were served, then: %+v", n, address, full)
			}
		}
	}
	served("class", 40)
	served("greedy", 55)
	var tickets []string
	served("greedy", 5)
	for n := range 30 { // all are taken now, and it has 60 of its 75
		_, full := ask("greedy", "")
		if full == nil || full.Place != n+1 || full.Crowd != (n >= 15) {
			t.Fatalf("the greedy got %+v", full)
		}
		tickets = append(tickets, full.Ticket)
	}
	_, late := ask("late", "")
	if late == nil || late.Place != 1 {
		t.Errorf("who has none stands at %+v, want the first place", late)
	}
	if _, full := ask("greedy", tickets[0]); full == nil || full.Place != 2 {
		t.Errorf("the greedy stand at %+v, want behind", full)
	}
}

func TestShareOfAddress(t *testing.T) {
	sandboxes := live.New(endless, live.DefaultLimits())
	defer sandboxes.Close()
	ask := live.Ask{Address: "greedy"}
	for range 75 {
		if _, err := sandboxes.Start(&lab.Lab{}, ask); err != nil {
			t.Fatal(err)
		}
	}
	var full *live.FullError
	if _, err := sandboxes.Start(&lab.Lab{}, ask); !errors.As(err, &full) || full.Place != 1 || !full.Crowd {
		t.Errorf("one more than its share: %v", err)
	}
	for range 25 {
		if _, err := sandboxes.Start(&lab.Lab{}, live.Ask{Address: "other"}); err != nil {
			t.Errorf("one of another address: %v", err)
		}
	}
}

func TestLongLine(t *testing.T) {
	limits := live.DefaultLimits()
	limits.Running = 0
	sandboxes := live.New(endless, limits)
	defer sandboxes.Close()
	for range live.LineOfAddress {
		var full *live.FullError
		if _, err := sandboxes.Start(&lab.Lab{}, live.Ask{Address: "greedy"}); !errors.As(err, &full) {
			t.Fatal(err)
		}
	}
	if _, err := sandboxes.Start(&lab.Lab{}, live.Ask{Address: "greedy"}); !errors.Is(err, live.ErrLong) {
		t.Errorf("one more: %v", err)
	}
}

// TestMay: who may not start at this moment waits, though places are free.
func TestMay(t *testing.T) {
	sandboxes := live.New(endless, live.DefaultLimits())
	defer sandboxes.Close()
	may := false
	ask := live.Ask{Address: "class", May: func() bool { return may }}
	var full *live.FullError
	if _, err := sandboxes.Start(&lab.Lab{}, ask); !errors.As(err, &full) || !full.Crowd {
		t.Fatalf("%v, want a ticket", err)
	}
	may, ask.Ticket = true, full.Ticket
	if _, err := sandboxes.Start(&lab.Lab{}, ask); err != nil {
		t.Error(err)
	}
}

// TestRecorded: the recordings of all that run have a bound together. The
// longest is cut short; the others go on.
func TestRecorded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		limits := live.DefaultLimits()
		limits.Recorded = 100
		scripts := []*script{newScript(), newScript(), newScript(), newScript()}
		sandboxes := live.New(starter(scripts...), limits)
		for range scripts {
			begin(t, sandboxes)
		}
		tell := func(i, bytes int) {
			scripts[i].events <- make([]byte, bytes)
			synctest.Wait()
		}
		causes := func(when string, want ...event.End) {
			t.Helper()
			var got []event.End
			for _, s := range scripts {
				got = append(got, s.stopped())
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", when, diff)
			}
		}
		tell(0, 40)
		tell(1, 50)
		tell(2, 10)
		causes("at the bound", "", "", "", "")
		tell(2, 1)
		causes("beyond it", "", event.EndNoRoom, "", "")
		tell(2, 40)
		causes("what is cut short has no part in it", "", event.EndNoRoom, "", "")
		scripts[0].Stop(event.EndStopped)
		synctest.Wait()
		tell(3, 49)
		causes("nor has what has ended", event.EndStopped, event.EndNoRoom, "", "")
		tell(3, 300)
		causes("one that is too long by itself", event.EndStopped, event.EndNoRoom, "", event.EndNoRoom)
		sandboxes.Close()
	})
}

package live_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/server/live"
)

// script is a run whose events the test gives. It ends when it is stopped.
type script struct {
	events chan []byte
	once   sync.Once
	mu     sync.Mutex
	cause  event.End
	given  []event.Command
}

func newScript() *script { return &script{events: make(chan []byte)} }

func (s *script) Events() <-chan []byte { return s.events }

func (s *script) Command(c event.Command) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.given = append(s.given, c)
}

func (s *script) Stop(cause event.End) {
	s.once.Do(func() {
		s.mu.Lock()
		s.cause = cause
		s.mu.Unlock()
		close(s.events)
	})
}

func (s *script) stopped() event.End {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cause
}

// starter starts the scripts one after the other.
func starter(scripts ...*script) live.Starter {
	return func(ctx context.Context, _ *lab.Lab) (live.Run, error) {
		s := scripts[0]
		scripts = scripts[1:]
		context.AfterFunc(ctx, func() { s.Stop(event.EndShutdown) })
		return s, nil
	}
}

func begin(t *testing.T, s *live.Sandboxes) *live.Sandbox {
	t.Helper()
	b, err := s.Start(&lab.Lab{Name: "handshake/three-way"}, live.Ask{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// seen reads a recording to its end as a watcher does.
func seen(w *live.Watcher, limit int) []string {
	var all []string
	for {
		news := w.Next(limit)
		for _, e := range news.Events {
			all = append(all, string(e))
		}
		if news.Ended {
			return all
		}
		if len(news.Events) == 0 {
			<-news.Changed
		}
	}
}

func numbers(from, to int) []string {
	var all []string
	for n := from; n <= to; n++ {
		all = append(all, fmt.Sprint(n))
	}
	return all
}

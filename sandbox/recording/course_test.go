//go:build linux

package recording_test

import (
	"bytes"
	"context"
	"os"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"fivetuple/lessons"
	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/recording"
)

func TestMain(m *testing.M) {
	sandbox.Main()
	os.Exit(m.Run())
}

// ran is a lab of the course and a run of it.
type ran struct {
	*lab.Lab
	encoded [][]byte
	events  []event.Event
}

// atOnce is how many labs run side by side: they wait most of the time.
const atOnce = 16

// everyLab runs each lab of the course once for all tests.
var everyLab = sync.OnceValues(func() ([]ran, error) {
	c, err := lessons.Builtin()
	if err != nil {
		return nil, err
	}
	all := make([]ran, len(c.Labs()))
	var group errgroup.Group
	group.SetLimit(atOnce)
	for i, l := range c.Labs() {
		group.Go(func() (err error) {
			all[i], err = perform(l)
			return err
		})
	}
	return all, group.Wait()
})

// forEveryLab runs a test for each lab of the course.
func forEveryLab(t *testing.T, test func(*testing.T, ran)) {
	t.Helper()
	all, err := everyLab()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		t.Run(r.Name, func(t *testing.T) {
			t.Parallel() // the tools that are compared with take longest to start
			test(t, r)
		})
	}
}

// perform runs a lab as nobody looks at it.
func perform(definition *lab.Lab) (r ran, err error) {
	l := *definition
	l.Start, l.Limits.Time = lab.Run, time.Minute
	r.Lab = &l
	r.events, err = sandbox.Perform(context.Background(), &l, func(encoded []byte, _ *event.Event) {
		r.encoded = append(r.encoded, encoded)
	})
	return r, err
}

func TestEveryLabFitsTheSchema(t *testing.T) {
	s := schema(t)
	forEveryLab(t, func(t *testing.T, r ran) {
		var b bytes.Buffer
		if err := recording.Write(&b, r.Name, r.encoded); err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(document(t, b.Bytes())); err != nil {
			t.Error(err)
		}
		if _, err := recording.Read(&b); err != nil {
			t.Error(err)
		}
	})
}

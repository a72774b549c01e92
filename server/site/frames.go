package site

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"fivetuple/server/frames"
)

// sampleEvery is how often the kernel is asked for a connection on which
// somebody reads along.
const sampleEvery = time.Second

// frames tells what is read of the streams of a sandbox which were opened
// with ?frames, as server-sent events: on a connection of its own, so that
// what is told is not itself among what is read.
func (s *Site) frames(w http.ResponseWriter, r *http.Request) {
	run, ok := s.Sandboxes.Find(chi.URLParam(r, "id"))
	if !ok {
		s.fail(w, r, lang(r), errNoSandbox)
		return
	}
	log, done := s.read.Open(run.ID())
	defer done()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	out := reports{w, http.NewResponseController(w)}
	sample := time.NewTicker(sampleEvery)
	defer sample.Stop()
	last := frames.TCP{}
	err := out.flush()
	for next := 0; err == nil; {
		var all []frames.Report
		var changed <-chan struct{}
		all, next, changed = log.Next(next)
		if err = out.tell(all); err != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-s.Stop.Done():
			return
		case <-changed:
		case <-sample.C:
			if now := log.Sample(); now != nil && *now.TCP != last {
				last = *now.TCP
				err = out.tell([]frames.Report{*now})
			}
		}
	}
}

// reports writes reports as server-sent events.
type reports struct {
	w       http.ResponseWriter
	control *http.ResponseController
}

func (o reports) tell(all []frames.Report) error {
	for _, r := range all {
		line, err := json.Marshal(r)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(o.w, "data: %s\n\n", line); err != nil {
			return err
		}
	}
	if len(all) == 0 {
		return nil
	}
	return o.flush()
}

func (o reports) flush() error {
	if err := o.control.SetWriteDeadline(time.Now().Add(writeWait)); err != nil {
		return err
	}
	return o.control.Flush()
}

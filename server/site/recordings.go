package site

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"fivetuple/lessons"
	"fivetuple/sandbox/check"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/recording"
	"fivetuple/server/forms"
)

// recordings answers with the recorded runs that came with the course. What
// stands below the hash of one may be kept as long as that is the same.
func (s *Site) recordings() http.Handler {
	r := chi.NewRouter()
	for _, folder := range []string{"/{hash}/{unit}/{lesson}/", "/{hash}/{unit}/{lesson}/steps/{step}/"} {
		r.Get(folder+"recording.json", s.recording)
		for _, f := range forms.All {
			if f.Name != "recording.json" {
				r.Get(folder+f.Name, s.fetch(f, s.recorded))
			}
		}
	}
	r.Get("/{hash}/{unit}/{lesson}/answers/{question}.json", s.recordedAnswer)
	r.NotFound(func(w http.ResponseWriter, r *http.Request) { s.fail(w, r, lang(r), errNotFound) })
	return r
}

// errNoRecording means that the course has no such recorded run, or another one
// by now.
var errNoRecording = errors.New("no such recording")

// shown is the recorded run that the path names.
func (s *Site) shown(r *http.Request) (*lessons.Recording, error) {
	name := chi.URLParam(r, "unit") + "/" + chi.URLParam(r, "lesson")
	found := s.Course.Recording(name, chi.URLParam(r, "step"))
	if found == nil || found.Hash != chi.URLParam(r, "hash") {
		return nil, errNoRecording
	}
	return found, nil
}

// recording gives a recorded run out as it lies beside its lab: packed.
func (s *Site) recording(w http.ResponseWriter, r *http.Request) {
	found, err := s.shown(r)
	if err != nil {
		s.fail(w, r, lang(r), err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Add("Vary", "Accept-Encoding")
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		_, _ = w.Write(found.Packed) // a browser that is gone needs no answer
		return
	}
	text, err := found.Unpacked()
	if err != nil {
		s.fail(w, r, lang(r), err)
		return
	}
	_, _ = w.Write(text)
}

// run is a recorded run that came with the course, as one that can be fetched.
type run struct {
	lab     *lab.Lab
	encoded [][]byte
}

func (r *run) Lab() *lab.Lab                            { return r.lab }
func (r *run) Recording() (events [][]byte, ended bool) { return r.encoded, true }

func (s *Site) recorded(r *http.Request) (told, *hold, error) {
	found, err := s.shown(r)
	if err != nil {
		return nil, nil, err
	}
	rec, hold, err := s.readRecorded(r, found)
	if err != nil {
		return nil, nil, err
	}
	run := &run{lab: found.Lab}
	for _, e := range rec.Encoded {
		run.encoded = append(run.encoded, e)
	}
	return run, hold, nil
}

// unpackedMemory is how many bytes a recorded run takes that is read, and what
// is made of it, for each of its bytes as it lies beside its lab.
const unpackedMemory = 64

// readRecorded reads a recorded run, and says what memory it takes.
func (s *Site) readRecorded(r *http.Request, found *lessons.Recording) (*recording.Recording, *hold, error) {
	hold, err := s.hold(r, unpackedMemory*int64(len(found.Packed))+packMemory)
	if err != nil {
		return nil, nil, err
	}
	rec, err := found.Read()
	if err != nil {
		hold.give()
		return nil, nil, err
	}
	return rec, hold, nil
}

// recordedAnswer says what is right of a prediction in a recorded run.
func (s *Site) recordedAnswer(w http.ResponseWriter, r *http.Request) {
	found, err := s.shown(r)
	key := ""
	if err == nil {
		key, err = s.recordedTruth(r, found, chi.URLParam(r, "question"))
	}
	if err != nil {
		s.fail(w, r, lang(r), err)
		return
	}
	answer(w, http.StatusOK, map[string]any{"answer": key})
}

// recordedTruth is what is right of a prediction in a recorded run, which
// answers each that the course asks about its lab.
func (s *Site) recordedTruth(r *http.Request, found *lessons.Recording, question string) (string, error) {
	rec, hold, err := s.readRecorded(r, found)
	if err != nil {
		return "", err
	}
	defer hold.give()
	key, known, err := check.Answer(r.Context(), found.Lab, rec.Events, question)
	switch {
	case errors.Is(err, check.ErrNoFunction):
		return "", errNotFound
	case err == nil && !known:
		err = fmt.Errorf("%w: it does not answer %s", recording.ErrBroken, question)
	}
	return key, err
}

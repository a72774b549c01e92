package site_test

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"fivetuple/lessons"
	"fivetuple/sandbox"
	"fivetuple/sandbox/recording"
	"fivetuple/server/live"
	"fivetuple/server/progress"
	"fivetuple/server/site"
	"fivetuple/web"
)

// noPython is a machine on which no lab runs.
var noPython = sandbox.Ability{Name: "python3", Needed: true, Detail: sandbox.Text{English: "no python3", Korean: "no python3"}, Remedy: sandbox.Text{English: "apt-get install python3", Korean: "apt-get install python3"}}

// reading serves the course that comes with the program.
func reading(t *testing.T, book *progress.Book, abilities ...sandbox.Ability) (*httptest.Server, *lessons.Course) {
	t.Helper()
	c, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	runs := live.New(nil, live.DefaultLimits())
	server := httptest.NewServer(site.New(site.Config{
		Course: c, Sandboxes: runs, Abilities: abilities, Hosts: []string{"127.0.0.1"}, Log: slog.New(slog.DiscardHandler), Progress: book, Stop: t.Context(),
	}))
	t.Cleanup(func() {
		runs.Close()
		server.Close()
	})
	return server, c
}

// TestRecordingOverHTTP: a recorded run is given out packed as it is, and may
// be kept for ever; to who takes nothing packed, it is unpacked.
func TestRecordingOverHTTP(t *testing.T) {
	server, c := reading(t, nil)
	own := c.Recording("handshake/three-way", "")
	url := server.URL + web.RecordingAddress(own) + "recording.json"
	plain, text := get(t, url, "Accept-Encoding", "identity")
	rec, err := recording.Read(strings.NewReader(text))
	if err != nil || rec.Lab != "handshake/three-way" || plain.Header.Get("Content-Encoding") != "" {
		t.Errorf("%v with %v", err, plain.Header)
	}
	packed, body := get(t, url, "Accept-Encoding", "gzip")
	z, err := gzip.NewReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if unpacked, err := io.ReadAll(z); err != nil || string(unpacked) != text {
		t.Errorf("packed it is another one: %v", err)
	}
	for _, h := range []http.Header{plain.Header, packed.Header} {
		if !strings.Contains(h.Get("Cache-Control"), "immutable") || h.Get("Vary") != "Accept-Encoding" || h.Get("Content-Type") != "application/json" {
			t.Errorf("headers %v", h)
		}
	}
}

// TestRecordingForms: a recorded run can be had in the forms of a live one, and
// says what is right of predictions; under another hash there is none.
func TestRecordingForms(t *testing.T) {
	server, c := reading(t, nil)
	own, step := web.RecordingAddress(c.Recording("handshake/states", "")), web.RecordingAddress(c.Recording("handshake/states", "meet"))
	tests := []struct {
		path   string
		status int
		says   string
	}{
		{own + "recording.txt", 200, "start    handshake/states"},
		{own + "recording.strace.txt", 200, "socket(AF_INET"},
		{own + "recording.strace.txt?program=client", 200, "connect("},
		{own + "recording.tcpdump.txt", 200, "Flags [S]"},
		{own + "recording.pcapng", 200, ""},
		{own + "programs.zip", 200, "client.py"},
		{step + "recording.txt", 200, "start    handshake/states"},
		{step + "recording.json", 200, ""},
		{own + "answers/none.json", 404, `"not-found"`},
		{own + "recording.pdf", 404, `"not-found"`},
		{strings.Replace(own, "/recordings/", "/recordings/0", 1) + "recording.json", 404, `"unknown-recording"`},
		{strings.Replace(own, "states", "none", 1) + "recording.txt", 404, `"unknown-recording"`},
		{strings.Replace(own, "states/", "states/steps/meet/", 1) + "recording.json", 404, `"unknown-recording"`},
	}
	for _, tt := range tests {
		response, body := get(t, server.URL+tt.path)
		if response.StatusCode != tt.status || !strings.Contains(body, tt.says) {
			t.Errorf("%s: %d with %.300q, want %d with %q", tt.path, response.StatusCode, body, tt.status, tt.says)
		}
	}
}

// TestRecordedPredictions: where labs cannot run, a prediction is compared with
// the recorded run, and what the learner said is kept.
func TestRecordedPredictions(t *testing.T) {
	server, c := reading(t, book(t), noPython)
	lesson, _ := c.Lesson("en", "handshake", "three-way")
	questions := progress.Questions(lesson)
	if len(questions) == 0 || !questions[0].Predict {
		t.Fatal("the lesson asks for no prediction")
	}
	id := questions[0].ID
	_, body := get(t, server.URL+web.RecordingAddress(c.Recording("handshake/three-way", ""))+"answers/"+id+".json")
	var said struct{ Answer string }
	if err := json.Unmarshal([]byte(body), &said); err != nil || said.Answer == "" {
		t.Fatalf("%s: %v", body, err)
	}
	r := newReader(t, server.URL)
	deed := `{"lesson":"handshake/three-way","did":"answer","question":"` + id + `","choice":"` + said.Answer + `","sandbox":"recorded %"}`
	if status, code := r.tell(http.MethodPost, strings.Replace(deed, "%", "handshake/three-way", 1)); status != http.StatusNoContent {
		t.Errorf("%d %s", status, code)
	}
	if a := r.record().Lessons["handshake/three-way"].Answers[id]; a == nil || a.Truth != said.Answer || a.Wrong != 0 {
		t.Errorf("kept is %+v", a)
	}
	if status, code := r.tell(http.MethodPost, strings.Replace(deed, "%", "handshake/none", 1)); status != http.StatusNotFound || code != "unknown-recording" {
		t.Errorf("of no lab: %d %s", status, code)
	}
}

// TestEveryLessonWithoutLabs: on a machine on which no lab runs, every lesson
// shows the recorded run of its lab, says what is missing, and can be read with
// the run as text.
func TestEveryLessonWithoutLabs(t *testing.T) {
	server, c := reading(t, nil, noPython)
	for _, lang := range c.Langs {
		for _, u := range c.Units {
			for _, name := range u.Lessons {
				path := "/" + lang + "/" + u.Name + "/" + name
				_, page := get(t, server.URL+path)
				for _, want := range []string{`data-testid="recorded"`, "apt-get install python3", `data-run="/api/recordings/`, `href="?text#run"`} {
					if !strings.Contains(page, want) {
						t.Errorf("%s has no %s", path, want)
					}
				}
				response, read := get(t, server.URL+path+"?text")
				if response.StatusCode != 200 || !strings.Contains(read, `data-testid="run-table"`) || strings.Contains(page, "run-table") {
					t.Errorf("%s?text: %d", path, response.StatusCode)
				}
			}
		}
		if _, page := get(t, server.URL+"/"+lang+"/"); !strings.Contains(page, web.NewCourseView(c, lang, "").T.RecordedInstead()) {
			t.Errorf("the map in %s does not say that labs show recorded runs", lang)
		}
	}
}

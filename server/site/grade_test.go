package site_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fivetuple/lessons"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/server/live"
	"fivetuple/server/site"
)

// graded is a course of one exercise: the function of its only trial is this.
func graded(t *testing.T, body string) *lessons.Course {
	t.Helper()
	c, err := lessons.Load(gradedFiles(body))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func gradedFiles(body string) fstest.MapFS {
	text := fmt.Sprintf(lesson, "Lesson") + "\n```exercise\ntrials: [{id: a, title: T, hints: [H], mistakes: [{key: half, hint: M}]}]\n```\n"
	return fstest.MapFS{
		"course.yaml":            {Data: []byte("units:\n  - {name: u, title: {en: Unit, ko: 단원}, lessons: [l]}\n")},
		"en/u/l.md":              {Data: []byte(text)},
		"ko/u/l.md":              {Data: []byte(text)},
		"labs/u/l/lab.yaml":      {Data: []byte("title: {en: Lab, ko: 실습}\ntopology: wire\nprograms: [{name: client, file: client.py}]\n")},
		"labs/u/l/client.py":     {Data: []byte("pass\n")},
		"labs/u/l/exercise.yaml": {Data: []byte("program: client\nsolution: client.py\ntrials: [{id: a}]\nwrong: [{file: client.py, fails: a, mistake: half}, {file: client.py, fails: a, mistake: half}]\n")},
		"labs/u/l/checks.star":   {Data: []byte("def grade_a(run):\n    " + body + "\n")},
	}
}

// TestGrade: the page hears whether a run passed, and which mistake is behind
// it when that is known; what was seen stays with the authors.
func TestGrade(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"passed", "pass", `{"passed":true}`},
		{"a mistake", "mistake('half', 'for authors')", `{"passed":false,"mistake":"half"}`},
		{"it fails for a reason not known", "fail('for authors')", `{"passed":false}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newScript()
			runs := live.New(func(ctx context.Context, _ *lab.Lab) (live.Run, error) {
				context.AfterFunc(ctx, func() { s.Stop(event.EndShutdown) })
				return s, nil
			}, live.DefaultLimits())
			server := httptest.NewServer(site.New(site.Config{Course: graded(t, tt.body), Sandboxes: runs, Log: slog.New(slog.DiscardHandler), Stop: t.Context()}))
			t.Cleanup(func() {
				runs.Close()
				server.Close()
			})
			stream := started(t, server)
			s.Stop(event.EndFinished)
			if _, code := rest(dial(t, stream)); code == 0 {
				t.Fatal("the run has not ended")
			}
			url := strings.Replace(strings.TrimSuffix(stream, "/stream"), "ws", "http", 1)
			response, body := get(t, url+"/grades/a")
			for begun := time.Now(); response.StatusCode == http.StatusBadRequest && time.Since(begun) < 10*time.Second; {
				response, body = get(t, url+"/grades/a") // its end is on the way to us
			}
			if response.StatusCode != http.StatusOK || strings.TrimSpace(body) != tt.want {
				t.Errorf("%d %s, want %s", response.StatusCode, body, tt.want)
			}
		})
	}
}

// TestGradeOfAnEarlierCourse: a run whose lab has got another program since
// is not of the trial as it is now.
func TestGradeOfAnEarlierCourse(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, gradedFiles("pass")); err != nil {
		t.Fatal(err)
	}
	folder, err := lessons.OpenFolder(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	s := newScript()
	runs := live.New(func(ctx context.Context, _ *lab.Lab) (live.Run, error) {
		context.AfterFunc(ctx, func() { s.Stop(event.EndShutdown) })
		return s, nil
	}, live.DefaultLimits())
	server := httptest.NewServer(site.Follow(site.Config{Sandboxes: runs, Log: slog.New(slog.DiscardHandler), Stop: t.Context()}, folder))
	t.Cleanup(func() {
		runs.Close()
		server.Close()
	})
	url := strings.Replace(strings.TrimSuffix(started(t, server), "/stream"), "ws", "http", 1)
	writeFiles(t, dir, map[string]string{"labs/u/l/lab.yaml": "title: {en: Lab, ko: 실습}\ntopology: wire\nprograms: [{name: client, file: client.py}, {name: server, file: client.py}]\n"})
	get(t, server.URL+"/en/") // looks at the files
	if response, body := get(t, url+"/grades/a"); response.StatusCode != http.StatusBadRequest || !strings.Contains(body, "not of trial a") {
		t.Errorf("%d %s", response.StatusCode, body)
	}
}

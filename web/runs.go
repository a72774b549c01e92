package web

import (
	"strings"
	"time"

	"fivetuple/lessons"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/web/text"
)

// Recorded is what is known of a run that is kept.
type Recorded struct {
	ID         string
	Began      time.Time
	Duration   time.Duration
	Ended      bool // false: it was going on when it was kept
	Events     int
	Software   string // version of fivetuple
	Kernel     string // Linux 6.18.5
	Vocabulary int    // version of the events
}

// RunView is a run that is kept.
type RunView struct {
	Page
	Recorded
	Name   string // of the lab
	Lab    string // its title
	Lesson *LessonLink
	Stage  stageView
}

// NewRunView makes the page of a run. L is the lab as it was run, which the
// course may no longer have.
func NewRunView(c *lessons.Course, lang string, l *lab.Lab, r Recorded) RunView {
	t := text.For(lang)
	unit, name, _ := strings.Cut(l.Name, "/")
	title := t.RunTitle(l.Title[lang])
	v := RunView{
		Page: Page{T: t, Title: title + " · fivetuple", Path: "runs/" + r.ID, HasLab: true}, Recorded: r,
		Name: l.Name, Lab: l.Title[lang], Lesson: link(c, t, unit, name),
	}
	v.Stage = stageView{T: t, Title: title, Programs: l.Programs, Data: stageData{
		Name: l.Name, Lang: t, Topology: string(l.Topology), Start: string(l.Start), Wire: l.Wire, Wired: wired(l), Kept: r.ID,
	}, Read: "?" + TextQuery + "#run"}
	return v
}

// runFiles are the forms in which a run can be downloaded, and what each is
// called.
func runFiles(t text.Lang) [][2]string {
	return [][2]string{
		{"recording.json", "JSON"}, {"recording.pcapng", "pcapng"}, {"recording.txt", "text"},
		{"recording.strace.txt", "strace"}, {"recording.tcpdump.txt", "tcpdump"}, {"programs.zip", t.RunPrograms()},
	}
}

// ReadAsText has the page come with the run as text.
func (v *RunView) ReadAsText(events []event.Event) {
	v.AsText, v.Stage.Read = true, "#run"
	v.Stage.Text = &RunText{T: v.T, Address: "/api/runs/" + v.ID + "/", Events: events}
}

// RunsView is the links to runs that a reader has made.
type RunsView struct {
	Page
	Kept  bool // runs are kept on this server
	Links []RunLink
}

// RunLink is one of them.
type RunLink struct{ URL, Title, Kept string }

// NewRunsView makes the page of a reader's links, none yet.
func NewRunsView(lang string) RunsView {
	t := text.For(lang)
	return RunsView{Page: Page{T: t, Title: t.Runs() + " · fivetuple", Path: "runs"}}
}

// Add adds a link to a run that was kept at a time.
func (v *RunsView) Add(id string, title map[string]string, at time.Time, events int) {
	v.Links = append(v.Links, RunLink{"/" + string(v.T) + "/runs/" + id, title[string(v.T)], v.T.RunKept(at, events)})
}

// NewRunErrorView makes the page in the place of a run, for an HTTP status
// and an error code of the HTTP interface.
func NewRunErrorView(c *lessons.Course, lang string, status int, code string) ErrorView {
	v := NewErrorView(c, lang, status)
	v.Heading, v.Text = v.T.RunProblem(code), v.T.APIError(code)
	v.Title = v.Heading + " · fivetuple"
	return v
}

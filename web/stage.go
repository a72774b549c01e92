package web

import (
	"encoding/json"
	"maps"
	"math"
	"path"
	"slices"
	"strings"
	"sync"

	"fivetuple/lessons"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/static"
	"fivetuple/web/text"
)

// stageView is the stage of one lab.
type stageView struct {
	T        text.Lang
	Title    string
	Programs []lab.Program
	Shown    *Run     // the recorded run that it shows; nil where it starts runs, or shows one that is kept
	File     bool     // the page is a file
	Read     string   // where the run can be read as text; empty when it cannot
	Text     *RunText // the run as text, below it; nil where it is not asked for
	Data     stageData
}

// stageData is what the stage's script is told of the lab.
type stageData struct {
	Name        string     `json:"name"`
	Lang        text.Lang  `json:"lang"`
	Topology    string     `json:"topology"`
	Start       string     `json:"start"`
	Wire        event.Wire `json:"wire"`
	Wired       []string   `json:"wired,omitempty"`       // hosts on the wire; none where there is no wire
	Limits      string     `json:"limits"`                // in words
	Unavailable string     `json:"unavailable,omitempty"` // why it cannot run here
	Meanwhile   string     `json:"meanwhile,omitempty"`   // folder of a recorded run that can be looked at before a live one
	Kept        string     `json:"kept,omitempty"`        // id of the run that it shows; it starts none
}

func newStageView(v LessonView, l *lab.Lab) stageView {
	limits := l.Limits.WithDefaults()
	stage := stageView{
		T: v.T, Title: l.Title[string(v.T)], Programs: offered(l.Programs, v.Languages), Shown: v.Still.run(l), File: v.file(), Text: v.Texts[l.Name],
		Data: stageData{
			Name: l.Name, Lang: v.T, Topology: string(l.Topology), Start: string(l.Start),
			Wire: l.Wire, Wired: wired(l),
			Limits:      v.T.Limits(limits.Time, limits.CPU, limits.Memory, limits.Output),
			Unavailable: v.Unavailable[l.Name], Meanwhile: v.Meanwhile[l.Name],
		},
	}
	switch {
	case stage.Text != nil:
		stage.Read = "#run"
	case !stage.File && (stage.Shown != nil || stage.Data.Meanwhile != ""):
		stage.Read = "?" + TextQuery + "#run"
	}
	return stage
}

// TextQuery is what the address of a page has in its query where the page
// comes with its runs as text.
const TextQuery = "text"

// predictWords is the words of a predict block's script.
func (p Page) predictWords() map[string]string {
	if p.Recorded {
		return p.T.PredictOfRecorded()
	}
	return p.T.Predict()
}

// file says whether the page is a file: behind it stands no server.
func (p Page) file() bool { return p.Still != nil && p.Still.File }

// strings are the words of the stage.
func (v stageView) strings() map[string]string {
	all := v.T.Stage()
	switch {
	case v.Data.Kept != "":
		maps.Copy(all, v.T.Replay())
	case v.Shown != nil:
		maps.Copy(all, v.T.RecordedStage())
	}
	return all
}

// onPaper says what a lab is, where nothing runs.
func (v stageView) onPaper() string {
	names := v.Data.Wired
	if names == nil {
		for _, p := range v.Programs {
			names = append(names, p.Name)
		}
	}
	said := v.T.LabOnPaper(v.Data.Topology, strings.Join(names, ", "))
	if v.Data.Wired == nil {
		return said
	}
	words := v.T.Stage()
	if v.Data.Wire.Mode == event.Hold {
		return said + " " + words["say-wire-hold"]
	}
	return said + " " + strings.ReplaceAll(words["say-wire-flow"], "{delay}", v.Data.Wire.Delay.String())
}

// offered are the programs of a lab, without the versions in other languages
// that cannot be run here.
func offered(all []lab.Program, languages []string) []lab.Program {
	if len(languages) == 0 {
		return all
	}
	all = slices.Clone(all)
	for i := range all {
		all[i].Versions = slices.DeleteFunc(slices.Clone(all[i].Versions), func(v lab.Version) bool {
			return v.File != all[i].File && !slices.Contains(languages, path.Ext(v.File))
		})
	}
	return all
}

// versions are all versions of p: its source alone where the course has no
// other.
func versions(p lab.Program) []lab.Version {
	if len(p.Versions) == 0 {
		return []lab.Version{{File: p.File, Source: p.Source}}
	}
	return p.Versions
}

// wired are the hosts that a wire joins.
func wired(l *lab.Lab) []string {
	if !l.Wired() {
		return nil
	}
	return l.HostNames()
}

// setting is what a step's button sets.
type setting struct {
	Wire     *event.WireChange `json:"wire,omitempty"`
	Timeline *[]lab.WireStep   `json:"timeline,omitempty"` // as it goes into the request that starts the lab
	Start    string            `json:"start,omitempty"`
	Programs map[string]string `json:"programs,omitempty"`

	// Versions are Programs in other languages, by program and ending.
	Versions map[string]map[string]string `json:"versions,omitempty"`
}

func newSetting(s *lessons.Setting) setting {
	return setting{Wire: s.Wire, Timeline: s.Timeline, Start: string(s.Start), Programs: s.Programs, Versions: s.Versions}
}

// encode is v as JSON for a data attribute. V is one of our own types, which
// always encode.
func encode(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}

// slope is the angle in degrees of a line from one point to another.
func slope(x1, y1, x2, y2 int) float64 {
	return math.Atan2(float64(y2-y1), float64(x2-x1)) * 180 / math.Pi
}

// liveModules, stillModules and replayModules are the scripts of a lesson page,
// of one with recorded runs, and of that of a run that is kept, the first one
// the one that is run.
var (
	liveModules   = sync.OnceValue(func() []string { return static.Modules("lesson.js") })
	stillModules  = sync.OnceValue(func() []string { return static.Modules("still.js") })
	replayModules = sync.OnceValue(func() []string { return static.Modules("run.js") })
)

func (v LessonView) modules() []string {
	if v.Still != nil {
		return stillModules()
	}
	return liveModules()
}

// first is the first lesson of the course.
func (v CourseView) first() *LessonLink {
	for _, u := range v.Units {
		if len(u.Lessons) > 0 {
			return &u.Lessons[0]
		}
	}
	return nil
}

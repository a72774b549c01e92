package web

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"time"

	"fivetuple/lessons"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/static"
	"fivetuple/web/text"
)

// GalleryView is every component in every state, from runs that were recorded
// once and for all: for those who work on them, and for the tests.
type GalleryView struct {
	Page
	Stages []exhibit
}

// exhibit is a stage in one state.
type exhibit struct {
	Name  string // of its words, and in the address
	Stage stageView
	Shows shows
}

// shows is what the gallery's script is told to do with an exhibit's stage.
// The words that a server would send are in the page's language.
type shows struct {
	Folder string `json:"folder"`           // of the run, as an address
	Until  int    `json:"until,omitempty"`  // it has been told so far; 0: nothing
	Phase  string `json:"phase"`            // as Session.phase
	Part   string `json:"part"`             // what is to be seen: all, bar, diagram, sides, view
	View   string `json:"view,omitempty"`   // the tab that is open
	Packet int    `json:"packet,omitempty"` // the packet that is chosen
	Call   int    `json:"call,omitempty"`   // the call that is chosen
	Act    string `json:"act,omitempty"`    // what else happens to it, by name
	Say    string `json:"say,omitempty"`    // what the server says then
	Other  string `json:"other,omitempty"`  // the folder of a run that is set beside it
}

// galleryMade is when the gallery's runs were recorded.
var galleryMade = time.Date(2026, time.November, 21, 0, 0, 0, 0, time.UTC)

const galleryVersions = "Linux 6.18.44, Python 3.11.7"

// Ends of the recordings in static/gallery, by the numbers of their events.
const (
	atHeldSYN     = 21  // handshake: the SYN waits in the middle of the wire
	atHeldData    = 44  // handshake: connected, and the first bytes wait
	atHandshake   = 60  // handshake: all is said, nothing is closed
	handshakeOver = 92  // handshake
	queueFull     = 92  // lost: 7001 bytes wait for a program that sleeps
	lostOver      = 128 // lost: the FIN has arrived at last
	refusedOver   = 85  // refused: the client has ended with an error
	threadsLive   = 109 // threads: both threads are there
	derivedOver   = 73  // derived
	framesSent    = 88  // upgrade: each side has sent its first frame
)

func (v *GalleryView) add(name, run string, s shows) {
	lab, started, err := recorded(run)
	if err != nil {
		panic(err) // it is a file of the program itself
	}
	s.Folder = static.URL("gallery/" + run)
	if s.Other != "" {
		s.Other = static.URL("gallery/" + s.Other)
	}
	if s.Phase == "" {
		s.Phase = "live"
	}
	stage := newStageView(LessonView{Page: v.Page}, lab)
	stage.Data.Name = "gallery/" + name
	if started.Wire != nil {
		stage.Data.Wire = *started.Wire
	}
	v.Stages = append(v.Stages, exhibit{name, stage, s})
}

// recorded is the lab of a recording in static/gallery, and the event with
// which it began.
func recorded(run string) (*lab.Lab, event.Event, error) {
	events, err := recordedEvents(run)
	if err != nil {
		return nil, event.Event{}, err
	}
	folder, began := "gallery/"+run+"/", events[0]
	l := &lab.Lab{Name: run, Topology: lab.Topology(began.Topology), Start: lab.Run, Hosts: len(began.Hosts)}
	for _, p := range began.Programs {
		source, err := fs.ReadFile(static.FS(), folder+p.File)
		if err != nil {
			return nil, event.Event{}, err
		}
		l.Programs = append(l.Programs, lab.Program{Name: p.Name, Host: p.Host, File: p.File, Source: source})
	}
	return l, began, nil
}

// recordedEvents are the events of a recording in static/gallery.
func recordedEvents(run string) ([]event.Event, error) {
	b, err := fs.ReadFile(static.FS(), "gallery/"+run+"/recording.json")
	if err != nil {
		return nil, err
	}
	var recording struct{ Events []event.Event }
	if err := json.Unmarshal(b, &recording); err != nil {
		return nil, fmt.Errorf("%s: %w", run, err)
	}
	return recording.Events, nil
}

// NewGalleryView makes the gallery in one language.
func NewGalleryView(lang string) GalleryView {
	t := text.For(lang)
	v := GalleryView{Page: Page{T: t, Title: t.Gallery() + " · fivetuple", Path: "gallery"}}
	v.stages()
	v.views()
	v.notices()
	return v
}

// stages are whole stages, and diagrams and programs by themselves.
func (v *GalleryView) stages() {
	v.add("idle", "handshake", shows{Part: "all", Phase: "idle"})
	v.add("held", "handshake", shows{Part: "all", Until: atHeldSYN, Packet: 1})
	v.add("hand", "handshake", shows{Part: "diagram", Until: atHeldData, Act: "unfold"})
	v.add("ended", "handshake", shows{Part: "all", Until: handshakeOver, Phase: "over", Call: 7})
	v.add("replay", "handshake", shows{Part: "replay", Until: handshakeOver, Phase: "over", Act: "replay"})
	v.add("lost", "lost", shows{Part: "diagram", Until: lostOver, Packet: 15})
	v.add("causes", "lost", shows{Part: "diagram", Until: lostOver, Packet: 15, Act: "causes"})
	v.add("derived", "derived", shows{Part: "diagram", Until: derivedOver})
	v.add("lan", "threads", shows{Part: "diagram", Until: threadsLive})
	v.add("closer", "handshake", shows{Part: "diagram", Until: handshakeOver, Phase: "over", Packet: 3, Act: "closer"})
	v.add("further", "lost", shows{Part: "diagram", Until: lostOver, Phase: "over", Act: "further"})
	v.add("newest", "lost", shows{Part: "diagram", Until: lostOver - 1, Packet: 1})
	v.add("error", "refused", shows{Part: "all", Until: refusedOver})
	v.add("step", "step", shows{Part: "sides", Until: 3})
	v.add("queues", "lost", shows{Part: "sides", Until: queueFull})
	v.add("edit", "handshake", shows{Part: "sides", Phase: "idle", Act: "edit"})
}

// views are what stands below a diagram.
func (v *GalleryView) views() {
	v.add("story", "lost", shows{Part: "view", View: "story", Until: lostOver, Packet: 7})
	v.add("packets", "lost", shows{Part: "view", View: "packets", Until: lostOver, Packet: 7})
	v.add("tcp", "handshake", shows{Part: "view", View: "inspector", Until: atHandshake, Packet: 1})
	v.add("udp-ipv6", "refused", shows{Part: "view", View: "inspector", Until: refusedOver, Packet: 3})
	v.add("icmp", "refused", shows{Part: "view", View: "inspector", Until: refusedOver, Packet: 2})
	v.add("arp", "threads", shows{Part: "view", View: "inspector", Until: threadsLive, Packet: 1})
	v.add("http", "upgrade", shows{Part: "view", View: "inspector", Until: framesSent, Packet: 6})
	v.add("websocket", "upgrade", shows{Part: "view", View: "inspector", Until: framesSent, Packet: 8})
	v.add("states", "handshake", shows{Part: "view", View: "states", Until: handshakeOver, Phase: "over"})
	v.add("states-at-once", "derived", shows{Part: "view", View: "states", Until: derivedOver, Phase: "over", Act: "step"})
	v.add("charts", "lost", shows{Part: "view", View: "charts", Until: lostOver, Packet: 7})
	v.add("charts-queue", "lost", shows{Part: "view", View: "charts", Until: lostOver, Act: "numbers"})
	v.add("ss", "handshake", shows{Part: "view", View: "ss", Until: atHandshake})
	v.add("ss-line", "lost", shows{Part: "view", View: "ss", Until: queueFull, Act: "line"})
	v.add("strace", "handshake", shows{Part: "view", View: "strace", Until: handshakeOver, Phase: "over", Call: 7})
	v.add("tcpdump", "handshake", shows{Part: "view", View: "tcpdump", Until: handshakeOver, Phase: "over", Packet: 1})
	v.add("compare", "handshake", shows{Part: "view", View: "compare", Until: handshakeOver, Phase: "over", Act: "compare", Other: "lost"})
	v.add("empty", "handshake", shows{Part: "view", View: "charts", Until: 1})
	v.add("loading", "handshake", shows{Part: "view", View: "ss", Until: 1, Act: "loading"})
	v.add("failed", "handshake", shows{Part: "view", View: "ss", Until: 1, Act: "failed"})
}

// notices are what a stage says when something is not as it should be.
func (v *GalleryView) notices() {
	t := v.T
	v.add("faults", "lost", shows{Part: "bar", Until: 1, Act: "faults"})
	v.add("until", "handshake", shows{Part: "bar", Until: atHeldSYN, Act: "until"})
	v.add("reconnecting", "handshake", shows{Part: "bar", Until: atHeldSYN, Act: "reconnecting"})
	v.add("full", "handshake", shows{Part: "bar", Phase: "starting", Act: "fault", Say: t.InLine(3)})
	v.add("own-full", "handshake", shows{Part: "bar", Phase: "idle", Act: "fault", Say: t.APIError("own-full")})
	v.add("link", "handshake", shows{Part: "bar", Until: atHeldSYN, Packet: 1, Act: "link"})
	v.add("loopback", "derived", shows{Part: "note", Until: derivedOver, Act: "loopback"})
	v.add("gone", "handshake", shows{Part: "lost", Until: atHeldSYN, Act: "gone"})
	v.add("refusal", "handshake", shows{Part: "diagram", Until: atHeldSYN, Act: "refusal"})
	v.add("compose", "handshake", shows{Part: "dialog", Until: atHeldSYN, Act: "compose"})
	v.add("edit-packet", "handshake", shows{Part: "dialog", Until: atHeldSYN, Act: "edit-packet"})
	v.add("unavailable", "handshake", shows{Part: "all", Phase: "idle"})
	v.Stages[len(v.Stages)-1].Stage.Data.Unavailable = t.Unavailable("user namespaces are switched off", "sysctl kernel.unprivileged_userns_clone=1")
	v.add("recorded", "handshake", shows{Part: "bar", Phase: "idle"})
	last := &v.Stages[len(v.Stages)-1].Stage
	last.Shown = &Run{Address: static.URL("gallery/handshake") + "/", Made: galleryMade, Versions: galleryVersions}
	v.meanwhile("meanwhile")
	v.meanwhile("look")
}

// meanwhile is a stage whose learner waits, with a recorded run to look at.
func (v *GalleryView) meanwhile(act string) {
	v.add(act, "handshake", shows{Part: "bar", Phase: "starting", Act: act, Say: v.T.InLine(3)})
	v.Stages[len(v.Stages)-1].Stage.Data.Meanwhile = static.URL("gallery/handshake") + "/"
}

// runText is a run as text.
func (v GalleryView) runText() RunText {
	run := Run{Address: static.URL("gallery/handshake") + "/", Made: galleryMade, Versions: galleryVersions}
	events, err := recordedEvents("handshake")
	if err != nil {
		panic(err) // it is a file of the program itself
	}
	return RunText{T: v.T, Address: run.Address, Label: run.label(v.T), Which: v.T.RunOfStep(2), Back: "?", Events: events[:atHandshake]}
}

// question is the gallery's question; name tells its copies apart.
func (v GalleryView) quiz(name string) *lessons.Quiz {
	return &lessons.Quiz{ID: name, Question: v.T.GalleryQuestion(), Choices: v.choices()}
}

func (v GalleryView) predict(name string) *lessons.Predict {
	return &lessons.Predict{ID: name, Question: v.T.GalleryQuestion(), Choices: v.choices(), Form: lessons.Choices(v.choices())}
}

func (v GalleryView) choices() []lessons.Choice {
	return []lessons.Choice{
		{Key: "A", Text: "<code>SYN_SENT</code>", Why: v.T.GalleryWhy("SYN_SENT"), Right: true},
		{Key: "B", Text: "<code>ESTABLISHED</code>", Why: v.T.GalleryWhy("ESTABLISHED")},
		{Key: "C", Text: "<code>CLOSED</code>", Why: v.T.GalleryWhy("CLOSED")},
	}
}

// beliefs are wrong answers: one that is asked again, and one that is
// overcome.
func (v GalleryView) beliefs() ProgressView {
	of := func(id, believed string) Misconception {
		return Misconception{Predict: true, Review: Review{
			Lesson: &LessonLink{Number: "3.1", Title: v.T.GalleryTrial("one")}, ID: id, Question: v.T.GalleryQuestion(),
			Form: lessons.Choices(v.choices()), Choices: v.choices(), Truth: "A", Believed: believed,
		}}
	}
	asked, overcome := of("wrong", "B"), of("right", "C")
	asked.Due, overcome.Overcome = true, true
	return ProgressView{CourseView: CourseView{Page: v.Page}, Believed: []Misconception{asked, overcome}, Overcome: 1}
}

func (v GalleryView) steps() *lessons.Steps {
	return &lessons.Steps{Items: []lessons.Step{
		{Text: v.T.GalleryStep("read")},
		{Text: v.T.GalleryStep("set"), Set: &lessons.Setting{Start: lab.Step}},
		{Text: v.T.GalleryStep("set"), Set: &lessons.Setting{Start: lab.Step}},
	}}
}

func (v GalleryView) exercise() *lessons.Exercise {
	trial := func(id string) lessons.Trial {
		return lessons.Trial{ID: id, Title: v.T.GalleryTrial(id), Hints: v.T.GalleryHints(), Set: &lessons.Setting{}}
	}
	return &lessons.Exercise{Program: "client", Trials: []lessons.Trial{trial("one"), trial("pieces"), trial("silence")}}
}

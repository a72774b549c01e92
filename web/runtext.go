package web

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"fivetuple/lessons"
	"fivetuple/sandbox/event"
	"fivetuple/web/text"
)

// RunText is a recorded run to be read, where scripts are off.
type RunText struct {
	T       text.Lang
	Address string // of the folder with its forms
	Label   string // that it was recorded, when, and on what; empty where the page says so anyway
	Which   string // which step has set the lab; empty of the lab as it is
	Back    string // to the run of the lab as it is; empty when it is that
	Events  []event.Event
}

// How many sentences of a run stand open, and how many in a page at all: the
// rest is in the forms to be fetched.
const (
	openLines = 200
	mostLines = 2000
)

// runLine is a sentence of a run.
type runLine struct{ Time, Text string }

// lines are the sentences of a run: those that stand open, those behind them,
// and how many there are in all.
func (v RunText) lines() (open, rest []runLine, all int) {
	t := newTeller(v.words())
	var lines []runLine
	for i := range v.Events {
		for _, s := range t.told(&v.Events[i]) {
			if all++; all <= mostLines {
				lines = append(lines, runLine{moment(s.t), s.text})
			}
		}
	}
	n := min(len(lines), openLines)
	return lines[:n], lines[n:], all
}

// words are those of the stage, for one who had no hand in the run.
func (v RunText) words() map[string]string {
	words := v.T.Stage()
	maps.Copy(words, v.T.OfOthers())
	return words
}

// moment is a time of a run as tables have it.
func moment(t int64) string { return fmt.Sprintf("%.4f", time.Duration(t).Seconds()) }

// packetRow is a packet of a run, and what became of it.
type packetRow struct {
	ID                         uint64
	Time, From, To, What       string
	Seq, Ack, Length, BecameOf string
}

// cells are the columns of the table, as [text.Lang.PacketColumns] names them.
func (r packetRow) cells() []string {
	return []string{fmt.Sprint(r.ID), r.Time, r.From, r.To, r.What, r.Seq, r.Ack, r.Length, r.BecameOf}
}

// packets are the packets of a run, in the order in which they were sent.
func (v RunText) packets() []packetRow {
	var rows []packetRow
	at := map[uint64]int{} // in rows, by packet
	t := newTeller(v.words())
	for i := range v.Events {
		e := &v.Events[i]
		if e.Kind != event.KindPacket {
			continue
		}
		p := t.take(e)
		n, seen := at[e.ID]
		if !seen {
			n, at[e.ID] = len(rows), len(rows)
			rows = append(rows, newPacketRow(p))
		}
		if said := v.fate(t, e); said != "" {
			rows[n].BecameOf = said
		}
	}
	return rows[:min(len(rows), mostLines)]
}

func newPacketRow(p *packet) packetRow {
	s := p.summary
	row := packetRow{
		ID: p.first.ID, Time: moment(p.first.T), From: join(" ", p.first.From, s.Src), To: join(" ", p.first.To, s.Dst),
		What: join(" ", derived(p.first.Derived)+s.Proto, strings.Join(s.Flags, "+")), Length: fmt.Sprint(s.Len),
	}
	if s.Seq != nil {
		row.Seq = fmt.Sprint(p.seq)
	}
	if s.Ack != nil {
		row.Ack = fmt.Sprint(p.ack)
	}
	return row
}

// fate is what an event says of what became of its packet.
func (v RunText) fate(t *teller, e *event.Event) string {
	switch e.Phase {
	case event.PhaseDelivered:
		return v.T.Arrived(moment(e.T))
	case event.PhaseDropped, event.PhaseDiscarded:
		return "✗ " + t.reason(e.Reason)
	case event.PhaseHeld:
		return v.T.Held()
	}
	return ""
}

// ReadAsText has the page come with recorded runs of its labs as text; step is
// the id of the one that is to have set the lesson's lab, or empty. The error
// is that of a recording which cannot be read.
func (v *LessonView) ReadAsText(c *lessons.Course, step string) error {
	v.Texts, v.AsText, v.StepTexts = map[string]*RunText{}, true, map[*lessons.Setting]string{}
	for _, b := range v.Lesson.Blocks {
		var err error
		switch b := b.(type) {
		case *lessons.LabBlock:
			v.Texts[b.Lab.Name], err = v.runText(c, b.Lab.Name, step)
		case *lessons.Steps:
			v.linkSteps(c, b)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// runText is the run of a lab as text: of the lab as a step sets it where that
// is recorded, else as it is; nil when that is not either.
func (v *LessonView) runText(c *lessons.Course, lab, step string) (*RunText, error) {
	n := v.place(lab, step)
	if n == 0 || c.Recording(lab, step) == nil {
		n, step = 0, ""
	}
	recorded := c.Recording(lab, step)
	if recorded == nil {
		return nil, nil
	}
	rec, err := recorded.Read()
	if err != nil {
		return nil, err
	}
	run := newRun(recorded, "")
	t := &RunText{T: v.T, Address: run.Address, Label: run.label(v.T), Events: rec.Events}
	if shown := v.Still.run(recorded.Lab); shown != nil && shown.label(v.T) == t.Label {
		t.Label = "" // it stands above the lab
	}
	if n > 0 {
		t.Which, t.Back = v.T.RunOfStep(n), "?"+TextQuery+"#run"
	}
	return t, nil
}

// place is which of its list's steps one is, from 1; 0 when the lesson, or a
// lab that is not named like it, has no such step.
func (v *LessonView) place(lab, step string) int {
	for _, b := range v.Lesson.Blocks {
		if b, ok := b.(*lessons.Steps); ok && step != "" && lab == v.Path {
			if i := slices.IndexFunc(b.Items, func(s lessons.Step) bool { return s.ID == step }); i >= 0 {
				return i + 1
			}
		}
	}
	return 0
}

// linkSteps has each step lead to the run that it has set.
func (v *LessonView) linkSteps(c *lessons.Course, b *lessons.Steps) {
	for _, step := range b.Items {
		if step.ID != "" && c.Recording(v.Path, step.ID) != nil {
			v.StepTexts[step.Set] = "?" + TextQuery + "=" + step.ID + "#run"
		}
	}
}

// fileText is the run of an exported page, which says itself what it is.
func (v stageView) fileText() RunText {
	return RunText{T: v.T, Address: v.Shown.Address, Events: v.Shown.Events}
}

// needsScript says why a stage needs scripts.
func (v stageView) needsScript() string {
	switch {
	case v.Data.Kept != "":
		return v.T.RunNeedsScript()
	case v.Shown != nil:
		return v.T.ReplayByScript()
	}
	return v.T.StageNeedsScript()
}

// onward is an address of another page, with its runs as text where those of
// this page are.
func (p Page) onward(address string) string {
	if p.AsText {
		return address + "?" + TextQuery
	}
	return address
}

package lessons

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"fivetuple/sandbox/check"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/recording"
)

// A figure is what a lesson quotes of a recorded run: {{NAME}} in its text is
// what the function figure_NAME of checks.star makes of the run that lies
// beside the lab. To read all recordings takes more than a second, so what was
// made of each lies beside it in figures.json, and is made anew only when the
// recording or checks.star is another one by now.

// FiguresFile is the name of the file beside a lab with the figures of its
// recorded runs.
const FiguresFile = "figures.json"

// figured is what was made of one recording.
type figured struct {
	Of      string            `json:"of"` // fingerprint of the recording and of checks.star
	Figures map[string]string `json:"figures"`
}

// shot is a recorded run of which something is quoted.
type shot struct {
	lab     *lab.Lab
	made    recording.Made
	packed  []byte
	run     *recording.Recording // nil until it has to be read
	figured figured
}

// shots are the recorded runs that a course quotes.
type shots struct {
	fsys  fs.FS
	taken map[string]*shot              // by file of the recording
	kept  map[string]map[string]figured // figures.json as it was read, by lab and name of the recording
	later bool                          // those that no recording gives are no fault
}

// errNoRun means that there is no recorded run of which a figure could be made.
var errNoRun = errors.New("there is no recorded run")

// errQuotePlace means that a figure stands where text is taken as it is.
var errQuotePlace = errors.New("none can stand in the front matter or in a heading")

// figure is the text of a figure of a recorded run, and when and on what that
// was made. What a recording does not give may be found wrong only now.
func (c *Course) figure(l *lab.Lab, step, name string) (string, recording.Made, error) {
	s, err := c.shot(l, step)
	if err != nil {
		return "", recording.Made{}, err
	}
	if text, ok := s.figured.Figures[name]; ok {
		return text, s.made, nil
	}
	if s.run == nil {
		if s.run, err = recording.Unpack(s.packed); err != nil {
			return "", s.made, fmt.Errorf("%s: %w", RecordingFile(l.Name, step), err)
		}
	}
	all, err := check.Figures(context.Background(), l, s.run.Events, []string{name})
	if err != nil {
		return "", s.made, err
	}
	if all[0].Err != nil {
		return "", s.made, all[0].Err
	}
	s.figured.Figures[name] = all[0].Text
	return all[0].Text, s.made, nil
}

// shot is a recorded run with the figures that were made of it, as far as they
// still are those.
func (c *Course) shot(l *lab.Lab, step string) (*shot, error) {
	file := RecordingFile(l.Name, step)
	if s, ok := c.shots.taken[file]; ok {
		return s, nil
	}
	packed, err := fs.ReadFile(c.shots.fsys, file)
	if err != nil {
		return nil, fmt.Errorf("%w %s", errNoRun, file)
	}
	head, err := recording.UnpackHead(packed)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	s := &shot{lab: l, packed: packed, figured: figured{figuredOf(l, packed), map[string]string{}}}
	if head.Made != nil {
		s.made = *head.Made
	}
	if kept := c.keptFigures(l)[path.Base(file)]; kept.Of == s.figured.Of {
		maps.Copy(s.figured.Figures, kept.Figures)
	}
	c.shots.taken[file] = s
	return s, nil
}

// figuredOf is another one when figures may be other ones.
func figuredOf(l *lab.Lab, packed []byte) string {
	sum := sha256.New()
	_, _ = fmt.Fprintf(sum, "%d\n%s", len(l.Checks), l.Checks) // a hash takes everything
	_, _ = sum.Write(packed)
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

// keptFigures are those in the figures.json of a lab. It is only a store: one
// that cannot be read is one that is not there.
func (c *Course) keptFigures(l *lab.Lab) map[string]figured {
	kept, ok := c.shots.kept[l.Name]
	if !ok {
		if text, err := fs.ReadFile(c.shots.fsys, figuresOf(l.Name)); err == nil {
			_ = json.Unmarshal(text, &kept)
		}
		c.shots.kept[l.Name] = kept
	}
	return kept
}

// forget drops what is needed only to make figures.
func (c *Course) forget() {
	for _, s := range c.shots.taken {
		s.packed, s.run = nil, nil
	}
	c.shots.fsys, c.shots.kept = nil, nil
}

func figuresOf(lab string) string { return path.Join("labs", lab, FiguresFile) }

// Figures are the names of the figures that lessons quote of a lab, or of it
// as the step of an id sets it.
func (c *Course) Figures(lab, step string) []string { return c.quoted[RecordingFile(lab, step)] }

// FigureFiles are the files with figures as they should lie beside the labs,
// by name.
func (c *Course) FigureFiles() map[string][]byte {
	byLab := map[string]map[string]figured{}
	for file, s := range c.shots.taken {
		quoted := figured{s.figured.Of, map[string]string{}}
		for _, name := range c.quoted[file] {
			if text, ok := s.figured.Figures[name]; ok {
				quoted.Figures[name] = text
			}
		}
		if byLab[s.lab.Name] == nil {
			byLab[s.lab.Name] = map[string]figured{}
		}
		byLab[s.lab.Name][path.Base(file)] = quoted
	}
	files := map[string][]byte{}
	for name, all := range byLab {
		var text bytes.Buffer
		e := json.NewEncoder(&text)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		_ = e.Encode(all) // texts of our own into memory
		files[figuresOf(name)] = text.Bytes()
	}
	return files
}

// quote is the HTML of a figure that the lesson names: NAME, STEP.NAME or
// UNIT/LESSON:NAME. What is wrong with it is told at the end.
func (p *parser) quote(written string) string {
	text, title, err := p.quoted(written)
	if err != nil {
		p.misquoted(written, err)
		text = "…"
	}
	return `<span class="measured" title="` + html.EscapeString(title) + `">` + html.EscapeString(text) + `</span>`
}

func (p *parser) quoted(written string) (text, title string, err error) {
	l, step, name, err := p.quotes(written)
	if err != nil {
		return "", "", err
	}
	file := RecordingFile(l.Name, step)
	if p.lesson.Lang == p.course.Langs[0] && !slices.Contains(p.course.quoted[file], name) {
		p.course.quoted[file] = append(p.course.quoted[file], name)
		slices.Sort(p.course.quoted[file])
	}
	p.lesson.quotes = append(p.lesson.quotes, written)
	text, made, err := p.course.figure(l, step, name)
	if err != nil && p.course.shots.later {
		return "…", "", nil
	}
	return text, recordedTitle(p.lesson.Lang, made), err
}

// quotes reads what is written between the braces. That there is such a
// function can be said without a run.
func (p *parser) quotes(written string) (l *lab.Lab, step, name string, err error) {
	of, rest, elsewhere := strings.Cut(written, ":")
	if !elsewhere {
		of, rest = p.lesson.Unit+"/"+p.lesson.Name, written
	}
	l, ok := p.course.Lab(of)
	if !ok {
		return nil, "", "", fmt.Errorf("there is no lab %q in labs", of)
	}
	step, name, stepped := strings.Cut(rest, ".")
	if !stepped {
		step, name = "", rest
	}
	if !strings.Contains(l.Checks, "\ndef figure_"+name+"(") && !strings.HasPrefix(l.Checks, "def figure_"+name+"(") {
		return nil, "", "", fmt.Errorf("labs/%s/checks.star has no def figure_%s(run)", l.Name, name)
	}
	return l, step, name, nil
}

// misquoted keeps what is wrong with a figure, once, with the first line that
// names it.
func (p *parser) misquoted(written string, err error) {
	mark := "{{" + written + "}}"
	line := p.line + bytes.Count(p.text[:max(0, bytes.Index(p.text, []byte(mark)))], []byte("\n"))
	fault := at(p.file, line, fmt.Errorf("figure %s: %w", mark, err))
	if !slices.ContainsFunc(p.misquotes, func(e error) bool { return e.Error() == fault.Error() }) {
		p.misquotes = append(p.misquotes, fault)
	}
}

// recordedTitle says of which run a figure is.
func recordedTitle(lang string, made recording.Made) string {
	forms := map[string][2]string{
		"en": {"From the run of this lab that was recorded on %s (%s)", "2 January 2006"},
		"ko": {"%s에 기록한 이 실습의 실행에서 나온 값(%s)", "2006년 1월 2일"},
	}
	form := forms[lang]
	return fmt.Sprintf(form[0], made.At.In(time.UTC).Format(form[1]), made.On)
}

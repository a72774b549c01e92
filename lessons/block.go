package lessons

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// Block is a part of a lesson: [*Prose], [*LabBlock], [*Predict], [*Quiz],
// [*Steps], [*Exercise], [*Instructor] or [*Connection].
type Block interface{ block() }

// Prose is text. Its HTML is safe: raw HTML of the source is left out.
type Prose struct{ HTML string }

// LabBlock is where a lab stands.
type LabBlock struct{ Lab *lab.Lab }

// Quiz is a question with one right choice.
type Quiz struct {
	ID, Question string
	Choices      []Choice
}

// Choice is an answer. Text and Why are HTML; the key of a quiz's choice that
// has none is the place where it is written, from 1.
type Choice struct {
	Key, Text, Why string
	Right          bool
}

// Right is the right choice.
func (q *Quiz) Right() Choice {
	return q.Choices[slices.IndexFunc(q.Choices, func(c Choice) bool { return c.Right })]
}

// Steps are things to do, in order.
type Steps struct{ Items []Step }

// Step is one thing to do. Set, when not nil, is how it sets the lab; then ID,
// when not empty, names what the lab's checks claim of a run so set.
type Step struct {
	ID, Text string // the text is HTML
	Set      *Setting
	At       string // file and line where it is written
}

// Setting is a change of a lab before a run.
type Setting struct {
	Wire     *event.WireChange // nil when it stays as it is
	Timeline *[]lab.WireStep   // in the place of the lab's; nil when that stays
	Start    lab.Start
	Programs map[string]string // source by program

	// Versions are what the programs are in other languages, by program and the
	// ending of its language (.c), as far as the course has it.
	Versions map[string]map[string]string
}

// Instructor is a note for whoever teaches.
type Instructor struct{ HTML string }

// Connection is where the page shows its own WebSocket.
type Connection struct{}

// Apply returns l as the setting changes it.
func (s *Setting) Apply(l *lab.Lab) *lab.Lab {
	set := *l
	set.Programs = slices.Clone(l.Programs)
	for i := range set.Programs {
		if source, ok := s.Programs[set.Programs[i].Name]; ok {
			set.Programs[i].Source = []byte(source)
		}
	}
	if s.Wire != nil {
		set.Wire = s.Wire.Apply(l.Wire)
	}
	if s.Timeline != nil {
		set.Timeline = *s.Timeline
	}
	if s.Start != "" {
		set.Start = s.Start
	}
	return &set
}

// outline is what a setting sets but for the texts of programs, in which
// comments are in the reader's language.
func (s *Setting) outline() string {
	if s == nil {
		return ""
	}
	wire, _ := json.Marshal(s.Wire) // our own types
	outline := fmt.Sprintf("%s %s %v", wire, s.Start, slices.Sorted(maps.Keys(s.Programs)))
	if s.Timeline != nil {
		timeline, _ := json.Marshal(s.Timeline)
		outline += " timeline " + string(timeline)
	}
	return outline
}

// In returns l as the setting changes it, with each program in the language
// with this ending; false when the course does not have all of them in it.
func (s *Setting) In(l *lab.Lab, ending string) (*lab.Lab, bool) {
	other, ok := l.In(ending)
	if !ok {
		return nil, false
	}
	own := *s
	own.Programs = map[string]string{}
	for program := range s.Programs {
		if own.Programs[program], ok = s.Versions[program][ending]; !ok {
			return nil, false
		}
	}
	return own.Apply(other), true
}

func (*Prose) block()      {}
func (*LabBlock) block()   {}
func (*Quiz) block()       {}
func (*Steps) block()      {}
func (*Instructor) block() {}
func (*Connection) block() {}

// question is a quiz block, or a predict block of choices, as it is written.
type question struct {
	ID       string `yaml:"id"`
	Question string `yaml:"question"`
	Choices  []struct {
		Key   string `yaml:"key"`
		Text  string `yaml:"text"`
		Why   string `yaml:"why"`
		Right bool   `yaml:"right"`
	} `yaml:"choices"`
}

// makers read the blocks that are not prose.
var makers = map[string]func(*parser, string) (Block, error){
	"lab": (*parser).lab, "predict": (*parser).predict, "quiz": (*parser).quiz,
	"steps": (*parser).steps, "instructor": (*parser).instructor,
	"connection": (*parser).connection, "exercise": (*parser).exercise,
}

func strict(text string, v any) error { return lab.Unmarshal([]byte(text), v) }

func (p *parser) lab(text string) (Block, error) {
	var b struct {
		Lab string `yaml:"lab"`
	}
	if err := strict(text, &b); err != nil {
		return nil, err
	}
	l, ok := p.course.Lab(b.Lab)
	if !ok {
		return nil, fmt.Errorf("there is no lab %q in labs", b.Lab)
	}
	p.labs = append(p.labs, l)
	return &LabBlock{l}, nil
}

func (p *parser) connection(text string) (Block, error) {
	if strings.TrimSpace(text) != "" {
		return nil, errors.New("a connection block is empty: it shows the page's own WebSocket")
	}
	return &Connection{}, nil
}

func (p *parser) choices(text string) (question, []Choice, error) {
	var q question
	if err := strict(text, &q); err != nil {
		return q, nil, err
	}
	if q.ID == "" || q.Question == "" || len(q.Choices) < 2 {
		return q, nil, errors.New("a question needs id, question and at least two choices")
	}
	if err := p.taken(q.ID); err != nil {
		return q, nil, err
	}
	var choices []Choice
	for i, c := range q.Choices {
		if c.Text == "" || c.Why == "" {
			return q, nil, fmt.Errorf("choice %d needs text and why", i+1)
		}
		choices = append(choices, Choice{Key: c.Key, Text: p.inline(c.Text), Why: p.inline(c.Why), Right: c.Right})
	}
	q.Question = p.inline(q.Question)
	return q, choices, nil
}

func (p *parser) quiz(text string) (Block, error) {
	q, choices, err := p.choices(text)
	if err != nil {
		return nil, err
	}
	right := 0
	for i, c := range choices {
		if c.Key == "" {
			choices[i].Key = strconv.Itoa(i + 1)
		}
		if c.Right {
			right++
		}
	}
	if right != 1 {
		return nil, fmt.Errorf("%d choices are right, exactly one must be", right)
	}
	p.mix(q.ID, choices)
	return &Quiz{q.ID, q.Question, choices}, nil
}

// mix puts the choices of a quiz in an order that is the same each time and in
// every language. Where they stand as they were written, the right one is the
// middle one far too often.
func (p *parser) mix(id string, choices []Choice) {
	slices.SortFunc(choices, func(a, b Choice) int {
		place := func(c Choice) []byte {
			sum := sha256.Sum256(fmt.Append(nil, p.lesson.Unit, "/", p.lesson.Name, "/", id, "/", c.Key))
			return sum[:]
		}
		return bytes.Compare(place(a), place(b))
	})
}

func (p *parser) instructor(text string) (Block, error) { return &Instructor{p.html(text)}, nil }

// stepForm is a step as it is written.
type stepForm struct {
	ID   string       `yaml:"id"`
	Text string       `yaml:"text"`
	Set  *settingForm `yaml:"set"`
}

// settingForm is a setting as it is written.
type settingForm struct {
	Wire     map[string]string `yaml:"wire"`
	Timeline *lab.TimelineForm `yaml:"timeline"`
	Start    lab.Start         `yaml:"start"`
	Programs map[string]string `yaml:"programs"`
	Files    map[string]string `yaml:"files"` // names of files of the lab
}

func (p *parser) steps(text string) (Block, error) {
	var forms []stepForm
	if err := strict(text, &forms); err != nil {
		return nil, err
	}
	b := &Steps{}
	for i, f := range forms {
		if f.Text == "" {
			return nil, fmt.Errorf("step %d has no text", i+1)
		}
		var set *Setting
		if f.Set != nil {
			var err error
			if set, err = p.settingIn(path.Join("labs", p.lesson.Unit, p.lesson.Name), *f.Set); err != nil {
				return nil, fmt.Errorf("step %d: %w", i+1, err)
			}
		}
		if f.ID != "" && set == nil {
			return nil, fmt.Errorf("step %d: only a step with set can be checked, so only it has an id", i+1)
		}
		if f.ID != "" {
			p.claims = append(p.claims, claim{"step", f.ID, "break_"})
		}
		b.Items = append(b.Items, Step{f.ID, p.inline(f.Text), set, p.place(text, f.ID)})
	}
	return b, nil
}

// settings are the wire's settings in one line, in a fixed order.
func settings(wire map[string]string) string {
	var parts []string
	for _, key := range slices.Sorted(maps.Keys(wire)) {
		parts = append(parts, key+"="+wire[key])
	}
	return strings.Join(parts, ",")
}

// settingIn reads what is set of the lab in folder dir.
func (p *parser) settingIn(dir string, f settingForm) (*Setting, error) {
	if f.Start != "" && f.Start != lab.Run && f.Start != lab.Step {
		return nil, fmt.Errorf("start %q is neither run nor step", f.Start)
	}
	set := &Setting{Start: f.Start, Programs: map[string]string{}, Versions: map[string]map[string]string{}}
	if len(f.Wire) > 0 {
		change, err := lab.ParseWire(settings(f.Wire))
		if err != nil {
			return nil, err
		}
		set.Wire = &change
	}
	if f.Timeline != nil {
		steps := f.Timeline.Steps()
		set.Timeline = &steps
	}
	for program, source := range f.Programs {
		set.Programs[program] = source
	}
	for program, file := range f.Files {
		source, err := p.source(dir, file)
		if err != nil {
			return nil, err
		}
		set.Programs[program] = source
		if versions := p.versions(dir, file); len(versions) > 0 {
			set.Versions[program] = versions
		}
	}
	return set, p.fits(dir, set)
}

// fits says what of a setting the lab in folder dir cannot have. What is wrong
// with the lab itself is said elsewhere.
func (p *parser) fits(dir string, set *Setting) error {
	l, ok := p.course.Lab(strings.TrimPrefix(dir, "labs/"))
	if !ok {
		return nil
	}
	for _, program := range slices.Sorted(maps.Keys(set.Programs)) {
		if names := l.ProgramNames(); !slices.Contains(names, program) {
			return event.NoneOf("program", program, names...)
		}
	}
	return set.Apply(l).Validate()
}

// source is a file of the lab in folder dir.
func (p *parser) source(dir, file string) (string, error) {
	source, err := fs.ReadFile(p.fsys, path.Join(dir, file))
	if err != nil || strings.Contains(file, "/") {
		return "", fmt.Errorf("there is no file %s", path.Join(dir, file))
	}
	return string(source), nil
}

// versions are the files beside a file of the lab in folder dir that have its
// name and the ending of another language: the same program in that.
func (p *parser) versions(dir, file string) map[string]string {
	all := map[string]string{}
	for _, ending := range lab.Languages {
		if source, err := p.source(dir, strings.TrimSuffix(file, path.Ext(file))+ending); err == nil && ending != path.Ext(file) {
			all[ending] = source
		}
	}
	return all
}

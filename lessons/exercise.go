package lessons

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"fivetuple/sandbox/lab"
)

// Exercise is a program that the learner writes, or a host that they play by
// hand, and the trials that it is put to: the lab of the lesson, each time
// set in another way. Whether it passed, the function grade_ID of checks.star
// says of the run.
type Exercise struct {
	Lab      *lab.Lab
	Program  string // the name of the learner's program in the lab; empty when they play its host Hand
	Solution string // a source, or the text of moves, that passes every trial
	At       string // file where all this is written: exercise.yaml
	Wrong    []Wrong
	Trials   []Trial
}

// Trial is one of an exercise.
type Trial struct {
	ID    string
	Title string   // HTML
	Hints []string // HTML; the first one says least
	Set   *Setting
	Same  bool // judged by the run of the trial before it

	Mistakes []Slip // those of which grade_ID knows the signs
}

// Slip is a mistake that is often made in a trial.
type Slip struct{ Key, Hint string } // Hint is HTML

// Wrong is a source as learners write it, or moves as they make them, and the
// trial in which it fails: those before it, it passes.
type Wrong struct {
	File, Source, Fails string
	Mistake             string // key of the one that it makes there; empty when the trial names none
	At                  string // file and line where it is listed
}

func (*Exercise) block() {}

// Trial returns the trial with this id.
func (e *Exercise) Trial(id string) (Trial, bool) {
	i := slices.IndexFunc(e.Trials, func(t Trial) bool { return t.ID == id })
	if i < 0 {
		return Trial{}, false
	}
	return e.Trials[i], true
}

// Rounds are the trials by the runs that judge them.
func (e *Exercise) Rounds() (rounds [][]Trial) {
	for _, t := range e.Trials {
		if last := len(rounds) - 1; t.Same {
			rounds[last] = append(rounds[last], t)
			continue
		}
		rounds = append(rounds, []Trial{t})
	}
	return rounds
}

// ByHand says whether the learner plays a host and writes no program.
func (e *Exercise) ByHand() bool { return e.Program == "" }

// Beginning is what the learner begins with: a source, or no moves.
func (e *Exercise) Beginning() string {
	for _, p := range e.Lab.Programs {
		if p.Name == e.Program {
			return string(p.Source)
		}
	}
	return ""
}

// Lab of a trial, with the learner's program as source has it, or with the
// moves of which it is the text. The error says what is wrong with those.
func (e *Exercise) With(t Trial, source string) (*lab.Lab, error) {
	l := t.Set.Apply(e.Lab)
	if e.ByHand() {
		var err error
		l.Moves, err = lab.ParseMoves([]byte(source))
		return l, err
	}
	for i := range l.Programs {
		if l.Programs[i].Name == e.Program {
			l.Programs[i].Source = []byte(source)
		}
	}
	return l, nil
}

// Exercise is the exercise of l, nil when it has none.
func (l *Lesson) Exercise() *Exercise {
	for _, b := range l.Blocks {
		if e, ok := b.(*Exercise); ok {
			return e
		}
	}
	return nil
}

// exerciseFile is what an exercise is in any language: exercise.yaml beside
// lab.yaml.
type exerciseFile struct {
	Program  string `yaml:"program"`
	Solution string `yaml:"solution"`
	Trials   []struct {
		ID  string       `yaml:"id"`
		Set *settingForm `yaml:"set"` // when absent, the run of the trial before it judges this one too
	} `yaml:"trials"`
	Wrong []struct {
		File    string `yaml:"file"`
		Fails   string `yaml:"fails"`
		Mistake string `yaml:"mistake"`
	} `yaml:"wrong"`
}

// exercise reads a block of the words of an exercise; the lab stands before
// it in the lesson.
func (p *parser) exercise(text string) (Block, error) {
	var words struct {
		Trials []struct {
			ID       string     `yaml:"id"`
			Title    string     `yaml:"title"`
			Hints    []string   `yaml:"hints"`
			Mistakes []slipForm `yaml:"mistakes"`
		} `yaml:"trials"`
	}
	if err := strict(text, &words); err != nil {
		return nil, err
	}
	if len(p.labs) == 0 {
		return nil, errors.New("an exercise stands below its lab")
	}
	e, err := p.exerciseOf(p.labs[len(p.labs)-1])
	if err != nil {
		return nil, err
	}
	if len(words.Trials) != len(e.Trials) {
		return nil, fmt.Errorf("%d trials have words here, exercise.yaml has %d", len(words.Trials), len(e.Trials))
	}
	for i, w := range words.Trials {
		t := &e.Trials[i]
		if w.ID != t.ID {
			return nil, fmt.Errorf("trial %d is %s here, and %s in exercise.yaml", i+1, w.ID, t.ID)
		}
		if w.Title == "" || len(w.Hints) == 0 {
			return nil, fmt.Errorf("trial %s needs a title and hints", w.ID)
		}
		t.Title = p.inline(w.Title)
		for _, h := range w.Hints {
			t.Hints = append(t.Hints, p.inline(h))
		}
		if t.Mistakes, err = p.slips(w.Mistakes); err != nil {
			return nil, fmt.Errorf("trial %s: %w", w.ID, err)
		}
		p.claims = append(p.claims, claim{"trial", w.ID, "grade_"})
	}
	return e, e.agree()
}

// slipForm is a mistake of a trial as it is written.
type slipForm struct {
	Key  string `yaml:"key"`
	Hint string `yaml:"hint"`
}

func (p *parser) slips(written []slipForm) (slips []Slip, err error) {
	for _, w := range written {
		if w.Key == "" || w.Hint == "" {
			return nil, fmt.Errorf("mistake %q needs a key and a hint", w.Key)
		}
		if slices.ContainsFunc(slips, func(s Slip) bool { return s.Key == w.Key }) {
			return nil, fmt.Errorf("mistake %s is there twice", w.Key)
		}
		slips = append(slips, Slip{w.Key, p.inline(w.Hint)})
	}
	return slips, nil
}

// agree sees to it that wrong solutions and the words of the trials speak of
// the same mistakes. A trial without any is one of an older course.
func (e *Exercise) agree() error {
	for _, w := range e.Wrong {
		t, _ := e.Trial(w.Fails)
		known := slices.ContainsFunc(t.Mistakes, func(s Slip) bool { return s.Key == w.Mistake })
		if !known && (w.Mistake != "" || len(t.Mistakes) > 0) {
			return fmt.Errorf("%s: wrong: %s makes the mistake %q, of which trial %s has no hint", w.At, w.File, w.Mistake, w.Fails)
		}
	}
	return nil
}

// exerciseOf reads the exercise.yaml of a lab.
func (p *parser) exerciseOf(l *lab.Lab) (*Exercise, error) {
	dir := path.Join("labs", l.Name)
	name := path.Join(dir, "exercise.yaml")
	text, err := fs.ReadFile(p.fsys, name)
	if err != nil {
		return nil, err
	}
	var f exerciseFile
	if err := strict(string(text), &f); err != nil {
		return nil, at(name, 0, err)
	}
	e := &Exercise{Lab: l, Program: f.Program, At: name}
	if l.Hand == "" && !slices.Contains(l.ProgramNames(), f.Program) {
		return nil, fmt.Errorf("%s: program: the lab has no %q", name, f.Program)
	}
	if l.Hand != "" && f.Program != "" {
		return nil, fmt.Errorf("%s: program: the learner plays the host %s of this lab, and writes no program", name, l.Hand)
	}
	if len(f.Trials) == 0 || len(f.Wrong) < 2 {
		return nil, fmt.Errorf("%s: an exercise needs trials, and two wrong solutions at least", name)
	}
	set := &Setting{}
	for i, t := range f.Trials {
		if t.Set != nil {
			if set, err = p.settingIn(dir, *t.Set); err != nil {
				return nil, fmt.Errorf("%s: trial %s: %w", name, t.ID, err)
			}
		}
		e.Trials = append(e.Trials, Trial{ID: t.ID, Set: set, Same: t.Set == nil && i > 0})
	}
	if e.Solution, err = p.attempt(e, f.Solution); err != nil {
		return nil, fmt.Errorf("%s: solution: %w", name, err)
	}
	for _, w := range f.Wrong {
		source, err := p.attempt(e, w.File)
		if err != nil {
			return nil, fmt.Errorf("%s: wrong: %w", name, err)
		}
		if _, ok := e.Trial(w.Fails); !ok {
			return nil, fmt.Errorf("%s: wrong: %s fails in %q, which is no trial", name, w.File, w.Fails)
		}
		e.Wrong = append(e.Wrong, Wrong{w.File, source, w.Fails, w.Mistake, fmt.Sprintf("%s:%d", name, lineOf(string(text), "file", w.File))})
	}
	return e, nil
}

// attempt is a file with what somebody did in an exercise.
func (p *parser) attempt(e *Exercise, file string) (string, error) {
	source, err := p.source(path.Join("labs", e.Lab.Name), file)
	if err != nil {
		return "", err
	}
	if _, err := e.With(e.Trials[0], source); err != nil {
		return "", fmt.Errorf("%s: %w", file, err)
	}
	return source, nil
}

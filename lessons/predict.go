package lessons

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Predict is a question answered before the run; what is right comes from the
// learner's own run.
type Predict struct {
	ID, Question string // the question is HTML
	Form         Form
	Choices      []Choice  // of the form choice
	Why          string    // HTML: why the run shows what it shows; of the other forms
	Mistakes     []Mistake // of the other forms
	At           string    // file and line where it is written
}

func (*Predict) block() {}

// Words is the HTML of all that the block says.
func (p *Predict) Words() []string {
	all := []string{p.Question}
	switch f := p.Form.(type) {
	case Choices:
		for _, c := range f {
			all = append(all, c.Text, c.Why)
		}
	case *Field:
		all = append(all, f.Packet)
		for _, h := range f.Header {
			all = append(all, h.Name, h.Value)
		}
	case *Number:
		all = append(all, f.Unit)
	case *Order:
		for _, item := range f.Items {
			all = append(all, item.Text)
		}
	case *States:
		for _, end := range f.Ends {
			all = append(all, end.Text)
		}
	}
	for _, m := range p.Mistakes {
		all = append(all, m.Why)
	}
	if p.Why != "" {
		all = append(all, p.Why)
	}
	return all
}

// Confirm says what is wrong with the answer that a run of the lab gave:
// whether a learner can give it, and is not told that it is a mistake.
func (p *Predict) Confirm(answer string) error {
	truth, ok := p.Form.Read(answer)
	if !ok {
		return fmt.Errorf("the answer %q is none that can be given", answer)
	}
	for _, m := range p.Mistakes {
		if p.Form.Makes(truth, m.Answer) {
			return fmt.Errorf("the mistake %s is right in this run: %s", m.Answer, truth)
		}
	}
	if f, ok := p.Form.(interface{ confirm(truth string) error }); ok {
		return f.confirm(truth)
	}
	return nil
}

// predictForms read a predict block of each form that is named.
var predictForms = map[string]func(*parser, string) (asked, Form, error){
	"field": (*parser).field, "number": (*parser).number, "order": (*parser).order, "states": (*parser).states,
}

// asked is what predict blocks of all forms but choice have.
type asked struct {
	ID       string `yaml:"id"`
	Form     string `yaml:"form"`
	Question string `yaml:"question"`
	Why      string `yaml:"why"`
	Mistakes []struct {
		Answer any    `yaml:"answer"`
		Why    string `yaml:"why"`
	} `yaml:"mistakes"`
}

// itemForm is an item as it is written.
type itemForm struct {
	Key  string `yaml:"key"`
	Text string `yaml:"text"`
}

func (p *parser) predict(text string) (Block, error) {
	var all map[string]any
	if err := strict(text, &all); err != nil {
		return nil, err
	}
	name, written := all["form"]
	if !written {
		return p.predictChoice(text)
	}
	read := predictForms[fmt.Sprint(name)]
	if read == nil {
		return nil, fmt.Errorf("form %v: the forms are %s, and choice, which is not named", name, strings.Join(slices.Sorted(maps.Keys(predictForms)), ", "))
	}
	q, form, err := read(p, text)
	if err != nil {
		return nil, err
	}
	if q.ID == "" || q.Question == "" || q.Why == "" {
		return nil, errors.New("a predict block needs id, question and why")
	}
	if err := p.taken(q.ID); err != nil {
		return nil, err
	}
	b := &Predict{ID: q.ID, Question: p.inline(q.Question), Form: form, Why: p.inline(q.Why), At: p.place(text, q.ID)}
	for i, m := range q.Mistakes {
		answer, err := form.mistake(m.Answer)
		if err == nil && m.Why == "" {
			err = errors.New("it needs a why")
		}
		if err != nil {
			return nil, fmt.Errorf("mistake %d: %w", i+1, err)
		}
		b.Mistakes = append(b.Mistakes, Mistake{answer, p.inline(m.Why)})
	}
	p.claims = append(p.claims, claim{"predict", q.ID, "answer_"})
	return b, nil
}

// taken refuses an id that another question of the lesson has.
func (p *parser) taken(id string) error {
	if p.ids[id] {
		return fmt.Errorf("id %s is there twice in this lesson", id)
	}
	p.ids[id] = true
	return nil
}

func (p *parser) predictChoice(text string) (Block, error) {
	q, choices, err := p.choices(text)
	if err != nil {
		return nil, err
	}
	for i, c := range choices {
		if c.Key == "" || c.Right {
			return nil, fmt.Errorf("choice %d needs a key and no right: what is right comes from the run", i+1)
		}
	}
	p.claims = append(p.claims, claim{"predict", q.ID, "answer_"})
	return &Predict{ID: q.ID, Question: q.Question, Form: Choices(choices), Choices: choices, At: p.place(text, q.ID)}, nil
}

// items reads the parts of an answer, of which there must be some.
func (p *parser) items(what string, least int, forms []itemForm) (items []Item, err error) {
	if len(forms) < least {
		return nil, fmt.Errorf("%s: there must be %d at least", what, least)
	}
	for i, f := range forms {
		if f.Key == "" || f.Text == "" {
			return nil, fmt.Errorf("%s: %d needs key and text", what, i+1)
		}
		if strings.ContainsAny(f.Key, ",= ") || slices.Contains(keys(items), f.Key) {
			return nil, fmt.Errorf("%s: key %q has a comma, an equals sign or a space in it, or is there twice", what, f.Key)
		}
		items = append(items, Item{f.Key, p.inline(f.Text)})
	}
	return items, nil
}

func (p *parser) states(text string) (asked, Form, error) {
	var q struct {
		Asked  asked      `yaml:",inline"`
		Ends   []itemForm `yaml:"ends"`
		States []string   `yaml:"states"`
	}
	if err := strict(text, &q); err != nil {
		return q.Asked, nil, err
	}
	ends, err := p.items("ends", 1, q.Ends)
	if err != nil {
		return q.Asked, nil, err
	}
	form := &States{ends, q.States}
	if len(q.States) == 0 {
		form.Offered = kernelStates
	}
	for _, s := range q.States {
		if !slices.Contains(kernelStates, s) {
			return q.Asked, nil, fmt.Errorf("states: %s is none of %s", s, strings.Join(kernelStates, ", "))
		}
	}
	return q.Asked, form, nil
}

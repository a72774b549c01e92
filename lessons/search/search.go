// Package search finds words in a course: in titles, summaries, headings,
// prose, questions and the glossary of one language. The index is in memory
// and is not changed after it was made.
package search

import (
	"cmp"
	"slices"
	"strings"

	"fivetuple/lessons"
	"fivetuple/lessons/korean"
)

// What a query may have. The rest of a longer one is not looked at.
const (
	MaxQuery   = 100 // characters
	maxWords   = 8
	maxResults = 40
	perLesson  = 3 // results
)

// Index is where one language of a course is searched.
type Index struct {
	places []place
	vocab  map[string]int32 // forms of words
	forms  []string         // by number
}

// Tier says what a result was found by; a higher one comes first.
type Tier int

// The tiers.
const (
	ByText Tier = iota
	ByTerm
	ByHeading
	ByTitle
)

// Place is where something was found: a lesson, a part of one, or a term.
type Place struct {
	Lesson  *lessons.Lesson // nil for a term
	Heading lessons.Heading // empty for a lesson as a whole
	Term    *lessons.Term   // nil for a lesson
}

// Result is a place with what was found there.
type Result struct {
	Place
	Tier    Tier
	Snippet []Piece

	rank [3]int // within a tier: how well, in one piece, how often
}

// Piece is a part of a snippet; what was found is marked.
type Piece struct {
	Text string
	Mark bool
}

// place is a place and its words.
type place struct {
	Place
	tier       Tier // of what is found in its name
	name, body passage
}

type passage struct {
	text  string
	words []token
}

// token is a word by the number of its form.
type token struct{ form, start, end int32 }

// New makes the index of one language.
func New(c *lessons.Course, lang string) *Index {
	x := &Index{vocab: map[string]int32{}}
	for _, u := range c.Units {
		for _, name := range u.Lessons {
			if l, ok := c.Lesson(lang, u.Name, name); ok {
				x.addLesson(l)
			}
		}
	}
	for _, t := range c.Glossary {
		x.add(Place{Term: t}, ByTerm, strings.Join(t.Spellings(lang), ", "), t.Means[lang])
	}
	return x
}

func (x *Index) addLesson(l *lessons.Lesson) {
	x.add(Place{Lesson: l}, ByTitle, l.Title, l.Summary)
	for _, p := range parts(l) {
		x.add(Place{Lesson: l, Heading: p.heading}, ByHeading, p.heading.Text, p.text.String())
	}
}

func (x *Index) add(p Place, tier Tier, name, body string) {
	x.places = append(x.places, place{p, tier, x.passage(name), x.passage(body)})
}

func (x *Index) passage(text string) passage {
	p := passage{text: text}
	for _, w := range words(text) {
		number, known := x.vocab[w.form]
		if !known {
			number = int32(len(x.forms))
			x.vocab[w.form] = number
			x.forms = append(x.forms, w.form)
		}
		p.words = append(p.words, token{number, int32(w.start), int32(w.end)})
	}
	return p
}

// Entry is a place with its words as they stand.
type Entry struct {
	Place
	Text string
}

// Entries are all places of the index, in the order of the course.
func (x *Index) Entries() (all []Entry) {
	for _, p := range x.places {
		all = append(all, Entry{p.Place, p.body.text})
	}
	return all
}

// Clean is a query as it is looked at: valid, in one line, not too long.
func Clean(query string) string {
	query = strings.Join(strings.Fields(strings.ToValidUTF8(query, " ")), " ")
	if r := []rune(query); len(r) > MaxQuery {
		query = strings.TrimSpace(string(r[:MaxQuery]))
	}
	return query
}

// grades is how well each form of the index, by its number, meets a word
// asked for.
type grades []grade

// asked are the words of a query, each by how well the forms of the index
// meet it. Particles alone are no words.
func (x *Index) asked(query string) (all []grades) {
	for i, w := range words(Clean(query)) {
		if len(all) == maxWords {
			break
		}
		if i > 0 && korean.Run(w.form) != "" && korean.Particles(w.form) {
			continue
		}
		met, asked := make(grades, len(x.forms)), forms(w.form)
		for number, have := range x.forms {
			met[number] = meets(have, asked)
		}
		all = append(all, met)
	}
	return all
}

// Find is where all words of a query are, best first.
func (x *Index) Find(query string) []Result {
	asked := x.asked(query)
	if len(asked) == 0 {
		return nil
	}
	var all []Result
	for _, p := range x.places {
		if r, ok := p.find(asked); ok {
			all = append(all, r)
		}
	}
	slices.SortStableFunc(all, func(a, b Result) int {
		return cmp.Or(cmp.Compare(b.Tier, a.Tier), slices.Compare(b.rank[:], a.rank[:]))
	})
	return few(all)
}

// few leaves out what is too much of one lesson, and too much.
func few(all []Result) (kept []Result) {
	of := map[*lessons.Lesson]int{}
	for _, r := range all {
		if r.Lesson != nil {
			if of[r.Lesson]++; of[r.Lesson] > perLesson {
				continue
			}
		}
		if kept = append(kept, r); len(kept) == maxResults {
			break
		}
	}
	return kept
}

// find says whether and how a place has all words.
func (p place) find(asked []grades) (Result, bool) {
	r := Result{Place: p.Place, Tier: p.tier}
	name, body := p.name.met(asked), p.body.met(asked)
	for i := range asked {
		grade := name.grades[i]
		if grade == none {
			grade, r.Tier = body.grades[i], ByText
		}
		if grade == none {
			return r, false
		}
		r.rank[0] += int(grade)
	}
	r.rank[1] = max(name.together, body.together)
	r.rank[2] = name.count + body.count
	r.Snippet = p.body.snippet(asked)
	return r, true
}

// met is how a passage meets a query.
type met struct {
	grades   []grade // by word of the query
	together int     // as many words of it follow each other
	count    int
}

func (p passage) met(asked []grades) met {
	m := met{grades: make([]grade, len(asked))}
	run := 0
	for _, t := range p.words {
		hit := false
		for i, forms := range asked {
			if grade := forms[t.form]; grade > none {
				m.grades[i] = max(m.grades[i], grade)
				hit = true
			}
		}
		if hit {
			m.count++
		}
		switch {
		case run < len(asked) && asked[run][t.form] > none:
			run++
		case asked[0][t.form] > none:
			run = 1
		default:
			run = 0
		}
		m.together = max(m.together, run)
	}
	return m
}

package web

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fivetuple/lessons"
	"fivetuple/lessons/korean"
	"fivetuple/web/text"
)

// GlossaryView is the glossary, in the order of the page's language.
type GlossaryView struct {
	Page
	Letters []LetterView
}

// LetterView is the terms that begin with a letter, or none: the jump list
// shows every letter.
type LetterView struct {
	ID, Name string
	Terms    []TermView
}

// TermView is a term, in the page's language first.
type TermView struct {
	ID     string
	Here   Wording
	Others []Wording
	Lesson *LessonLink // where it is taught
}

// Wording is a term in one language.
type Wording struct {
	Lang        text.Lang
	Word, Means string
	Aliases     []string
}

// Also is its other spellings in a line.
func (w Wording) Also() string { return strings.Join(w.Aliases, ", ") }

// NewGlossaryView makes the glossary in one language.
func NewGlossaryView(c *lessons.Course, lang string) GlossaryView {
	t := text.For(lang)
	v := GlossaryView{
		Page:    Page{T: t, Title: t.Glossary() + " · fivetuple", Description: t.GlossaryLead(), Path: "glossary"},
		Letters: letters(t),
	}
	for _, term := range c.Glossary {
		word := newTermView(c, t, term)
		i := slices.IndexFunc(v.Letters, func(l LetterView) bool { return l.Name == letter(t, word.Here.Word) })
		v.Letters[i].Terms = append(v.Letters[i].Terms, word)
	}
	for _, l := range v.Letters {
		slices.SortFunc(l.Terms, func(a, b TermView) int {
			return cmp.Compare(strings.ToLower(a.Here.Word), strings.ToLower(b.Here.Word))
		})
	}
	return v
}

func newTermView(c *lessons.Course, t text.Lang, term *lessons.Term) TermView {
	unit, name, _ := strings.Cut(term.Lesson, "/")
	v := TermView{ID: term.ID, Lesson: link(c, t, unit, name)}
	for _, l := range text.Langs() {
		w := Wording{l, term.Word[string(l)], term.Means[string(l)], term.Aliases[string(l)]}
		if l == t {
			v.Here = w
		} else {
			v.Others = append(v.Others, w)
		}
	}
	return v
}

const (
	latin  = "A–Z" // where a language of another script has all Latin words
	digits = "0–9"
)

// letters is the alphabet of a language, all still empty.
func letters(t text.Lang) (all []LetterView) {
	if t == text.Korean {
		for _, r := range korean.Initials() {
			all = append(all, LetterView{Name: string(r)})
		}
		all = append(all, LetterView{Name: latin})
	} else {
		for r := 'A'; r <= 'Z'; r++ {
			all = append(all, LetterView{Name: string(r)})
		}
	}
	all = append(all, LetterView{Name: digits})
	for i := range all {
		all[i].ID = "letter-" + strings.ToLower(all[i].Name)
	}
	return all
}

// letter is the name of the letter under which a word stands.
func letter(t text.Lang, word string) string {
	first, _ := utf8.DecodeRuneInString(word)
	initial := korean.Initial(first)
	switch {
	case t == text.Korean && initial != 0:
		return string(initial)
	case !('a' <= unicode.ToLower(first) && unicode.ToLower(first) <= 'z'):
		return digits
	case t == text.Korean:
		return latin
	}
	return string(unicode.ToUpper(first))
}

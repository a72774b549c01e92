// Package text is the words of the pages, in every language of the course.
//
// Each string is a method of [Lang] that gives all languages at once to one
// function with a parameter for each: a string that is missing in one
// language does not compile. The words of the lessons are not here; they are
// in the lessons.
package text

import "golang.org/x/text/language"

// Lang is a language of the course and, by its methods, its words.
type Lang string

// The languages.
const (
	English Lang = "en"
	Korean  Lang = "ko"
)

// Langs is every language, the one spoken to those whose language we do not
// have first.
func Langs() []Lang { return []Lang{English, Korean} }

// For is the language with this name, or English.
func For(name string) Lang {
	for _, l := range Langs() {
		if string(l) == name {
			return l
		}
	}
	return English
}

// Known says whether name is a language of the course.
func Known(name string) bool { return name != "" && string(For(name)) == name }

// Match chooses the language by a request's Accept-Language header.
func Match(acceptLanguage string) Lang {
	langs := Langs()
	tags := make([]language.Tag, len(langs))
	for i, l := range langs {
		tags[i] = language.Make(string(l))
	}
	_, i := language.MatchStrings(language.NewMatcher(tags), acceptLanguage)
	return langs[i]
}

// pick chooses the string of l. It has a parameter for every language.
func (l Lang) pick(en, ko string) string {
	if l == Korean {
		return ko
	}
	return en
}

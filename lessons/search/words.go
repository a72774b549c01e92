package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fivetuple/lessons/korean"
)

// word is a word of a text: what is compared, and where it stands.
type word struct {
	form       string
	start, end int // bytes of the text
}

// words cuts a text into its words. Hangul and other letters are words of
// their own: SYN을 is SYN and a particle.
func words(text string) (all []word) {
	start, last := -1, other
	end := func(at int) {
		if start >= 0 {
			all = append(all, word{form(text[start:at]), start, at})
		}
		start = -1
	}
	for i, r := range text {
		kind := kindOf(r)
		if kind != last {
			end(i)
			if kind != other {
				start = i
			}
		}
		last = kind
	}
	end(len(text))
	return all
}

type kind int

const (
	other kind = iota
	hangul
	letters
)

func kindOf(r rune) kind {
	switch {
	case unicode.Is(unicode.Hangul, r):
		return hangul
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		return letters
	}
	return other
}

// form is what of a word is compared: Hangul as it is, an English word
// without the ending of a plural or a verb.
func form(s string) string {
	if first, _ := utf8.DecodeRuneInString(s); kindOf(first) == hangul {
		return s
	}
	return stem(strings.ToLower(s))
}

// shortest is how many letters a stem keeps.
const shortest = 3

// stem takes off -s, -es, -ing and -ed, and an e at the end of what is left:
// close, closes, closed and closing are one word. It knows no exceptions.
func stem(s string) string {
	for _, ending := range []string{"ing", "ed"} {
		if rest, ok := strings.CutSuffix(s, ending); ok && len(rest) >= shortest && strings.ContainsAny(rest, "aeiouy") {
			return strings.TrimSuffix(single(rest), "e")
		}
	}
	if rest, ok := strings.CutSuffix(s, "ies"); ok && len(rest) >= 2 {
		return rest + "y"
	}
	for _, ending := range []string{"sses", "xes", "ches", "shes"} {
		if strings.HasSuffix(s, ending) {
			return strings.TrimSuffix(s, "es")
		}
	}
	if strings.HasSuffix(s, "s") && !strings.HasSuffix(s, "ss") && len(s) > shortest {
		s = strings.TrimSuffix(s, "s")
	}
	if len(s) > shortest {
		s = strings.TrimSuffix(s, "e")
	}
	return s
}

// single undoes the doubling before an ending: dropp-ing.
func single(s string) string {
	n := len(s)
	if n > shortest && s[n-1] == s[n-2] && !strings.ContainsRune("ls", rune(s[n-1])) {
		return s[:n-1]
	}
	return s
}

// grade is how well a word of the course meets one of a query.
type grade uint8

const (
	none grade = iota
	part       // it begins so, or the syllables are in it
	full
)

// meets says how well a word of the course meets the word asked for, which
// is compared in each of its forms.
func meets(have string, forms []string) grade {
	best := none
	for _, asked := range forms {
		rest, begins := strings.CutPrefix(have, asked)
		switch {
		case begins && korean.Particles(rest):
			return full
		case begins && len(asked) >= shortest, korean.Run(asked) != "" && strings.Contains(have, asked):
			best = part
		}
	}
	return best
}

// forms are the forms of a word asked for: as it is, and of a Korean word
// that ends in particles what stands before them, if that is two syllables
// or more.
func forms(s string) []string {
	all := []string{s}
	if korean.Run(s) == "" {
		return all
	}
	syllables := 0
	for i := range s {
		if syllables >= 2 && korean.Particles(s[i:]) {
			return append(all, s[:i])
		}
		syllables++
	}
	return all
}

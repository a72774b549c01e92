package search

import (
	"html"
	"regexp"
	"strings"
	"unicode/utf8"

	"fivetuple/lessons"
)

// section is a part of a lesson: what stands under one heading.
type section struct {
	heading lessons.Heading
	text    strings.Builder
}

var (
	heading = regexp.MustCompile(`(?s)<h2 id="([^"]*)">(.*?)</h2>`)
	block   = regexp.MustCompile(`</?(p|li|ul|ol|tr|td|th|table|pre|blockquote|h[1-6]|br|div)\b[^>]*>`)
	tag     = regexp.MustCompile(`<[^>]*>`)
)

// plain is the words of HTML that the course has made.
func plain(s string) string {
	s = tag.ReplaceAllString(block.ReplaceAllString(s, " "), "")
	return strings.Join(strings.Fields(html.UnescapeString(s)), " ")
}

// parts cuts a lesson at its headings.
func parts(l *lessons.Lesson) (all []*section) {
	now := &section{}
	all = append(all, now)
	say := func(s string) {
		now.text.WriteString(plain(s))
		now.text.WriteString(" ")
	}
	ask := func(question string, choices []lessons.Choice) {
		say(question)
		for _, c := range choices {
			say(c.Text)
			say(c.Why)
		}
	}
	for _, b := range l.Blocks {
		switch b := b.(type) {
		case *lessons.Prose:
			rest := b.HTML
			for m := heading.FindStringSubmatchIndex(rest); m != nil; m = heading.FindStringSubmatchIndex(rest) {
				say(rest[:m[0]])
				now = &section{heading: lessons.Heading{ID: html.UnescapeString(rest[m[2]:m[3]]), Text: plain(rest[m[4]:m[5]])}}
				all = append(all, now)
				rest = rest[m[1]:]
			}
			say(rest)
		case *lessons.Predict:
			for _, words := range b.Words() {
				say(words)
			}
		case *lessons.Quiz:
			ask(b.Question, b.Choices)
		case *lessons.Steps:
			for _, s := range b.Items {
				say(s.Text)
			}
		}
	}
	return all
}

// What a snippet shows around what was found, in bytes: about two lines.
const (
	before = 90
	after  = 260
)

// best is the place of the first word where most of a query stands together.
func (p passage) best(asked []grades) (start int) {
	most := 0
	for i, t := range p.words {
		sum := 0
		for k := 0; k < len(asked) && i+k < len(p.words); k++ {
			grade := asked[k][p.words[i+k].form]
			if grade == none {
				break
			}
			sum += int(grade)
		}
		if sum > most {
			most, start = sum, int(t.start)
		}
	}
	return start
}

// snippet is the part of a passage in which most of a query stands, or its
// beginning.
func (p passage) snippet(asked []grades) (all []Piece) {
	var hits []token
	for _, t := range p.words {
		for _, forms := range asked {
			if forms[t.form] > none {
				hits = append(hits, t)
				break
			}
		}
	}
	from := p.edge(p.best(asked) - before)
	to := p.edge(from + before + after)
	put := func(start, end int, mark bool) {
		if start < end {
			all = append(all, Piece{p.text[start:end], mark})
		}
	}
	if from > 0 {
		all = append(all, Piece{Text: "… "})
	}
	at := from
	for _, t := range hits {
		if int(t.start) >= from && int(t.end) <= to {
			put(at, int(t.start), false)
			put(int(t.start), int(t.end), true)
			at = int(t.end)
		}
	}
	put(at, to, false)
	if to < len(p.text) {
		all = append(all, Piece{Text: " …"})
	}
	return all
}

// edge is the place near at where no word is cut: behind the next space, or
// where a character begins.
func (p passage) edge(at int) int {
	if at <= 0 {
		return 0
	}
	if at >= len(p.text) {
		return len(p.text)
	}
	if i := strings.IndexByte(p.text[at:], ' '); i >= 0 && i < before {
		return at + i + 1
	}
	for at < len(p.text) && !utf8.RuneStart(p.text[at]) {
		at++
	}
	return at
}

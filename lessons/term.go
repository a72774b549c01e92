package lessons

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"fivetuple/lessons/korean"
)

// spellings are the words of the glossary in one language, by their first
// byte, the longest first: in "receive window" it is not "window" that is
// found.
type spellings map[byte][]spelling

type spelling struct {
	word string // lower case, as far as ASCII goes
	term *Term
}

func newSpellings(glossary []*Term, lang string) spellings {
	s := spellings{}
	for _, t := range glossary {
		for _, word := range t.Spellings(lang) {
			if word == "" {
				continue // said already
			}
			word = lower(word)
			s[word[0]] = append(s[word[0]], spelling{word, t})
		}
	}
	for _, all := range s {
		slices.SortStableFunc(all, func(a, b spelling) int { return len(b.word) - len(a.word) })
	}
	return s
}

// lower leaves every byte in its place, which strings.ToLower does not.
func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// found is a term in a text.
type found struct {
	term       *Term
	start, end int
}

// find is the terms in text[start:end]. What stands around that part says
// whether it begins and ends between words.
func (s spellings) find(text string, start, end int) (all []found) {
	for i := start; i < end; {
		_, size := utf8.DecodeRuneInString(text[i:])
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		if i > 0 && within(before) {
			i += size
			continue
		}
		if f, ok := s.match(text[:end], text[end:], i); ok {
			all = append(all, f)
			i = f.end
			continue
		}
		i += size
	}
	return all
}

// match is the longest term at text[i:].
func (s spellings) match(text, after string, i int) (found, bool) {
	for _, sp := range s[text[i]] {
		rest, ok := strings.CutPrefix(text[i:], sp.word)
		if !ok {
			continue
		}
		if plural, ok := strings.CutPrefix(rest, "s"); ok && ends(plural+after) {
			return found{sp.term, i, len(text) - len(plural)}, true
		}
		if ends(rest + after) {
			return found{sp.term, i, i + len(sp.word)}, true
		}
	}
	return found{}, false
}

// ends says whether a word is over where rest begins: nothing of a word
// follows, or particles do.
func ends(rest string) bool {
	run := korean.Run(rest)
	if run != "" {
		return korean.Particles(run)
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || !within(r)
}

// within says whether r stands inside of words: SYN is not in SYN-ACK, WAIT
// not in TIME_WAIT.
func within(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '-'
}

// termLinks makes the first occurrence of each term in the prose of one
// lesson a link to the glossary.
type termLinks struct {
	lang   string
	words  spellings
	source []byte
	lower  string // source
	linked map[*Term]bool
}

func newTermLinks(lang string, words spellings, source []byte) *termLinks {
	return &termLinks{lang, words, source, lower(string(source)), map[*Term]bool{}}
}

// unlinked are the parts of a text in which no term becomes a link.
var unlinked = []ast.NodeKind{
	ast.KindHeading, ast.KindCodeSpan, ast.KindCodeBlock, ast.KindFencedCodeBlock, ast.KindLink, ast.KindAutoLink,
	ast.KindImage, ast.KindHTMLBlock, ast.KindRawHTML,
}

// link goes through node and what is in it.
func (k *termLinks) link(node ast.Node) {
	if slices.Contains(unlinked, node.Kind()) {
		return
	}
	for child := node.FirstChild(); child != nil; {
		words, ok := child.(*ast.Text)
		if !ok {
			k.link(child)
			child = child.NextSibling()
			continue
		}
		run := textRun(words)
		child = run[len(run)-1].NextSibling()
		k.linkRun(node, run)
	}
}

// textRun is the texts from first on that stand together in the source: a
// parser cuts a text at each sign that might have been Markdown.
func textRun(first *ast.Text) []*ast.Text {
	run := []*ast.Text{first}
	for last := first; !last.SoftLineBreak() && !last.HardLineBreak(); {
		next, ok := last.NextSibling().(*ast.Text)
		if !ok || next.Segment.Start != last.Segment.Stop {
			break
		}
		run = append(run, next)
		last = next
	}
	return run
}

// linkRun puts links into a run of texts.
func (k *termLinks) linkRun(parent ast.Node, run []*ast.Text) {
	last := run[len(run)-1]
	start, end := run[0].Segment.Start, last.Segment.Stop
	var links []found
	for _, f := range k.words.find(k.lower, start, end) {
		if !k.linked[f.term] {
			k.linked[f.term] = true
			links = append(links, f)
		}
	}
	if len(links) == 0 {
		return
	}
	put := func(n ast.Node) { parent.InsertBefore(parent, run[0], n) }
	for _, f := range links {
		if f.start > start {
			put(ast.NewTextSegment(text.NewSegment(start, f.start)))
		}
		put(k.anchor(f))
		start = f.end
	}
	rest := ast.NewTextSegment(text.NewSegment(start, end))
	rest.SetSoftLineBreak(last.SoftLineBreak())
	rest.SetHardLineBreak(last.HardLineBreak())
	put(rest)
	for _, t := range run {
		parent.RemoveChild(parent, t)
	}
}

func (k *termLinks) anchor(f found) ast.Node {
	a := ast.NewLink()
	a.Destination = []byte(f.term.Address(k.lang))
	a.Title = []byte(f.term.Means[k.lang])
	a.SetAttributeString("class", []byte("term"))
	a.AppendChild(a, ast.NewTextSegment(text.NewSegment(f.start, f.end)))
	return a
}

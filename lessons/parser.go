package lessons

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	markdown "github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"fivetuple/sandbox/lab"
)

// parser reads the body of one lesson.
type parser struct {
	course *Course
	fsys   fs.FS
	lesson *Lesson
	file   string
	text   []byte
	line   int // of the file, where text begins

	opens  int // line on which the fence of the block that is being read opens
	ids    map[string]bool
	labs   []*lab.Lab
	claims []claim
	md     goldmark.Markdown // of what a lesson consists of
	words  goldmark.Markdown // of the text of a choice or a step

	misquotes []error // what is wrong with figures
}

// codeLangs are the languages of code that is only shown.
var codeLangs = []string{"", "text", "python", "c", "go", "console", "bash"}

func (p *parser) parse() error {
	p.ids = map[string]bool{}
	quoted := goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(quotes{p}, 0)))
	p.md = goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough),
		goldmark.WithParserOptions(markdown.WithAutoHeadingID(), markdown.WithASTTransformers(util.Prioritized(links{p}, 0)), markdown.WithInlineParsers(util.Prioritized(quotes{p}, 0))),
		quoted,
	)
	p.words = goldmark.New(goldmark.WithParser(markdown.NewParser(
		markdown.WithBlockParsers(util.Prioritized(markdown.NewFencedCodeBlockParser(), 0), util.Prioritized(markdown.NewParagraphParser(), 1)),
		markdown.WithInlineParsers(append(markdown.DefaultInlineParsers(), util.Prioritized(quotes{p}, 0))...),
		markdown.WithASTTransformers(util.Prioritized(links{p}, 0)),
	)), goldmark.WithExtensions(extension.Strikethrough), quoted)
	context := markdown.NewContext(markdown.WithIDs(&headingIDs{taken: map[string]int{}}))
	doc := p.md.Parser().Parse(text.NewReader(p.text), markdown.WithContext(context))
	terms := newTermLinks(p.lesson.Lang, p.course.words[p.lesson.Lang], p.text)
	var all []error
	var prose []ast.Node
	flush := func() {
		if len(prose) > 0 {
			p.lesson.Blocks = append(p.lesson.Blocks, &Prose{p.render(prose)})
			prose = nil
		}
	}
	for node := doc.FirstChild(); node != nil; node = node.NextSibling() {
		block, ours, err := p.block(node)
		all = append(all, err)
		if !ours {
			p.heading(node)
			terms.link(node)
			prose = append(prose, node)
			continue
		}
		flush()
		if block != nil {
			p.lesson.Blocks = append(p.lesson.Blocks, block)
		}
	}
	flush()
	return errors.Join(append(append(all, p.claimed()), p.misquotes...)...)
}

// block reads a fenced block of ours; a node of another kind is checked for
// such blocks inside it, where they cannot be.
func (p *parser) block(node ast.Node) (b Block, ours bool, err error) {
	code, fenced := node.(*ast.FencedCodeBlock)
	if !fenced {
		return nil, false, p.nested(node)
	}
	word := string(code.Language(p.text))
	maker, ours := makers[word]
	if !ours {
		if !slices.Contains(codeLangs, word) {
			return nil, false, at(p.file, p.lineOf(code), fmt.Errorf("unknown block %q: the blocks are lab, predict, quiz, steps, exercise, instructor, connection, and code in %s", word, strings.Join(codeLangs[1:], ", ")))
		}
		return nil, false, nil
	}
	p.opens = p.lineOf(code)
	b, err = maker(p, content(code, p.text))
	if err != nil {
		err = at(p.file, p.opens, err)
	}
	return b, true, err
}

// nested refuses our blocks inside of lists and quotes.
func (p *parser) nested(node ast.Node) error {
	var found error
	_ = ast.Walk(node, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		code, fenced := n.(*ast.FencedCodeBlock)
		if entering && fenced && makers[string(code.Language(p.text))] != nil {
			found = at(p.file, p.lineOf(code), fmt.Errorf("a %s block cannot stand in a list or quote: begin it at the left margin", code.Language(p.text)))
		}
		return ast.WalkContinue, nil
	})
	return found
}

// lineOf is the line of the file on which the fence of code opens.
func (p *parser) lineOf(code *ast.FencedCodeBlock) int {
	if code.Info == nil {
		return p.line
	}
	return p.line + bytes.Count(p.text[:code.Info.Segment.Start], []byte("\n"))
}

// place is the file and the line where, in the text of the block that is being
// read, an id is written.
func (p *parser) place(text, id string) string {
	return fmt.Sprintf("%s:%d", p.file, p.opens+lineOf(text, "id", id))
}

// lineOf is the line of a YAML text, from 1, on which a key has a value; 0
// where it cannot be found.
func lineOf(text, key, value string) int {
	found := regexp.MustCompile(`(?m)\b` + key + `:\s*["']?` + regexp.QuoteMeta(value) + `\b`).FindStringIndex(text)
	if found == nil {
		return 0
	}
	return 1 + strings.Count(text[:found[0]], "\n")
}

func content(code *ast.FencedCodeBlock, source []byte) string {
	var b strings.Builder
	for i := range code.Lines().Len() {
		line := code.Lines().At(i)
		b.Write(line.Value(source))
	}
	return b.String()
}

func (p *parser) render(nodes []ast.Node) string {
	var out bytes.Buffer
	for _, n := range nodes {
		_ = p.md.Renderer().Render(&out, p.text, n) // a buffer takes everything
	}
	return cornered(out.String())
}

// html renders Markdown of a block.
func (p *parser) html(source string) string {
	var out bytes.Buffer
	_ = p.md.Convert([]byte(source), &out)
	return cornered(out.String())
}

// cornered is a text in which the empty corner of a table is a cell, and not
// a head of nothing.
func cornered(html string) string {
	return strings.ReplaceAll(html, "<th></th>", "<td></td>")
}

// inline renders Markdown of one paragraph without the paragraph. A number
// with a full stop, the answer to many a question, is text there and begins
// no list.
func (p *parser) inline(source string) string {
	var html bytes.Buffer
	_ = p.words.Convert([]byte(source), &html)
	out := strings.TrimSpace(html.String())
	if strings.Count(out, "<p>") == 1 {
		out = strings.TrimSuffix(strings.TrimPrefix(out, "<p>"), "</p>")
	}
	return out
}

func (p *parser) heading(node ast.Node) {
	h, ok := node.(*ast.Heading)
	if !ok || h.Level != 2 {
		return
	}
	id, _ := h.AttributeString("id")
	name, _ := id.([]byte)
	var words strings.Builder
	_ = ast.Walk(h, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			words.Write(t.Segment.Value(p.text))
		}
		if quote, ok := n.(*quoteNode); ok && entering {
			p.misquoted(quote.written, errQuotePlace)
		}
		return ast.WalkContinue, nil
	})
	p.lesson.Headings = append(p.lesson.Headings, Heading{string(name), words.String()})
}

// claim is what a block leaves to a function of checks.star: which answer is
// right, or what becomes of a lab that is set so.
type claim struct{ block, id, prefix string }

// claimed sees to it that the lesson's lab has the function of each claim.
func (p *parser) claimed() error {
	var all []error
	for _, c := range p.claims {
		function := "def " + c.prefix + strings.ReplaceAll(c.id, "-", "_") + "("
		if !slices.ContainsFunc(p.labs, func(l *lab.Lab) bool { return strings.Contains(l.Checks, function) }) {
			all = append(all, fmt.Errorf("%s: %s %s: the checks.star of the lesson's lab has no %srun)", p.file, c.block, c.id, function))
		}
	}
	return errors.Join(all...)
}

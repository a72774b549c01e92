package lessons

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
	markdown "github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// quoteForm is a figure as it is written: {{NAME}}, without a space.
var quoteForm = regexp.MustCompile(`\{\{([^{}\s]+)\}\}`)

// quotes reads figures in prose and writes them there and in code.
type quotes struct{ *parser }

// quoteNode is a figure in prose.
type quoteNode struct {
	ast.BaseInline
	written string
}

var kindQuote = ast.NewNodeKind("Quote")

// Kind implements ast.Node.
func (*quoteNode) Kind() ast.NodeKind { return kindQuote }

// Dump implements ast.Node.
func (n *quoteNode) Dump(source []byte, level int) {
	ast.DumpHelper(n, source, level, map[string]string{"written": n.written}, nil)
}

// Trigger implements parser.InlineParser.
func (quotes) Trigger() []byte { return []byte{'{'} }

// Parse implements parser.InlineParser.
func (quotes) Parse(_ ast.Node, block text.Reader, _ markdown.Context) ast.Node {
	line, _ := block.PeekLine()
	found := quoteForm.FindSubmatchIndex(line)
	if found == nil || found[0] != 0 {
		return nil
	}
	block.Advance(found[1])
	return &quoteNode{written: string(line[found[2]:found[3]])}
}

// RegisterFuncs implements renderer.NodeRenderer.
func (q quotes) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(kindQuote, q.prose)
	r.Register(ast.KindCodeSpan, q.codeSpan)
	r.Register(ast.KindFencedCodeBlock, q.fence)
}

func (q quotes) prose(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if n, ok := node.(*quoteNode); ok && entering {
		_, _ = w.WriteString(q.quote(n.written)) // it keeps its error until it is flushed
	}
	return ast.WalkContinue, nil
}

func (q quotes) codeSpan(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, _ = w.WriteString("</code>")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<code>")
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		if t, ok := child.(*ast.Text); ok {
			q.code(w, bytes.ReplaceAll(t.Segment.Value(source), []byte("\n"), []byte(" ")))
		}
	}
	return ast.WalkSkipChildren, nil
}

func (q quotes) fence(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n, ok := node.(*ast.FencedCodeBlock)
	switch {
	case !ok:
		return ast.WalkContinue, nil
	case !entering:
		_, _ = w.WriteString("</code></pre>\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<pre><code")
	if language := n.Language(source); language != nil {
		_, _ = w.WriteString(` class="language-` + string(util.EscapeHTML(language)) + `"`)
	}
	_ = w.WriteByte('>')
	q.code(w, []byte(content(n, source)))
	return ast.WalkContinue, nil
}

// code writes a piece of code, with the figures in it.
func (q quotes) code(w util.BufWriter, code []byte) {
	end := 0
	for _, found := range quoteForm.FindAllSubmatchIndex(code, -1) {
		_, _ = w.Write(util.EscapeHTML(code[end:found[0]]))
		_, _ = w.WriteString(q.quote(string(code[found[2]:found[3]])))
		end = found[1]
	}
	_, _ = w.Write(util.EscapeHTML(code[end:]))
}

package lessons

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	markdown "github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// link is one from a lesson to a lesson, or to a part of one.
type link struct {
	file    string // and line: where it is written
	line    int
	written string
	to      address
	part    string // id of a heading; "" for the whole
}

// links makes links to lessons, which are written from where the lesson
// stands, addresses of the site: ../web/http#why becomes /en/web/http#why.
type links struct{ *parser }

// Transform implements parser.ASTTransformer.
func (l links) Transform(doc *ast.Document, _ text.Reader, _ markdown.Context) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if a, ok := n.(*ast.Link); ok && entering {
			a.Destination = l.resolve(string(a.Destination))
		}
		return ast.WalkContinue, nil
	})
}

// resolve is the address of what is written; one that leads to a lesson is
// looked at when all of them are there.
func (l links) resolve(written string) []byte {
	if strings.HasPrefix(written, "https://") || strings.HasPrefix(written, "http://") {
		return []byte(written)
	}
	k := link{file: l.file, line: l.line + bytes.Count(l.text[:max(0, bytes.Index(l.text, []byte("("+written)))], []byte("\n")), written: written}
	place, part, _ := strings.Cut(written, "#")
	k.part = part
	k.to = address{l.lesson.Lang, l.lesson.Unit, l.lesson.Name}
	if place != "" {
		unit, name, _ := strings.Cut(path.Join(l.lesson.Unit, place), "/")
		k.to.unit, k.to.name = unit, name
	}
	l.course.links = append(l.course.links, k)
	if place == "" {
		return []byte(written)
	}
	to := "/" + path.Join(k.to.lang, k.to.unit, k.to.name)
	if part != "" {
		to += "#" + part
	}
	return []byte(to)
}

// follow says which links lead to nothing.
func (c *Course) follow() error {
	var all []error
	for _, k := range c.links {
		l, ok := c.lessons[k.to]
		switch {
		case !ok:
			all = append(all, at(k.file, k.line, fmt.Errorf("link %s: there is no such lesson; one is written ../unit/lesson, and a page elsewhere begins with https://", k.written)))
		case k.part != "" && !slices.ContainsFunc(l.Headings, func(h Heading) bool { return h.ID == k.part }):
			var parts []string
			for _, h := range l.Headings {
				parts = append(parts, h.ID)
			}
			all = append(all, at(k.file, k.line, fmt.Errorf("link %s: the lesson has no such part; it has %s", k.written, strings.Join(parts, ", "))))
		}
	}
	c.links = nil
	return errors.Join(all...)
}

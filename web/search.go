package web

import (
	"net/url"

	"fivetuple/lessons"
	"fivetuple/lessons/search"
	"fivetuple/web/text"
)

// SearchView is what was found in the course.
type SearchView struct {
	Page
	Results  []ResultView
	Suggests []SuggestView // words to search for, where nothing was found
}

// ResultView is a place in the course.
type ResultView struct {
	URL, Where, Title string
	Snippet           []search.Piece
}

// SuggestView is a word of the glossary to search for.
type SuggestView struct{ Word, URL string }

// suggested are the terms that a reader may search for.
var suggested = []string{"handshake", "time-wait", "retransmission", "flow-control", "backlog", "datagram"}

// NewSearchView makes the page of what x finds for a query.
func NewSearchView(c *lessons.Course, x *search.Index, lang, query string) SearchView {
	t := text.For(lang)
	query = search.Clean(query)
	v := SearchView{Page: Page{T: t, Title: t.SearchTitle(query) + " · fivetuple", Path: "search" + asks(query), Query: query}}
	for _, r := range x.Find(query) {
		v.Results = append(v.Results, newResultView(c, t, r))
	}
	if len(v.Results) == 0 {
		v.Suggests = suggests(c, t)
	}
	return v
}

// asks is the part of an address that asks for query.
func asks(query string) string {
	if query == "" {
		return ""
	}
	return "?" + url.Values{"q": {query}}.Encode()
}

func newResultView(c *lessons.Course, t text.Lang, r search.Result) ResultView {
	if r.Term != nil {
		return ResultView{URL: r.Term.Address(string(t)), Where: t.Glossary(), Title: r.Term.Word[string(t)], Snippet: r.Snippet}
	}
	l := link(c, t, r.Lesson.Unit, r.Lesson.Name)
	v := ResultView{URL: l.URL, Where: l.Number, Title: l.Title, Snippet: r.Snippet}
	if r.Heading.ID != "" {
		v.URL += "#" + r.Heading.ID
		v.Where += " " + l.Title
		v.Title = r.Heading.Text
	}
	return v
}

func suggests(c *lessons.Course, t text.Lang) (all []SuggestView) {
	for _, id := range suggested {
		for _, term := range c.Glossary {
			if term.ID == id {
				word := term.Word[string(t)]
				all = append(all, SuggestView{word, "/" + string(t) + "/search" + asks(word)})
			}
		}
	}
	return all
}

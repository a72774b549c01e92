package web

import (
	"fivetuple/lessons"
	"fivetuple/lessons/search"
	"fivetuple/web/text"
)

// SearchEntry is a place of the course with its words, for pages without a
// server.
type SearchEntry struct {
	URL   string `json:"url"`
	Where string `json:"where"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

// NewSearchEntries are all places of a course in one language.
func NewSearchEntries(c *lessons.Course, lang string) (all []SearchEntry) {
	t := text.For(lang)
	for _, e := range search.New(c, lang).Entries() {
		v := newResultView(c, t, search.Result{Place: e.Place})
		all = append(all, SearchEntry{v.URL, v.Where, v.Title, e.Text})
	}
	return all
}

// SearchAddress is where pages without a server find these.
func SearchAddress(lang string) string { return "/" + lang + "/search.json" }

// NewStillSearchView makes the page that searches them.
func NewStillSearchView(lang string) SearchView {
	t := text.For(lang)
	return SearchView{Page: Page{T: t, Title: t.SearchTitle("") + " · fivetuple", Path: "search"}}
}

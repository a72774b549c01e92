// Package web is the pages of the course: pure templ components, each of
// which takes one view struct, and the constructors that make the views from
// the course. It writes no headers and knows no routes but the addresses it
// links to: /{lang}/, /{lang}/gallery, /{lang}/glossary, /{lang}/sources,
// /{lang}/errata, /{lang}/search, /{lang}/progress, /{lang}/{unit}/{lesson},
// the form's /{lang}/theme and [fivetuple/static.URL].
//
// The server makes a view and renders it:
//
//	view := web.NewLessonView(lesson, course, unavailable)
//	err := web.LessonPage(view).Render(ctx, w)
//
// Pages hold no inline script and no inline style. What the stage of a lab
// needs is in data attributes of its element, and without scripts the page
// still reads whole.
//
// Words of the pages are in [fivetuple/web/text].
package web

//go:generate go tool templ generate

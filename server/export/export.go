package export

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"fivetuple/lessons"
	"fivetuple/sandbox/lab"
	"fivetuple/server/forms"
	"fivetuple/static"
	"fivetuple/web"
)

// Run writes a run to the folder of an address: every form of it, and the
// answers that it gives to predictions, by their ids. It may be called by
// several at once.
func (f *Folder) Run(address string, run forms.Run, answers map[string]string) error {
	folder := fileOf(address)
	for _, form := range forms.All {
		var content bytes.Buffer
		err := form.Write(&content, run)
		if err == nil {
			err = f.File(folder+form.Name, content.Bytes())
		}
		if err != nil {
			return fmt.Errorf("%s: %s: %w", run.Lab.Name, form.Name, err)
		}
	}
	for id, key := range answers {
		content, err := json.Marshal(map[string]string{"answer": key})
		if err == nil {
			err = f.File(folder+"answers/"+id+".json", content)
		}
		if err != nil {
			return fmt.Errorf("%s: answer to %s: %w", run.Lab.Name, id, err)
		}
	}
	return nil
}

// component is a page, as far as this package uses it.
type component interface {
	Render(context.Context, io.Writer) error
}

// runs is what a lab lacks of which every run is in the export.
func runs(*lab.Lab) *web.Missing { return nil }

// Pages writes every page of a course, and what pages load. The runs of all
// labs are in still.
func (f *Folder) Pages(ctx context.Context, c *lessons.Course, still *web.Still) error {
	pages := map[string]component{"index.html": web.EntryPage()}
	for _, lang := range c.Langs {
		course := web.NewCourseView(c, lang, "")
		glossary := web.NewGlossaryView(c, lang)
		search := web.NewStillSearchView(lang)
		search.Still = still
		pages[fileOf("/"+lang+"/search")] = web.StillSearchPage(search)
		sources, errata := web.NewSourcesView(c, lang), web.NewErrataView(c, lang)
		course.Still, glossary.Still, sources.Still, errata.Still = still, still, still, still
		pages[fileOf("/"+lang+"/sources")] = web.SourcesPage(sources)
		pages[fileOf("/"+lang+"/errata")] = web.ErrataPage(errata)
		pages[fileOf("/"+lang+"/")] = web.CoursePage(course)
		pages[fileOf("/"+lang+"/glossary")] = web.GlossaryPage(glossary)
		for _, u := range c.Units {
			for _, name := range u.Lessons {
				if l, ok := c.Lesson(lang, u.Name, name); ok {
					v := web.NewLessonView(l, c, runs)
					v.Still, v.Recorded, v.Meanwhile = still, true, nil
					pages[fileOf("/"+lang+"/"+u.Name+"/"+name)] = web.LessonPage(v)
				}
			}
		}
	}
	written, err := f.scripts()
	if err != nil {
		return err
	}
	for _, lang := range c.Langs {
		file, err := f.index(c, lang)
		if err != nil {
			return err
		}
		written[file] = true
	}
	has := func(file string) bool { return pages[file] != nil || written[file] || recorded(c, file) }
	made := map[string][]byte{}
	for file, page := range pages {
		if made[file], err = f.page(ctx, file, page, has); err != nil {
			return err
		}
	}
	return errors.Join(anchored(made)...)
}

// index writes what the search page of a language looks through, and returns
// its name.
func (f *Folder) index(c *lessons.Course, lang string) (string, error) {
	file := fileOf(web.SearchAddress(lang))
	entries := web.NewSearchEntries(c, lang)
	for i := range entries {
		entries[i].URL, _ = link(file, entries[i].URL)
	}
	content, err := json.Marshal(entries)
	if err != nil {
		return "", err
	}
	return file, f.File(file, content)
}

// scripts writes the files that pages load, and returns their names.
func (f *Folder) scripts() (map[string]bool, error) {
	written := map[string]bool{}
	err := fs.WalkDir(static.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(static.FS(), name)
		if err != nil {
			return err
		}
		file := fileOf(static.URL(name))
		written[file] = true
		return f.File(file, content)
	})
	return written, err
}

// recorded says whether file is, or is in, the folder of a lab's runs.
func recorded(c *lessons.Course, file string) bool {
	return slices.ContainsFunc(c.Labs(), func(l *lab.Lab) bool { return strings.HasPrefix(file, fileOf(web.RunAddress(l.Name, ""))) })
}

// page writes one page, and returns it.
func (f *Folder) page(ctx context.Context, file string, page component, has func(string) bool) ([]byte, error) {
	var content bytes.Buffer
	if err := page.Render(ctx, &content); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	linked, err := relative(content.Bytes(), file, has)
	if err != nil {
		return nil, err
	}
	return linked, f.File(file, linked)
}

//go:build linux

package main

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"golang.org/x/sync/errgroup"

	"fivetuple/lessons"
	"fivetuple/sandbox/lab"
)

// tabs are how many lessons are gone through at once, as many as a learner may
// have running: labs wait most of the time.
const tabs = 4

// TestEveryLesson goes through every lesson in both languages as a learner
// does, in a browser: it predicts, runs the first lab to its end, and answers
// each question right and wrong (testdata/walk.js). Then, in one of the
// languages, axe-core looks at the page, in one theme and with one view open,
// both in turn, or what the page shows is compared with what it shows of the
// recording (testdata/same.js); in soak each lesson has both.
func TestEveryLesson(t *testing.T) {
	walk, same, axe := script(t, "testdata/walk.js"), script(t, "testdata/same.js"), script(t, axeFile)
	c, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	base := served(t)
	b := openFor(t, 15*time.Minute, base+"/en/", 1280, 900)
	var group errgroup.Group
	group.SetLimit(tabs)
	var n int // of the lesson
	for _, u := range c.Units {
		for _, name := range u.Lessons {
			n++
			for i, lang := range c.Langs {
				l, _ := c.Lesson(lang, u.Name, name)
				theme, view := themes[n%len(themes)], views[n%len(views)]
				compares, looks := i == n%2, i != n%2
				if !soak {
					compares, looks = compares && n%5 >= 3, looks && n%5 < 3
				}
				group.Go(func() error {
					t.Run(lang+"/"+u.Name+"/"+name, func(t *testing.T) {
						b := b.tab(t, base+"/"+lang+"/"+u.Name+"/"+name)
						b.text(`document.documentElement.dataset.theme = '` + theme + `'`)
						b.find(walk, "walk("+typed(firstLab(l))+")")
						b.click("tab-" + view)
						b.until(`document.querySelector('[data-testid=view-` + view + `]').textContent.length > 20`)
						if looks {
							b.axeIn([]string{theme}, axe, "view "+view)
						}
						if compares && !t.Failed() {
							b.find(same, "same()")
						}
					})
					return nil
				})
			}
		}
	}
	_ = group.Wait() // each has told the test
}

// views are those of a run, which each lesson's page has.
var views = []string{"story", "packets", "inspector", "states", "charts", "ss", "strace", "tcpdump"}

// tab opens a page in a tab of its own, which is closed when the test t ends.
func (b *browser) tab(t *testing.T, url string) *browser {
	t.Helper()
	ctx, end := chromedp.NewContext(b.ctx)
	t.Cleanup(end)
	n := &browser{t, ctx}
	n.do(chromedp.EmulateViewport(1280, 900))
	n.do(chromedp.Navigate(url))
	return n
}

// find reports the faults that call, a function of a script, finds in the
// page: a list of sentences.
func (b *browser) find(script, call string) {
	b.Helper()
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](script+"; 'read'")); err != nil {
		b.Fatal(err)
	}
	faults, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]string](call, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatal(err)
	}
	for _, fault := range faults {
		b.Error(fault)
	}
}

// script is a file of scripts.
func script(t testing.TB, file string) string {
	t.Helper()
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

// typed is the lines that a lab's programs are given to read, as JSON, by
// program.
func typed(l *lab.Lab) string {
	lines := map[string][]string{}
	for _, p := range l.Programs {
		lines[p.Name] = p.Input
	}
	text, _ := json.Marshal(lines) // of texts
	return string(text)
}

// firstLab is the lab that stands first in a lesson.
func firstLab(l *lessons.Lesson) *lab.Lab {
	for _, b := range l.Blocks {
		if b, ok := b.(*lessons.LabBlock); ok {
			return b.Lab
		}
	}
	return nil
}

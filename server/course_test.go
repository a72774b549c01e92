//go:build linux

package main

import (
	"context"
	"encoding/json"
	"os"
	"strings"
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
// each question right and wrong (testdata/walk.js).
func TestEveryLesson(t *testing.T) {
	walk, err := os.ReadFile("testdata/walk.js")
	if err != nil {
		t.Fatal(err)
	}
	c, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	base := served(t)
	b := openFor(t, 15*time.Minute, base+"/en/", 1280, 900)
	var group errgroup.Group
	group.SetLimit(tabs)
	for _, u := range c.Units {
		for _, name := range u.Lessons {
			for _, lang := range c.Langs {
				l, _ := c.Lesson(lang, u.Name, name)
				if l.Exercise() != nil {
					continue // what a learner begins with need not end
				}
				group.Go(func() error {
					walked(t, b, base+"/"+lang+"/"+u.Name+"/"+name, string(walk), firstLab(l))
					return nil
				})
			}
		}
	}
	_ = group.Wait() // each has told the test
}

// walked goes through one lesson in a tab of its own.
func walked(t *testing.T, b *browser, url, walk string, l *lab.Lab) {
	t.Helper()
	ctx, done := chromedp.NewContext(b.ctx)
	defer done()
	typed := map[string][]string{}
	for _, p := range l.Programs {
		typed[p.Name] = p.Input
	}
	lines, _ := json.Marshal(typed) // of texts
	found, err := strolled(ctx, url, walk, string(lines))
	if err != nil {
		t.Errorf("%s: %v", url, err)
		return
	}
	for _, fault := range found {
		t.Errorf("%s: %s", url, fault)
	}
}

func strolled(ctx context.Context, url, walk, lines string) (faults []string, err error) {
	for _, a := range []chromedp.Action[chromedp.Void]{chromedp.EmulateViewport(1280, 900), chromedp.Navigate(url)} {
		if _, err := chromedp.Run(ctx, a); err != nil {
			return nil, err
		}
	}
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[string](walk+"; 'read'")); err != nil {
		return nil, err
	}
	out, err := chromedp.Run(ctx, chromedp.Evaluate[string]("walk("+lines+").then((all) => all.join('\\n'))", chromedp.EvalAwaitPromise))
	return strings.FieldsFunc(out, func(r rune) bool { return r == '\n' }), err
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

//go:build linux && soak

package main

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"fivetuple/lessons"
)

// TestEveryLessonAccessible has axe-core look at every lesson in every
// language and theme. TestEveryLesson looks at each in one theme, with a run.
func TestEveryLessonAccessible(t *testing.T) {
	axe := script(t, axeFile)
	base := served(t)
	c, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range c.Langs {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			b := openFor(t, 20*time.Minute, base+"/"+lang+"/", 1280, 900)
			b.axe(axe, lang+" course")
			for _, u := range c.Units {
				for _, lesson := range u.Lessons {
					path := "/" + lang + "/" + u.Name + "/" + lesson
					b.do(chromedp.Navigate(base + path))
					b.until(`[...document.querySelectorAll('ft-stage')].every((s) => s.toolbar)`)
					b.axe(axe, path)
				}
			}
		})
	}
}

//go:build linux

package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// themes are those of the course, the usual one first.
var themes = []string{"light", "dark", "projector"}

// looks is what axe-core is asked for in some themes: in the first of them
// for everything, in the others for what a theme changes, and of the
// projector's type for the contrast that WCAG calls enhanced, 7 to 1.
const looks = `async (themes) => {
	const changes = {dark: ['color-contrast'], projector: ['color-contrast-enhanced', 'scrollable-region-focusable']};
	const found = [];
	for (const [i, name] of themes.entries()) {
		document.documentElement.dataset.theme = name;
		const rules = Object.fromEntries((changes[name] ?? []).map((id) => [id, {enabled: true}]));
		const {violations} = await axe.run(document, {resultTypes: ['violations'], rules, ...(i > 0 ? {runOnly: changes[name]} : {})});
		found.push(...violations.map((v) => ({theme: name, id: v.id, help: v.help, nodes: v.nodes.map((n) => n.target.join(' ')).slice(0, 4)})));
	}
	return JSON.stringify(found);
}`

const axeFile = "testdata/axe/axe.min.js"

const axeLimit = 4 * time.Minute // axe-core is slow where the machine is busy

// TestAccessible has axe-core look at every kind of page but lessons, and at
// what a stage shows before and besides a run, in both languages and every
// theme. TestEveryLesson has it look at each lesson, with a run and its views.
func TestAccessible(t *testing.T) {
	axe := script(t, axeFile)
	base := served(t)
	t.Run("gallery", func(t *testing.T) {
		t.Parallel()
		b := openFor(t, axeLimit, base+"/ko/gallery", 1280, 900)
		b.until(`document.documentElement.dataset.gallery === 'ready'`)
		b.axe(axe, "gallery", "landmark-unique") // each of its stages has the parts that a lesson has once
	})
	for _, lang := range []string{"en", "ko"} {
		t.Run(lang+" pages", func(t *testing.T) {
			t.Parallel()
			look := func(b *browser, what string) { b.axe(axe, what) }
			b := openFor(t, axeLimit, base+"/"+lang+"/progress", 1280, 900)
			look(b, "progress, nothing kept")
			b.do(chromedp.Navigate(base + "/" + lang + "/endpoints/two-programs"))
			b.wrong()
			b.do(chromedp.Navigate(base + "/" + lang + "/progress"))
			look(b, "progress with what was believed")
			for _, path := range []string{"", "none/such", "glossary#window", "sources", "errata", "search?q=TIME_WAIT"} {
				b.do(chromedp.Navigate(base + "/" + lang + "/" + path))
				look(b, "page "+path)
			}
			b.do(chromedp.EmulateViewport(360, 740))
			b.do(chromedp.Navigate(base + "/" + lang + "/search?q=zzzz"))
			look(b, "search in vain")
			b.do(chromedp.EmulateViewport(1280, 900))
			b.do(chromedp.Navigate(base + "/" + lang + "/exercises/line-server"))
			b.text(`document.querySelectorAll('[data-testid=hints]').forEach((d) => d.open = true)`)
			look(b, "exercise")
			b.do(chromedp.Navigate(base + "/" + lang + "/web/websocket"))
			b.click("run-step")
			b.until(`document.querySelectorAll('[data-testid=connection-frames] [data-kind=server]').length > 0`)
			b.text(`document.querySelectorAll('[data-testid=connection-frames] details').forEach((d) => d.open = true)`)
			look(b, "the page's own WebSocket")
		})
		t.Run(lang+" stage", func(t *testing.T) {
			t.Parallel()
			look := func(b *browser, what string) { b.axe(axe, what) }
			b := openFor(t, axeLimit, base+"/"+lang+"/handshake/three-way", 360, 740)
			look(b, "narrow")
			b.do(chromedp.EmulateViewport(1280, 900))
			look(b, "lesson")
			b.click("run")
			b.until(held("SYN"))
			look(b, "held packet")
			b.click("stop")
			b.write("client", "import socket\nprint(y)\n")
			b.click("run")
			b.until(`document.querySelector('[data-testid=fault]') !== null`)
			b.text(`document.querySelector('[data-testid=editor]').focus()`)
			b.press("f")
			b.until(`document.querySelector('.cm-search') !== null`)
			b.click("show-changes")
			b.until(`document.querySelector('[data-testid=change]') !== null`)
			look(b, "editor")
			b.click("stop")
			b.click("tab-compare")
			b.until(`document.querySelector('[data-testid=compared] tbody tr') !== null`)
			b.click("link")
			b.until(linkURL + `?.value.includes('/runs/')`)
			look(b, "comparison and link")
			link := b.text(linkURL + `.value`)
			b.wrong()
			b.do(chromedp.Navigate(base + "/" + lang + "/progress"))
			look(b, "progress")
			b.do(chromedp.Navigate(link + "#2"))
			b.until(`document.querySelector('[data-testid=linked-event]')?.dataset.seq === '2'`)
			look(b, "recorded run")
			b.do(chromedp.Navigate(base + "/" + lang + "/runs"))
			look(b, "links to runs")
		})
	}
}

// axe has axe-core look at the page as it is, without some of its rules.
func (b *browser) axe(script, what string, without ...string) {
	b.Helper()
	b.axeIn(themes, script, what, without...)
}

// axeIn has it look in some themes only.
func (b *browser) axeIn(themes []string, script, what string, without ...string) {
	b.Helper()
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](script+"; 'read'")); err != nil {
		b.Fatal(err)
	}
	b.until(`document.getAnimations().every((a) => a.playState !== 'running' || a.effect.getComputedTiming().iterations === Infinity)`)
	out, err := chromedp.Run(b.ctx, chromedp.Evaluate[string]("("+looks+")("+quoted(themes)+")", chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatal(err)
	}
	var violations []struct {
		Theme, ID, Help string
		Nodes           []string
	}
	if err := json.Unmarshal([]byte(out), &violations); err != nil {
		b.Fatal(err)
	}
	for _, v := range violations {
		if slices.Contains(without, v.ID) {
			continue
		}
		b.Errorf("%s, %s: %s (%s): %s", what, v.Theme, v.Help, v.ID, strings.Join(v.Nodes, "; "))
	}
}

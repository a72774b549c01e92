//go:build linux

package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestAccessible has axe-core look at every kind of page, and at a stage with
// a run and each of its views, in both languages.
func TestAccessible(t *testing.T) {
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	base := served(t)
	look := func(b *browser, what string) {
		t.Helper()
		if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](string(axe)+"; 'read'")); err != nil {
			t.Fatal(err)
		}
		b.until(`document.getAnimations().every((a) => a.playState !== 'running' || a.effect.getComputedTiming().iterations === Infinity)`)
		out, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`axe.run(document, {resultTypes: ['violations']}).then((r) => JSON.stringify(r.violations.map((v) => ({id: v.id, help: v.help, nodes: v.nodes.map((n) => n.target.join(' ')).slice(0, 4)}))))`, chromedp.EvalAwaitPromise))
		if err != nil {
			t.Fatal(err)
		}
		var violations []struct {
			ID, Help string
			Nodes    []string
		}
		if err := json.Unmarshal([]byte(out), &violations); err != nil {
			t.Fatal(err)
		}
		for _, v := range violations {
			t.Errorf("%s: %s (%s): %s", what, v.Help, v.ID, strings.Join(v.Nodes, "; "))
		}
	}
	for _, lang := range []string{"en", "ko"} {
		look(open(t, base+"/"+lang+"/", 1280, 900), lang+" course")
		look(open(t, base+"/"+lang+"/none/such", 1280, 900), lang+" no such page")
		look(open(t, base+"/"+lang+"/glossary#window", 1280, 900), lang+" glossary")
		look(open(t, base+"/"+lang+"/search?q=TIME_WAIT", 1280, 900), lang+" search")
		look(open(t, base+"/"+lang+"/search?q=zzzz", 360, 740), lang+" search in vain")
		look(open(t, base+"/"+lang+"/progress", 1280, 900), lang+" progress, nothing kept")
		b := open(t, base+"/"+lang+"/handshake/three-way", 1280, 900)
		look(b, lang+" lesson")
		b.click("run")
		b.until(held("SYN"))
		look(b, lang+" held packet")
		for range 3 {
			b.click("deliver")
			b.until(`document.querySelector('[data-testid=held]') !== null`)
		}
		for _, view := range []string{"packets", "inspector", "states", "charts", "ss", "strace", "tcpdump"} {
			b.click("tab-" + view)
			b.until(`document.querySelector('[data-testid=view-` + view + `]').textContent.length > 20`)
			look(b, lang+" view "+view)
		}
		b.wrong()
		b.do(chromedp.Navigate(base + "/" + lang + "/progress"))
		look(b, lang+" progress")
		look(open(t, base+"/"+lang+"/handshake/three-way", 360, 740), lang+" narrow")
		built := open(t, base+"/"+lang+"/exercises/line-server", 1280, 900)
		built.text(`document.querySelectorAll('[data-testid=hints]').forEach((d) => d.open = true)`)
		look(built, lang+" exercise")
		own := open(t, base+"/"+lang+"/web/websocket", 1280, 900)
		own.click("run-step")
		own.until(`document.querySelectorAll('[data-testid=connection-frames] [data-kind=server]').length > 0`)
		own.text(`document.querySelectorAll('[data-testid=connection-frames] details').forEach((d) => d.open = true)`)
		look(own, lang+" the page's own WebSocket")
	}
}

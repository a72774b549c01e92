//go:build linux

package main

import (
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"fivetuple/sandbox/event"
)

// TestLanguages runs a server in C with a client in Python, and finds them so
// after the page was loaded again.
func TestLanguages(t *testing.T) {
	base := served(t)
	b := open(t, base+"/ko/handshake/three-way", 1280, 900)
	server := `document.querySelector('.program[data-program=server]')`
	b.text(server + `.querySelector('[data-testid="language.c"]').click()`)
	b.until(server + `.querySelector('h4').textContent === 'server.c' && ` + server + `.querySelector('.source').textContent.includes('int main')`)
	b.click("run")
	b.until(held("SYN"))
	b.do(chromedp.Reload())
	b.until(held("SYN"))
	b.until(server + `.querySelector('h4').textContent === 'server.c'`)
	all := b.recording(base, "handshake/three-way")
	files := []string{all[0].Programs[0].File, all[0].Programs[1].File}
	if slices.Sort(files); !slices.Equal(files, []string{"client.py", "server.c"}) {
		t.Errorf("programs: %v", files)
	}
	accepts := slices.IndexFunc(all, func(e event.Event) bool { return e.Program == "server" && e.Name == "accept" && e.Line > 0 })
	if accepts < 0 {
		t.Error("no accept of the server in C has its line")
	}
}

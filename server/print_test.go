//go:build linux

package main

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestOnPaper: on paper a lab is what it is made of and its programs, and a
// source has its address.
func TestOnPaper(t *testing.T) {
	t.Parallel()
	b := open(t, served(t)+"/en/handshake/three-way", 800, 1100)
	b.until(`document.querySelector('[data-testid=run]') !== null`)
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		return err
	}))
	for selector, want := range map[string]string{
		".paper": "true", ".source": "true", ".lab-name": "true", ".controls": "false", ".views": "false", ".diagram": "false", "[data-testid=edit]": "false", ".sockets": "false",
	} {
		if got := b.text(`document.querySelector('` + selector + `').checkVisibility()`); got != want {
			t.Errorf("%s is seen: %s, want %s", selector, got, want)
		}
	}
	if s := b.text(`document.querySelector('.paper').textContent`); s != "Two hosts, client, server, and a wire between them. The wire is on hold: each packet waits for you." {
		t.Errorf("the lab is %q", s)
	}
	if s := b.text(`getComputedStyle(document.querySelector('.sources a'), '::after').content`); len(s) < 12 {
		t.Errorf("the address of a source is %s", s)
	}
}

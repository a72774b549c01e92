//go:build linux

package main

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

const (
	themeIs = `document.documentElement.dataset.theme`
	paper   = `getComputedStyle(document.body).backgroundColor`
	dark    = "rgb(22, 24, 27)"
)

// TestThemeWithoutScripts chooses a theme by keyboard where scripts are off:
// the form leads back, and from then on the page comes so from the server.
func TestThemeWithoutScripts(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/ko/", 1280, 900)
	b.scriptsOff()
	b.do(chromedp.Navigate(base + "/ko/glossary"))
	b.text(`document.querySelector('[data-testid=themes]').focus(), globalThis.before = true`)
	b.do(chromedp.KeyEvent("\r"))
	b.reads(`document.querySelector('.themes').open`)
	for range 3 {
		b.do(chromedp.KeyEvent("\t"))
	}
	b.do(chromedp.KeyEvent("\r"))
	b.reads(themeIs + ` === 'dark' && location.pathname === '/ko/glossary' && !globalThis.before`)
	if got := b.text(paper); got != dark {
		t.Errorf("the paper is %s, want %s", got, dark)
	}
}

// TestThemeOfTheSystem is dark where the system is.
func TestThemeOfTheSystem(t *testing.T) {
	t.Parallel()
	b := open(t, served(t)+"/en/", 1280, 900)
	if got := b.text(paper); got == dark {
		t.Errorf("the paper is %s before the system is dark", got)
	}
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}}
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, media)
		return err
	}))
	b.until(paper + ` === '` + dark + `'`)
}

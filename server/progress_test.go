//go:build linux

package main

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// wrong answers the first question of the page wrong, and waits until that is
// kept.
func (b *browser) wrong() {
	b.Helper()
	b.kept(`document.querySelector('ft-quiz .choice:not([data-right]) input').click()`)
}

// kept does something and waits until the server has kept it.
func (b *browser) kept(act string) {
	b.Helper()
	b.text(`(() => { window.keeps = 0; const f = window.fetch; window.fetch = async (...a) => { const r = await f(...a); if (a[0] === '/api/progress' && r.ok) window.keeps++; return r; }; ` + act + `; return ''; })()`)
	b.until(`window.keeps > 0`)
}

// TestProgressInTheBrowser: a wrong answer comes back in the next lesson, and
// on the page of one's progress, until all is erased.
func TestProgressInTheBrowser(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/en/progress", 1280, 900)
	b.until(`document.querySelector('[data-testid=nothing-kept]') !== null`)
	b.do(chromedp.Navigate(base + "/en/endpoints/two-programs"))
	b.wrong()
	b.do(chromedp.Navigate(base + "/ko/endpoints/descriptor"))
	b.until(`document.querySelectorAll('[data-testid=review-question]').length === 1`)
	b.do(chromedp.Navigate(base + "/ko/"))
	b.until(`document.querySelector('[data-testid=mark].begun') !== null && document.querySelector('[data-testid=continue]').href.endsWith('/endpoints/descriptor')`)
	b.do(chromedp.EmulateViewport(360, 740))
	b.do(chromedp.Navigate(base + "/ko/progress"))
	b.until(`document.querySelector('[data-testid=belief]:not([data-overcome]) details:not([open])') !== null`)
	if wide := b.text(`document.documentElement.scrollWidth <= 360`); wide != "true" {
		t.Error("the page is wider than 360 px")
	}
	if seen := b.text(`document.querySelector('[data-testid=once]').checkVisibility()`); seen != "false" {
		t.Error("the question says what was answered wrong before it is answered")
	}
	b.text(`document.querySelector('[data-testid=belief] summary').focus()`)
	b.do(chromedp.KeyEvent(kb.Enter))
	b.until(`document.querySelector('[data-testid=belief] details').open`)
	b.kept(`document.querySelector('[data-testid=review-question] [data-right] input').click()`)
	b.until(`document.querySelector('[data-testid=review-question]').dataset.result === 'right' && document.querySelector('[data-testid=once]').checkVisibility()`)
	b.until(`document.querySelector('[data-testid=belief][data-overcome] details[open]') !== null`)
	b.do(chromedp.Reload())
	b.until(`document.querySelector('[data-testid=nothing-due]') !== null`)
	b.click("erase")
	b.click("erase-yes")
	b.until(`document.querySelector('[data-testid=nothing-kept]') !== null`)
}

// TestPredictionIsKept: what a run said is kept as the truth of a prediction.
func TestPredictionIsKept(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/en/udp/datagrams", 1280, 900)
	b.text(`document.querySelectorAll('ft-predict').forEach((p) => p.querySelector('input').click())`)
	b.click("run")
	b.until(`[...document.querySelectorAll('ft-predict')].every((p) => p.dataset.result)`)
	b.until(`fetch('/api/progress').then((r) => r.json()).then((r) => Object.values(r.lessons['udp/datagrams'].answers ?? {}).filter((a) => a.truth).length === document.querySelectorAll('ft-predict').length && Boolean(r.lessons['udp/datagrams'].ran))`)
}

//go:build linux

package main

import (
	"testing"

	"github.com/chromedp/chromedp"
)

const (
	cutAtStart  = `document.querySelector('ft-stage').all[0]?.wire.cut.join()`
	cutShown    = `document.querySelector('[data-testid=cut-server]')?.getAttribute('aria-pressed')`
	runFinished = `document.querySelector('[data-testid=end]')?.dataset.cause === 'finished'`
)

// TestWireOfTheNextRun: what a timeline did to the wire ends with its run. The
// next begins with the lab's wire, or with what the learner has set, also
// when the page was loaded again.
func TestWireOfTheNextRun(t *testing.T) {
	t.Parallel()
	b := open(t, served(t)+"/en/handshake/half-open", 1280, 900)
	b.until(cutShown + ` === 'true'`)
	b.click("run")
	b.until(cutAtStart + ` === 'server' && ` + cutShown + ` === 'false'`) // mended by the timeline
	b.until(runFinished + ` && ` + cutShown + ` === 'true'`)
	b.runAgain()
	b.until(cutAtStart + ` === 'server'`)

	b.click("stop")
	b.until(`document.querySelector('ft-stage').dataset.phase === 'over'`)
	b.text(`document.querySelector('[data-testid=cut-server]').click()`)
	b.until(cutShown + ` === 'false'`)
	b.runAgain()
	b.until(cutAtStart + ` === ''`)
	b.do(chromedp.Reload())
	b.until(cutAtStart + ` === '' && ` + runFinished + ` && ` + cutShown + ` === 'false'`)
	b.runAgain()
	b.until(cutAtStart + ` === ''`)
}

// runAgain presses Run after a run, and waits until the new one has begun.
func (b *browser) runAgain() {
	b.Helper()
	id := b.text(`document.querySelector('ft-stage').session.id`)
	b.click("run")
	b.until(`document.querySelector('ft-stage').session.id !== '` + id + `' && document.querySelector('ft-stage').all.length > 0`)
}

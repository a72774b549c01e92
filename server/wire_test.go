//go:build linux

package main

import (
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
)

const (
	cutAtStart  = `((start) => start && String(start.wire.cut ?? ''))(document.querySelector('ft-stage')?.all?.[0])`
	cutShown    = `document.querySelector('[data-testid=cut-server]')?.getAttribute('aria-pressed')`
	runOver     = `document.querySelector('ft-stage').dataset.phase === 'over'`
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
	b.until(cutAtStart + ` === 'server' && ` + runFinished + ` && ` + cutShown + ` === 'true'`)
	if mended := b.text(`document.querySelector('ft-stage').all.some((e) => e.kind === 'wire' && e.wire.cut.length === 0)`); mended != "true" {
		t.Fatal("the timeline did not mend the cable; choose another lab for this test")
	}
	b.runAgain()
	b.until(cutAtStart + ` === 'server'`)

	b.stop()
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

// stop ends the run, if it has not ended by itself.
func (b *browser) stop() {
	b.Helper()
	b.text(`document.querySelector('ft-stage').session.stop()`)
	b.until(runOver)
}

// TestWireInForce: while a run goes on its wire is shown as it is, whoever has
// set it; afterwards as the next run begins.
func TestWireInForce(t *testing.T) {
	t.Parallel()
	b := open(t, served(t)+"/en/handshake/three-way", 1280, 900)
	b.click("run")
	b.until(held("SYN"))
	b.text(`document.querySelector('ft-stage').session.send({command: 'wire', mode: 'flow', cut: ['server']})`) // as a timeline does
	b.until(cutShown + ` === 'true' && document.querySelector('[data-testid=wire-flow]').checked`)
	b.stop()
	b.until(cutShown + ` === 'false' && document.querySelector('[data-testid=wire-hold]').checked`)
	b.runAgain()
	b.until(held("SYN") + ` && ` + cutAtStart + ` === ''`)
}

// TestStepAfterReload: what a step has set is there when the page is loaded
// again, its timeline too, and the next step takes it back.
func TestStepAfterReload(t *testing.T) {
	t.Parallel()
	b := open(t, served(t)+"/en/lifecycle/names", 1280, 900)
	const race = 2
	b.until(`document.querySelectorAll('[data-testid=set]:not([hidden])').length > ` + strconv.Itoa(race))
	b.step(race)
	b.click("run")
	b.until(cutAtStart + ` === 'server'`)
	b.stop()
	b.do(chromedp.Reload())
	b.until(`document.querySelector('ft-stage')?.all?.length > 0 && ` + runOver)
	b.text(`(() => {
		const { fetch } = window;
		window.fetch = (path, options) => {
			if (path === '/api/sandboxes') window.asked = JSON.parse(options.body);
			return fetch(path, options);
		};
	})()`)
	b.runAgain()
	if asked := b.text(`JSON.stringify([window.asked.timeline.map((s) => s.cut), window.asked.wire.cut, Object.keys(window.asked.programs)])`); asked != `[[[]],["server"],["client"]]` {
		t.Errorf("the run has %s", asked)
	}
	b.text(`document.querySelector('ft-stage').setLab({})`)
	if back := b.text(`((s) => JSON.stringify([s.timeline ?? null, s.settings.cut ?? [], s.panes.some((p) => p.edited)]))(document.querySelector('ft-stage'))`); back != `[null,[],false]` {
		t.Errorf("what the step had set is left: %s", back)
	}
}

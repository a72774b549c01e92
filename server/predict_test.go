//go:build linux

package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// predict answers the predict block with this id by a script in which `block`
// is the block.
func (b *browser) predict(id, script string) {
	b.Helper()
	b.text(fmt.Sprintf(`(() => { const block = document.querySelector('#predict-%s'); %s; return ''; })()`, id, script))
}

// predicted waits until the run has answered the predict block, and returns
// what is said of the learner's own answer.
func (b *browser) predicted(id, result string) string {
	b.Helper()
	b.until(fmt.Sprintf(`document.querySelector('#predict-%s').dataset.result === '%s'`, id, result))
	return b.text(fmt.Sprintf(`document.querySelector('#predict-%s .compare').textContent`, id))
}

// choose is a script that answers a list of states.
func choose(end, state string) string {
	return fmt.Sprintf(`{ const s = block.querySelector('[data-key=%s] select'); s.value = '%s'; s.dispatchEvent(new Event('change', {bubbles: true})); };`, end, state)
}

// TestPredictStates: the states that a learner foretold are compared with
// those of the run, end by end; a mistake is explained, and comes back in the
// next lesson.
func TestPredictStates(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/en/handshake/three-way", 360, 740)
	b.predict("third-packet", choose("client", "ESTABLISHED")+choose("server", "ESTABLISHED"))
	b.click("run")
	for _, flags := range []string{"SYN", "SYN,ACK"} {
		b.until(held(flags))
		b.click("deliver")
	}
	if said, want := b.predicted("third-packet", "wrong"), "✗ You predicted client ESTABLISHED, server ESTABLISHED. In your run: client ESTABLISHED, server SYN_RECV."; said != want {
		t.Errorf("%q, want %q", said, want)
	}
	if open := b.text(`[...document.querySelectorAll('#predict-third-packet .why[open]')].map((w) => w.dataset.of)`); open != "0,run" {
		t.Errorf("explained: %s", open)
	}
	if marks := b.text(`[...document.querySelectorAll('#predict-third-packet .answer-end')].map((e) => e.dataset.result)`); marks != "right,wrong" {
		t.Errorf("marks: %s", marks)
	}
	b.predict("third-packet", choose("server", "SYN_RECV"))
	b.predicted("third-packet", "right")
	b.until(`fetch('/api/progress').then((r) => r.json()).then((r) => r.lessons['handshake/three-way'].answers?.['third-packet']?.wrong === 1)`)
	b.do(chromedp.Navigate(base + "/en/progress"))
	b.until(`document.querySelector('[data-testid=belief] .believed')?.textContent.replace(/\s+/g, ' ').trim() === 'You once believed: client ESTABLISHED, server ESTABLISHED'`)
	b.until(`document.querySelector('[data-testid=belief] .was-so').textContent.trim() === 'client ESTABLISHED, server SYN_RECV'`)
	b.text(`document.querySelector('[data-testid=belief] .hint a').click()`)
	b.until(`location.href.endsWith('/en/handshake/three-way#predict-third-packet') && document.querySelector('#predict-third-packet')?.getBoundingClientRect().top >= 0 && document.querySelector('#predict-third-packet').getBoundingClientRect().top < innerHeight`)
	b.do(chromedp.Navigate(base + "/ko/handshake/header"))
	b.until(`document.querySelector('ft-recall[data-id=third-packet] [data-testid=recall]:not([hidden])') !== null`)
	b.click("recall")
	b.until(`document.querySelector('ft-recall .compare').textContent === '먼저 빠짐없이 답하십시오.'`)
	b.text(`(() => { const block = document.querySelector('ft-recall'); ` + choose("client", "ESTABLISHED") + choose("server", "SYN_RECV") + ` return ''; })()`)
	b.click("recall")
	b.until(`document.querySelector('ft-recall').dataset.result === 'right'`)
	if wide := b.text(`document.documentElement.scrollWidth <= 360`); wide != "true" {
		t.Error("the page is wider than 360 px")
	}
}

// typed types an answer into the predict block with this id.
func (b *browser) typed(id, answer string) {
	b.Helper()
	b.predict(id, `block.querySelector('input').focus(); block.querySelector('input').select()`)
	b.do(chromedp.KeyEvent(answer + "\r"))
}

// TestPredictNumber: a number is right when it is near the run's.
func TestPredictNumber(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/en/endpoints/layers-history", 360, 740)
	b.typed("frame-size", "seventy")
	b.until(`document.querySelector('#predict-frame-size .compare').textContent === 'Write a number in figures, such as 12 or 0.5.'`)
	b.typed("frame-size", "45")
	b.until(`document.querySelector('#predict-frame-size .compare').textContent.startsWith('Your prediction is kept')`)
	b.click("run")
	if said, want := b.predicted("frame-size", "wrong"), "✗ You predicted 45 bytes. In your run: 71 bytes."; said != want {
		t.Errorf("%q, want %q", said, want)
	}
	if open := b.text(`[...document.querySelectorAll('#predict-frame-size .why[open]')].map((w) => w.dataset.of)`); open != "2,run" {
		t.Errorf("explained: %s", open)
	}
	b.typed("frame-size", "70")
	b.predicted("frame-size", "right")
}

// TestPredictField: the value of a hidden field may be typed in hexadecimal.
func TestPredictField(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/en/endpoints/byte-order", 360, 740)
	b.typed("number", "e8030000")
	b.until(`document.querySelector('#predict-number input').getAttribute('aria-invalid') === 'true'`)
	b.typed("number", "0x3e8")
	b.until(`document.querySelector('#predict-number input').getAttribute('aria-invalid') === 'false'`)
	b.click("run")
	if said, want := b.predicted("number", "wrong"), "✗ You predicted 1000 (0x3e8). In your run: 3892510720 (0xe8030000)."; said != want {
		t.Errorf("%q, want %q", said, want)
	}
	if open := b.text(`[...document.querySelectorAll('#predict-number .why[open]')].map((w) => w.dataset.of)`); open != "0,run" {
		t.Errorf("explained: %s", open)
	}
	b.typed("number", "0xE8030000")
	b.predicted("number", "right")
}

// ordered is the order in which the items of a predict block stand.
func (b *browser) ordered(id string) string {
	b.Helper()
	return b.text(fmt.Sprintf(`[...document.querySelectorAll('#predict-%s .answer-order > li')].map((i) => i.dataset.key)`, id))
}

// center is the middle of an element.
func (b *browser) center(selector string) (x, y float64) {
	b.Helper()
	at := b.text(fmt.Sprintf(`(() => { const r = document.querySelector('%s').getBoundingClientRect(); return (r.left + r.width / 2) + ' ' + (r.top + r.height / 2); })()`, selector))
	if _, err := fmt.Sscan(at, &x, &y); err != nil {
		b.Fatal(err)
	}
	return x, y
}

// TestPredictOrder: items are moved by buttons, by arrow keys, and by their
// handle; what has the focus keeps it.
func TestPredictOrder(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/en/servers/one-at-a-time", 360, 740)
	b.until(`document.querySelector('#predict-when [data-way=up]') !== null`)
	b.predict("when", `block.querySelector('[data-key=connected] [data-way=up]').click()`)
	if got, want := b.ordered("when"), "accept,connected,line,quick,slow"; got != want {
		t.Fatalf("after a button: %s, want %s", got, want)
	}
	b.predict("when", `block.querySelector('[data-key=slow] [data-way=up]').focus()`)
	b.do(chromedp.KeyEvent(kb.ArrowUp))
	b.until(`document.querySelector('#predict-when [data-testid=order-said]').textContent === 'The server answers the slow client: place 4 of 5'`)
	if got := b.text(`document.activeElement.closest('li')?.dataset.key`); got != "slow" {
		t.Errorf("the focus is at %s", got)
	}
	b.predict("when", `block.querySelector('.answer-order').scrollIntoView({block: 'center', behavior: 'instant'})`)
	x, from := b.center("#predict-when [data-key=accept] .answer-grip")
	_, to := b.center("#predict-when li[data-key=line]")
	b.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMousePressed, x, from, chromedp.Button("left")))
	b.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x, to+8, chromedp.Button("left")))
	b.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseReleased, x, to+8, chromedp.Button("left")))
	if got, want := b.ordered("when"), "connected,line,accept,slow,quick"; got != want {
		t.Fatalf("after the handle: %s, want %s", got, want)
	}
	b.click("run")
	if said := b.predicted("when", "wrong"); !strings.Contains(said, "In the run: The quick client's connect returns → The quick client's line arrives") {
		t.Errorf("%q", said)
	}
	if open := b.text(`[...document.querySelectorAll('#predict-when .why[open]')].map((w) => w.dataset.of)`); open != "3,run" {
		t.Errorf("explained: %s", open)
	}
	b.predict("when", `block.querySelector('[data-key=accept] [data-way=down]').click()`)
	b.predicted("when", "right")
}

// TestPredictionAfterTheRun: who answers when the run is over is told whether
// the run has no answer or it could not be loaded, and then can answer again.
func TestPredictionAfterTheRun(t *testing.T) {
	t.Parallel()
	b := open(t, served(t)+"/en/udp/datagrams", 1280, 900)
	b.click("run")
	b.until(`document.querySelector('[data-testid=end]')?.dataset.cause === 'finished'`)
	b.until(`document.querySelector('ft-predict .compare')?.dataset.result === 'choose'`)
	b.text(`(() => {
		const { fetch } = window;
		window.fetch = (path, ...more) => (String(path).includes('/answers/') && window.gives !== 'as it is' ? Promise.resolve(new Response('{"answer":null}', {status: Number(window.gives)})) : fetch(path, ...more));
	})()`)
	answered := func(status, result string) {
		b.text(`(() => { window.gives = '` + status + `'; document.querySelector('ft-predict input').click(); document.querySelector('ft-predict input').dispatchEvent(new Event('change', {bubbles: true})); })()`)
		b.until(`document.querySelector('ft-predict .compare').dataset.result === '` + result + `'`)
	}
	answered("404", "lost")
	if said := b.text(`document.querySelector('ft-predict .compare').textContent`); !strings.HasPrefix(said, "The answer of your run could not be loaded.") {
		t.Errorf("said: %q", said)
	}
	answered("200", "not-reached")
	b.text(`(window.gives = 'as it is', document.querySelector('ft-predict input').dispatchEvent(new Event('change', {bubbles: true})))`)
	b.until(`['right', 'wrong'].includes(document.querySelector('ft-predict').dataset.result)`)
}

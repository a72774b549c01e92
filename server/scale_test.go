//go:build linux

package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// drawing is all that the diagram shows and where, as text.
const drawing = `JSON.stringify([...document.querySelectorAll('.canvas .item, .canvas .band, .canvas .fold')].map((n) => {
	const box = n.getBBox();
	return [n.getAttribute('class'), n.textContent, box.x, box.y, box.width, box.height].join(' ');
})) + document.querySelector('.plane').style.height`

// apart is how far below the first packet the last one stands.
const apart = `((all) => all.at(-1).getBBox().y - all[0].getBBox().y)([...document.querySelectorAll('[data-testid=packet]')])`

// resting is a client that rests while it is connected.
const resting = `import socket, time
c = socket.create_connection(("server", 8080))
for n in range(5):
    c.send(b"message %d" % n)
    c.recv(100)
time.sleep(1.5)
c.close()
`

// TestZoom changes the scale of time by keys, buttons and the wheel: idle time
// stays folded, and the usual scale gives back what was there.
func TestZoom(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/ko/handshake/three-way", 1280, 900)
	b.runs(answering, resting)
	b.until(`document.querySelector('.program[data-program=client]').dataset.doing === 'exited'`)
	b.click("stop")
	b.until(`document.querySelector('[data-testid=end]')?.dataset.cause === 'stopped'`)
	before, far := b.text(drawing), b.text(apart)
	folded := `[...document.querySelectorAll('.fold .idle')].some((n) => /^(약 )?1\.\d+ ?(s|초)/.test(n.textContent))`
	if b.text(folded) != "true" {
		t.Fatalf("the idle second is not folded: %s", before)
	}
	b.text(`document.querySelector('[data-testid=stage]').focus()`)
	b.do(chromedp.KeyEvent("+"))
	b.until(`document.querySelector('[data-testid=grid]')?.textContent.startsWith('눈금 ') && document.querySelectorAll('.tick').length > 0`)
	b.until(fmt.Sprintf(`%s > %s && %s`, apart, far, folded))
	b.click("zoom-in")
	b.click("zoom-in")
	b.until(`document.querySelector('ft-stage').diagram.scale.zoom === 3 && ` + folded)
	b.do(chromedp.KeyEvent("0"))
	b.until(`document.querySelector('.legend').hidden && document.querySelectorAll('.tick').length === 0`)
	b.until(drawing + ` === ` + fmt.Sprintf("%q", before))

	b.click("zoom-out")
	b.do(chromedp.KeyEvent("-"))
	b.do(chromedp.KeyEvent("-"))
	b.until(`document.querySelector('ft-stage').diagram.scale.zoom === -3 && [...document.querySelectorAll('[data-testid=packet] .label')].some((n) => n.textContent === '')`)
	if s := b.text(fmt.Sprintf(`%s < %s / 2`, apart, far)); s != "true" {
		t.Errorf("far away the run is %s px long, near by %s px", b.text(apart), far)
	}
	b.text(`document.querySelector('[data-testid=zoom-as-is]').focus()`)
	b.click("zoom-as-is")
	b.until(drawing + ` === ` + fmt.Sprintf("%q", before))
	if s := b.text(`document.activeElement.className`); s != "scroll" {
		t.Errorf("the focus is at %q", s)
	}

	// The moment under the pointer stays there; the answers above may still come, and move all.
	at := `((d) => Math.round(d.layout.y([...d.model.packets.values()][3].at.sent.seq) - d.scroll.scrollTop))(document.querySelector('ft-stage').diagram)`
	b.text(`document.querySelector('.scroll').scrollTop = 150`)
	stood := b.text(at)
	b.text(`document.querySelector('.scroll').dispatchEvent(new WheelEvent('wheel', {deltaY: -100, ctrlKey: true, clientY: document.querySelector('.scroll').getBoundingClientRect().top + ` + at + `, bubbles: true, cancelable: true}))`)
	b.until(`document.querySelector('ft-stage').diagram.scale.zoom === 1`)
	b.until(fmt.Sprintf(`Math.abs(%s - %s) <= 2`, at, stood))

	// The next run is drawn at the scale that was chosen.
	b.click("run")
	b.until(`((stage) => !stage.model.ended && stage.model.packets.size > 0 && stage.diagram.layout.scale.zoom === 1)(document.querySelector('ft-stage'))`)
	b.until(`!document.querySelector('.legend').hidden && document.querySelectorAll('.tick').length > 0`)
	b.click("stop")
}

// TestFollow: the newest is in sight until one scrolls up; then it stays so,
// and a button leads back.
func TestFollow(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/ko/handshake/three-way", 360, 740)
	b.runs("import time\nwhile True: time.sleep(0.05)\n", "")
	scroll := `document.querySelector('.scroll')`
	atEnd := scroll + `.scrollTop + ` + scroll + `.clientHeight > ` + scroll + `.scrollHeight - 24`
	b.until(scroll + `.scrollHeight > 2 * ` + scroll + `.clientHeight && ` + atEnd)
	newest := `document.querySelector('[data-testid=newest]')`
	if b.text(newest+`.hidden`) != "true" {
		t.Error("there is a way to the newest, which is in sight")
	}
	b.text(scroll + `.scrollTop = 40`)
	b.until(`!` + newest + `.hidden && ` + newest + `.textContent === '↓ 가장 최근으로'`)
	high := b.text(scroll + `.scrollHeight`)
	b.until(scroll + `.scrollHeight > ` + high + ` + 100`)
	if s := b.text(scroll + `.scrollTop`); s != "40" {
		t.Errorf("it did not stay where it was: at %s", s)
	}
	b.click("newest")
	b.until(newest + `.hidden && ` + atEnd)
	high = b.text(scroll + `.scrollHeight`)
	b.until(scroll + `.scrollHeight > ` + high + ` + 100 && ` + atEnd)
	if s := b.text(`document.activeElement === ` + scroll); s != "true" {
		t.Error("the focus is lost")
	}
	b.click("stop")
	b.until(`document.querySelector('[data-testid=end]')?.dataset.cause === 'stopped'`)
}

// runs runs the lab with programs of the test's own; nothing is held.
func (b *browser) runs(server, client string) {
	b.Helper()
	b.until(`document.querySelector('[data-testid=run]:not([aria-disabled])') !== null`)
	b.text(fmt.Sprintf(`(() => {
		const sources = %s;
		for (const pane of document.querySelector('ft-stage').panes) pane.load(sources[pane.name]);
		document.querySelector('[data-testid=wire-flow]').click();
	})()`, quoted(map[string]string{"server": server, "client": client})))
	b.click("run")
}

// inSight says that what a selector finds is to be seen in what scrolls.
func inSight(selector, scroll string) string {
	return fmt.Sprintf(`((n, s) => { if (!n) return false; const a = n.getBoundingClientRect(), b = s.getBoundingClientRect(); return a.bottom > b.top && a.top < b.bottom; })(document.querySelector('%s'), document.querySelector('%s'))`, selector, scroll)
}

// TestManyThings: in a run with more things than have nodes, all of them are
// reached, by keyboard, from another view, and by a link.
func TestManyThings(t *testing.T) {
	base := served(t)
	b := openFor(t, 3*time.Minute, base+"/en/handshake/three-way", 1280, 900)
	b.runs(answering, fmt.Sprintf(asking, 3, 0.0))
	b.within(time.Minute, `[...document.querySelector('ft-stage').model.programs.values()].some((p) => p.name === 'client' && p.exit)`)
	b.click("stop")
	b.until(`document.querySelector('[data-testid=end]')?.dataset.cause === 'stopped'`)
	things := `document.querySelector('ft-stage').diagram.items.items.length`
	if s := b.text(things + ` > 1500 && document.querySelectorAll('.canvas .item').length < 400`); s != "true" {
		t.Errorf("of %s things %s have nodes", b.text(things), b.count(".canvas .item"))
	}

	// By keyboard.
	focused := `document.querySelector('ft-stage').diagram.items.byNode.get(document.activeElement)?.i`
	b.text(`document.querySelector('.scroll').focus()`)
	b.do(chromedp.KeyEvent(kb.Enter))
	b.until(focused + ` === 0 && ` + inSight(".item:focus", ".scroll"))
	b.do(chromedp.KeyEvent(strings.Repeat(kb.ArrowDown, 90)))
	b.until(focused + ` === 90 && ` + inSight(".item:focus", ".scroll"))
	b.do(chromedp.KeyEvent(kb.End))
	b.until(focused + ` === ` + things + ` - 1 && ` + inSight(".item:focus", ".scroll"))
	b.do(chromedp.KeyEvent(kb.ArrowUp))
	b.until(focused + ` === ` + things + ` - 2 && document.querySelectorAll('.canvas [tabindex="0"]').length === 1`)
	b.text(`document.querySelector('.scroll').scrollTop = 0`)
	b.until(`document.querySelector('[data-testid=packet][data-flags=SYN]') !== null && ` + focused + ` === ` + things + ` - 2`)

	// From the table of packets, and within it.
	b.click("tab-packets")
	b.until(`document.querySelectorAll('[data-testid=packet-row]').length > 20`)
	packets := `document.querySelector('ft-stage').model.packets.size`
	if s := b.text(`document.querySelectorAll('[data-testid=packet-row]').length < ` + packets + ` && Number(document.querySelector('[data-testid=packets]').getAttribute('aria-rowcount')) === ` + packets + ` + 1`); s != "true" {
		t.Error("all packets have rows, or their number is not told")
	}
	b.text(`document.querySelector('.packets-view').scrollTop = 1e9`)
	b.until(`[...document.querySelectorAll('[data-testid=packet-row]')].at(-1).textContent === String([...document.querySelector('ft-stage').model.packets.keys()].at(-1))`)
	last := `[...document.querySelectorAll('[data-testid=packet-row]')].at(-1).click()`
	marked := `document.querySelector('[data-testid=packet][data-marked]')?.dataset.packet`
	seen := marked + ` === String([...document.querySelector('ft-stage').model.packets.keys()].at(-1)) && ` + inSight("[data-testid=packet][data-marked]", ".scroll")
	b.text(last)
	b.until(seen)
	b.text(`document.querySelector('.scroll').scrollTop = 0`)
	b.until(`!(` + inSight("[data-testid=packet][data-marked]", ".scroll") + `)`)
	b.text(last) // who chooses it again wants to see it
	b.until(seen)
	b.text(`document.querySelector('.packets-view').scrollTop = 0`)
	b.until(`document.querySelector('[data-testid=packet-row]').textContent === '1'`)
	b.text(`document.querySelector('[data-testid=packet-row]').focus()`)
	b.do(chromedp.KeyEvent(strings.Repeat(kb.ArrowDown, 60)))
	b.until(`document.activeElement.textContent === '61' && ` + marked + ` === '61' && ` + inSight("[data-testid=packet][data-marked]", ".scroll") + ` && document.querySelectorAll('.packets [aria-current]').length === 1`)

	// The sentences far above.
	b.click("tab-story")
	log := `document.querySelector('[data-testid=narrative]')`
	b.until(log + `.querySelectorAll('li').length <= 500 && !document.querySelector('[data-testid=earlier]').hidden`)

	// By a link, to what is in the middle.
	b.click("link")
	b.until(linkURL + `?.value.includes('/runs/')`)
	link, _, _ := strings.Cut(b.text(linkURL+`.value`), "#")
	middle := b.text(`(() => { const all = [...document.querySelector('ft-stage').model.packets.values()]; return all[all.length >> 1].at.sent.seq; })()`)
	b.do(chromedp.Navigate(link + "#" + middle))
	b.until(`document.querySelector('[data-testid=linked-event]')?.dataset.seq === '` + middle + `'`)
	b.until(`document.querySelector('[data-testid=packet][data-marked]')?.dataset.seq === '` + middle + `' && ` + inSight("[data-testid=packet][data-marked]", ".scroll") + ` && ` + inSight("[data-testid=pointer]", ".scroll"))
	b.until(`document.querySelector('[data-testid=narrative] [data-marked]')?.dataset.seq === '` + middle + `' && ` + inSight("[data-testid=narrative] [data-marked]", "[data-testid=narrative]"))

	// Replayed forward, it is the same as when it is shown at once.
	b.text(`document.querySelector('ft-stage').replay.go(100)`)
	b.until(`document.querySelector('ft-stage').model.seq === 100`)
	b.text(`(() => { const s = document.querySelector('ft-stage'); for (let n = 101; n <= s.all.length; n += 7) s.replay.go(n); s.replay.go(s.all.length); })()`)
	replayed := `JSON.stringify([document.querySelector('ft-stage').diagram.layout.bottom, document.querySelector('ft-stage').diagram.items.items.length, document.querySelector('ft-stage').narrative.all.length])`
	forward := b.text(replayed)
	b.text(`(() => { const s = document.querySelector('ft-stage'); s.clear(); s.seek(s.all.length); })()`)
	if whole := b.text(replayed); whole != forward {
		t.Errorf("step by step %s, at once %s", forward, whole)
	}
}

//go:build linux

package main

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// drawnLinks are the lines of cause in the diagram, each as from>to.
const drawnLinks = `[...document.querySelectorAll('[data-testid=cause]')].map((n) => n.dataset.from + '>' + n.dataset.to)`

// TestCausesInTheBrowser: the lines of cause of a handshake, by keyboard, and
// the way back along them by the buttons of the details.
func TestCausesInTheBrowser(t *testing.T) {
	t.Parallel()
	base := served(t)
	for _, tt := range []struct{ lang, because, led string }{
		{"en", "Sent because packet 1 (SYN) arrived at server.", "It led to"},
		{"ko", "1번 패킷(SYN)이 server에 도착해서 보냈습니다.", "이것으로 일어난 일"},
	} {
		t.Run(tt.lang, func(t *testing.T) {
			b := open(t, base+"/"+tt.lang+"/handshake/three-way", 1280, 900)
			if n := b.text(`performance.getEntriesByType('resource').filter((e) => e.name.includes('causes')).length`); n != "0" {
				t.Error("what knows of causes is loaded before anybody asks")
			}
			b.shaken(false)
			if n := b.count(`[data-testid=cause]`); n != "0" {
				t.Errorf("%s lines that nobody asked for", n)
			}
			b.text(`document.querySelector('[data-testid=stage]').focus()`)
			b.do(chromedp.KeyEvent("w"))
			b.until(`document.querySelector('[data-testid=causes]').checked && ` + drawnLinks + `.length > 8`)
			b.text(`document.querySelector('[data-testid=packet][data-flags="SYN,ACK"]').dispatchEvent(new MouseEvent('click', {bubbles: true}))`)
			b.until(`['connect>SYN', 'SYN>SYN,ACK', 'SYN,ACK>connect', 'SYN,ACK>ACK', 'ACK>accept4'].every((l) => ` + drawnLinks + `.includes(l)) && !` + drawnLinks + `.some((l) => l.startsWith('sendto'))`)
			b.until(`(() => { const [first, second] = document.querySelectorAll('[data-testid=because] p'); return first?.textContent === '` + tt.because + `' && second?.textContent.includes('` + tt.led + `'); })()`)

			b.text(`document.querySelector('[data-testid=choose-cause]').focus()`)
			b.do(chromedp.KeyEvent(kb.Enter)) // to the SYN
			b.until(`document.querySelector('[data-testid=packet][data-marked]')?.dataset.flags === 'SYN' && document.activeElement.dataset.testid === 'choose-cause'`)
			b.do(chromedp.KeyEvent(kb.Enter)) // to the call
			b.until(`document.querySelector('[data-testid=call][data-marked]')?.dataset.name === 'connect'`)
			b.until(`document.activeElement.closest('[data-testid=because]') !== null`)
			b.text(`document.querySelector('[data-testid=stage]').focus()`)
			b.do(chromedp.KeyEvent("w"))
			b.until(drawnLinks + `.length === 0 && !document.querySelector('[data-testid=causes]').checked`)
		})
	}
}

// TestSentAgain: a packet that is sent again leads to the first one, by an arc
// and by a button in the details and in the table of packets.
func TestSentAgain(t *testing.T) {
	t.Parallel()
	b := open(t, served(t)+"/ko/handshake/three-way", 1280, 900)
	b.shaken(true)
	b.text(`document.querySelector('[data-testid=causes]').click()`)
	b.until(`document.querySelector('.causes .again')?.dataset.to === 'SYN'`)
	b.click("tab-packets")
	marked := func(again string) string {
		return `document.querySelector('[data-testid=packet][data-marked]')?.dataset.flags === 'SYN' && ` + again + `document.querySelector('[data-testid=packet][data-marked]').hasAttribute('data-again')`
	}
	b.until(`document.querySelector('[data-testid=first-packet]') !== null`)
	b.text(`document.querySelector('[data-testid=first-packet]').closest('tr').click()`)
	b.until(marked(""))
	b.until(`document.querySelector('[data-testid=because]').textContent.includes('커널의 타이머')`)
	b.text(`document.querySelector('[data-testid=first-packet]').focus()`)
	b.do(chromedp.KeyEvent(kb.Enter))
	b.until(`document.activeElement.dataset.testid === 'first-packet'`)
	b.until(marked("!") + ` && document.querySelector('tr[aria-current]').textContent.startsWith('1')`)
	b.text(`[...document.querySelectorAll('[data-testid=packet]')].find((n) => n.hasAttribute('data-again')).dispatchEvent(new MouseEvent('click', {bubbles: true}))`)
	b.until(marked("") + ` && document.querySelector('[data-testid=choose-cause]')?.textContent === '1번 패킷(SYN)'`)
	b.click("choose-cause")
	b.until(marked("!"))
}

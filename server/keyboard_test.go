//go:build linux

package main

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// focused is what has the focus, and why that cannot be seen; empty when it
// can: it is in the window, and it or what stands for it is drawn otherwise
// than without the focus.
const focused = `(() => {
	const a = document.activeElement;
	if (!a || a === document.body) return 'nothing has the focus';
	const name = a.dataset.testid ?? a.id ?? a.tagName;
	const marks = [a, a.nextElementSibling, a.querySelector(':scope > .hit')].filter(Boolean);
	const drawn = () => marks.map((n) => { const s = getComputedStyle(n); return [s.outlineStyle, s.outlineWidth, s.stroke, s.strokeOpacity, s.fillOpacity].join(); }).join(';');
	const r = a.getBoundingClientRect();
	if (r.bottom < 1 || r.right < 1 || r.top > innerHeight - 1 || r.left > innerWidth - 1) return name + ' is outside of the window';
	const seen = drawn();
	a.blur();
	const unseen = drawn();
	a.focus({ preventScroll: true });
	return seen === unseen ? name + ' has the focus, and one does not see it' : '';
})()`

// seesFocus fails when one cannot see where the focus is.
func (b *browser) seesFocus() {
	b.Helper()
	if why := b.text(focused); why != "" {
		b.Fatal(why)
	}
}

// key presses a key; the focus stays where one sees it.
func (b *browser) key(key string) {
	b.Helper()
	b.do(chromedp.KeyEvent(key))
	b.seesFocus()
}

// reach presses Tab until the focus is on what a selector names.
func (b *browser) reach(selector string) {
	b.Helper()
	for range 60 {
		b.key(kb.Tab)
		if b.text(`document.activeElement.matches('`+selector+`')`) == "true" {
			return
		}
	}
	b.Fatalf("60 times Tab, and never %s", selector)
}

// deliverUntil delivers the oldest held packet by its key until a condition
// holds: on a slow machine a copy of a segment may be held before the next.
func (b *browser) deliverUntil(condition string) {
	b.Helper()
	for range 20 {
		b.until(`(` + condition + `) || document.querySelector('[data-testid=held]') !== null`)
		if b.text(`Boolean(`+condition+`)`) == "true" {
			return
		}
		b.deliverBy("d")
	}
	b.Fatalf("20 packets, and never %s", condition)
}

// deliverBy delivers the oldest held packet by a key, and waits until it is
// no longer held.
func (b *browser) deliverBy(key string) {
	b.Helper()
	packet := b.text(`document.querySelector('[data-testid=held]').dataset.packet`)
	b.key(key)
	b.until(`document.querySelector('[data-testid=held][data-packet="` + packet + `"]') === null`)
}

// TestKeyboard runs a lesson's lab from the page's load to the finished
// handshake without a mouse, and sees at each key where the focus is.
func TestKeyboard(t *testing.T) {
	t.Parallel()
	base := served(t)
	for _, tt := range []struct{ lang, skip string }{{"en", "Skip to the lab"}, {"ko", "실습으로 건너뛰기"}} {
		t.Run(tt.lang, func(t *testing.T) {
			b := open(t, base+"/"+tt.lang+"/handshake/three-way", 1280, 900)
			b.until(`customElements.get('ft-stage') !== undefined`)
			b.key(kb.Tab) // to the text
			b.key(kb.Tab)
			if s := b.text(`document.activeElement.textContent`); s != tt.skip {
				t.Fatalf("the second stop is %q, want %q", s, tt.skip)
			}
			b.key(kb.Enter)
			b.until(`document.activeElement.dataset.testid === 'stage'`)
			b.reach(`[data-testid=run]`)
			b.key(kb.Enter)
			b.deliverUntil(`document.querySelector('[data-testid=held][data-flags=ACK]') !== null`)
			b.reach(`.item`)
			for range 4 {
				b.key(kb.ArrowDown)
			}
			b.until(`document.querySelector('[data-testid=details] .sum') !== null`)
			b.reach(`[data-testid=deliver]`) // the next one by its own button
			b.deliverBy(kb.Enter)
			b.deliverUntil(`['client', 'server'].every((host) => document.querySelector('ft-stage').model.shown(host) === 'ESTABLISHED')`) // the bands may be out of sight
			b.seesFocus()
			b.key(".")
			b.until(`document.querySelector('[data-testid=end]')?.dataset.cause === 'stopped'`)
			b.seesFocus()
		})
	}
}

//go:build linux

package main

import (
	"context"
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// ran runs the lab of a lesson to its end and opens the inspector, in a
// window that has the focus.
func (b *browser) ran() {
	b.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
		return err
	}))
	b.click("run")
	b.until(`document.querySelector('[data-testid=end]')?.dataset.cause === 'finished'`)
	b.click("tab-inspector")
	b.until(`document.querySelector('[data-testid=view-inspector] [data-layer]') !== null`)
}

// inspect chooses the first packet whose data has a text, and waits until
// the inspector shows a layer of it that says words.
func (b *browser) inspect(text, layer, words string) {
	b.Helper()
	b.text(`(() => {
		const stage = document.querySelector('ft-stage');
		stage.select([...stage.model.packets.values()].find((p) => p.summary.text?.includes(` + strconv.Quote(text) + `)));
	})()`)
	b.until(`[...document.querySelectorAll('[data-layer=` + layer + `]')].some((n) => n.textContent.includes('` + words + `'))`)
}

// TestHTTPInspected takes a real exchange of HTTP apart, in both languages.
func TestHTTPInspected(t *testing.T) {
	t.Parallel()
	base := served(t)
	for lang, words := range map[string]struct{ method, class, body string }{
		"ko": {"대상을 보내 달라는 뜻", "4xx, 클라이언트 오류", "본문이 다 왔습니다. 알린 18바이트 전부입니다."},
		"en": {"send me the target", "4xx, the client’s error", "The body is complete: all 18 bytes that were announced."},
	} {
		b := open(t, base+"/"+lang+"/web/http", 1280, 900)
		b.ran()
		b.inspect("GET / HTTP/1.1", "http", words.method)
		b.text(`(navigator.clipboard.writeText = (s) => { globalThis.copied = s; return Promise.resolve(); }, '')`)
		b.click("inspector-copy")
		b.until(`globalThis.copied?.startsWith('0000  ') && globalThis.copied.includes('GET / HTTP') && document.querySelector('[data-testid=inspector-said]').textContent !== ''`)
		b.inspect("404 Not Found", "http", words.class)
		b.inspect("It works", "http", words.body)
		b.inspect("GET /none", "http", "/none")
		b.text(`[...document.querySelectorAll('[data-layer=http] dt')].find((n) => n.textContent === 'Host').focus()`)
		b.until(`[...document.querySelectorAll('.byte[data-pointed]')].map((n) => String.fromCharCode(parseInt(n.textContent, 16))).join('') === 'Host: server\r\n'`)
		b.text(`document.querySelectorAll('.byte')[54].dispatchEvent(new PointerEvent('pointerover', {bubbles: true}))`) // or 66, behind options
		if s := b.text(`document.querySelectorAll('[data-layer] dt[data-pointed]').length`); s != "1" {
			t.Errorf("%s fields are marked for one byte", s)
		}
	}
}

// TestWebSocketInspected takes frames apart that follow a real upgrade.
func TestWebSocketInspected(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/ko/web/websocket", 360, 740)
	b.ran()
	b.inspect("101 Switching Protocols", "http", "프로토콜을 바꿈")
	b.inspect("HELLO", "websocket", "text: 메시지는 UTF-8 글")
	b.inspect(`7\xfa!=`, "websocket", "Hello")                                                // the mask that is undone
	b.until(`document.querySelectorAll('[data-layer=websocket] .header .cell').length === 9`) // FIN, RSV1 to 3, opcode, MASK, length, and the key in two rows
	b.text(`[...document.querySelectorAll('[data-layer=websocket] dt')].find((n) => n.textContent === '마스킹 키').focus()`)
	b.until(`[...document.querySelectorAll('.byte[data-pointed]')].map((n) => n.textContent).join(' ') === '37 fa 21 3d'`)
	b.until(`document.documentElement.scrollWidth <= innerWidth`)
	b.inspect(`\x03\xe8`, "websocket", "정상: 할 일을 마침")
}

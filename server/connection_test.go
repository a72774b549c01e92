//go:build linux

package main

import "testing"

// TestConnectionInTheBrowser: the page shows its own WebSocket, the server
// closes it for what is no command, and the run goes on over another.
func TestConnectionInTheBrowser(t *testing.T) {
	t.Parallel()
	base := served(t)
	for _, lang := range []string{"en", "ko"} {
		b := open(t, base+"/"+lang+"/web/websocket", 1280, 900)
		kinds := func(kind string) string {
			return `document.querySelectorAll('[data-testid=connection-frames] [data-kind=` + kind + `]').length`
		}
		b.click("run-step")
		b.until(kinds("upgrade") + ` === 1 && ` + kinds("server") + ` > 0`)
		b.until(`document.querySelector('[data-testid=connection-tcp]').textContent.startsWith('ESTABLISHED')`)
		tuple := b.text(`document.querySelector('[data-testid=connection-tuple]').textContent`)
		b.click("connection-nonsense")
		b.until(kinds("upgrade") + ` === 2 && ` + kinds("closed") + ` === 1`)
		b.until(`[...document.querySelectorAll('[data-kind=server]')].some((f) => f.textContent.includes('1007'))`)
		b.until(`document.querySelector('[data-testid=connection-tuple]').textContent !== ` + quote(tuple))
		live := `document.querySelector('[data-testid=connection]').dataset.state === 'live'`
		b.until(live)
		b.click("connection-close")
		b.until(kinds("upgrade") + ` === 3`)
		b.until(`[...document.querySelectorAll('[data-kind=browser]')].some((f) => f.textContent.includes('4000'))`)
		b.until(live)
		b.click("stop")
		b.until(kinds("closed") + ` === 3`)
		b.until(`[...document.querySelectorAll('[data-kind=server]')].some((f) => f.textContent.includes('1000'))`)
	}
}

func quote(s string) string { return "`" + s + "`" }

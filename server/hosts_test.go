//go:build linux

package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// shownHost says whether one host is shown, as a tab's panel.
func shownHost(name string) string {
	return fmt.Sprintf(`[...document.querySelectorAll('.host')].filter((h) => h.offsetParent !== null).map((h) => h.dataset.host + h.getAttribute('role')).join() === '%stabpanel'`, name)
}

// TestHostTabs: on a narrow screen the hosts are tabs below the diagram, to be
// moved by keyboard; the choice stays, and a tab says that a program of its
// host is held or has failed. On a wide one they stand beside the diagram.
func TestHostTabs(t *testing.T) {
	t.Parallel()
	base := served(t)
	for _, tt := range []struct{ lang, held, failed string }{{"en", "held", "failed"}, {"ko", "멈춤", "실패"}} {
		t.Run(tt.lang, func(t *testing.T) {
			b := open(t, base+"/"+tt.lang+"/handshake/three-way", 360, 740)
			b.until(shownHost("client"))
			if s := b.text(`document.querySelector('.diagram').getBoundingClientRect().bottom <= document.querySelector('[role=tablist].hosts').getBoundingClientRect().top + 1`); s != "true" {
				t.Error("the tabs are not below the diagram")
			}
			b.reach(`[data-testid=host-tab-client]`)
			b.key(kb.ArrowRight)
			b.until(shownHost("server") + ` && document.activeElement.dataset.testid === 'host-tab-server'`)
			b.key(kb.ArrowRight)
			b.until(shownHost("client"))
			b.key(kb.End)
			b.until(shownHost("server"))
			b.key("t")
			b.until(`['client', 'server'].every((h) => document.querySelector('[data-testid=host-tab-' + h + ']').textContent.includes('` + tt.held + `'))`)
			b.until(`document.querySelector('[data-host=server] [data-testid=current-line]')?.offsetParent !== null`)
			b.key(".")
			b.do(chromedp.Reload())
			b.until(shownHost("server"))
			b.click("host-tab-client")
			b.write("client", "import nothing\n")
			b.click("run")
			b.until(`document.querySelector('[data-testid=host-tab-client][data-says=failed]')?.textContent.includes('` + tt.failed + `')`)
			b.do(chromedp.EmulateViewport(1280, 900))
			b.until(`[...document.querySelectorAll('.host:not([role])')].filter((h) => h.offsetParent !== null).length === 2 && document.querySelector('.hosts').offsetParent === null`)
		})
	}
}

// TestOneHostHasNoTabs: where all programs are on one lifeline there is
// nothing to choose.
func TestOneHostHasNoTabs(t *testing.T) {
	t.Parallel()
	b := open(t, served(t)+"/en/exercises/by-hand", 360, 740)
	b.until(`document.querySelector('.host')?.offsetParent != null`)
	if n := b.count(`.host`); n != "1" {
		t.Fatalf("%s hosts; choose another lesson for this test", n)
	}
	if s := b.text(`document.querySelector('.hosts').offsetParent === null`); s != "true" {
		t.Error("one host has tabs")
	}
}

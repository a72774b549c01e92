//go:build linux

package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// shaken runs the handshake of the open page to its end. The first SYN is held,
// and then goes on, or is dropped; the others flow.
func (b *browser) shaken(drop bool) {
	b.Helper()
	b.text(`document.querySelector('[data-testid=wire-hold]').click()`)
	b.click("run")
	b.until(held("SYN"))
	if drop {
		b.click("drop")
		b.until(`document.querySelector('[data-testid=packet][data-phase=dropped]') !== null`)
	}
	b.text(`document.querySelector('[data-testid=wire-flow]').click()`)
	b.until(`document.querySelector('[data-testid=end]')?.dataset.cause === 'finished'`)
}

const linkURL = `document.querySelector('[data-testid=link-url]')`

// TestLinkInTheBrowser makes a link to a packet by keyboard, and opens it.
func TestLinkInTheBrowser(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/ko/handshake/three-way", 1280, 900)
	b.shaken(false)
	b.text(`document.querySelector('[data-testid=packet][data-flags="SYN,ACK"]').dispatchEvent(new MouseEvent('click', {bubbles: true}))`)
	b.text(`document.querySelector('[data-testid=stage]').focus()`)
	b.do(chromedp.KeyEvent("l"))
	b.until(`/\/ko\/runs\/[A-Z2-7]{26}#\d+$/.test(` + linkURL + `?.value)`)
	link := b.text(linkURL + `.value`)
	b.until(`document.querySelector('[data-testid=link-box]').dataset.copied === 'true'`)
	seq := link[strings.Index(link, "#")+1:]

	b.do(chromedp.Navigate(link))
	b.until(`document.querySelector('[data-testid=linked-event]')?.dataset.seq === '` + seq + `'`)
	b.until(`document.querySelector('[data-testid=packet][data-marked]')?.dataset.flags === 'SYN,ACK'`)
	b.until(`(() => { const r = document.querySelector('[data-testid=packet][data-marked]').getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; })()`)
	b.until(`document.querySelector('[data-testid=narrative] [data-marked]')?.dataset.seq === '` + seq + `'`)
	for _, gone := range []string{"run", "stop", "deliver"} {
		if n := b.count(`[data-testid=` + gone + `]`); n != "0" {
			t.Errorf("a recorded run has %s", gone)
		}
	}
	if said := b.text(`document.querySelector('[data-testid=about-run]').innerText`); !strings.Contains(said, "handshake/three-way") || !strings.Contains(said, "Linux ") || !strings.Contains(said, "UTC") {
		t.Errorf("the page says %q of the run", said)
	}
	// The link of the page itself, for what is chosen there.
	b.text(`document.querySelector('[data-testid=packet][data-flags="SYN"]').dispatchEvent(new MouseEvent('click', {bubbles: true}))`)
	b.until(`location.hash !== '#` + seq + `' && document.querySelector('[data-testid=linked-event]').dataset.seq === location.hash.slice(1)`)
	b.click("link")
	b.until(linkURL + `?.value === location.href`)
	b.click("tab-tcpdump")
	b.until(`document.querySelector('[data-testid="tool-tcpdump.txt"]')?.textContent.includes('Flags [S.]') === true`)
	b.text(`(() => { const s = document.querySelector('[data-testid=replay]'); s.value = 2; s.dispatchEvent(new Event('input')); })()`)
	b.until(`document.querySelectorAll('[data-testid=packet]').length === 0`)
	b.text(`location.hash = '#99999'`)
	b.until(`document.querySelector('[data-testid=error]').textContent.includes('99999번째 이벤트')`)
	b.text(`location.hash = '#2'`) // the call or state that came second
	b.until(`document.querySelector('[data-testid=linked-event]').dataset.seq === '2' && document.querySelector('[data-testid=error]').hidden && document.querySelector('[data-testid=pointer]').dataset.seq === '2'`)
}

// TestLinkOfARunThatGoesOn: the link has what has happened, and everything
// when the run is over.
func TestLinkOfARunThatGoesOn(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/en/handshake/three-way", 360, 740)
	b.click("run")
	b.until(held("SYN"))
	b.click("link")
	b.until(`/\/en\/runs\/[A-Z2-7]{26}$/.test(` + linkURL + `?.value)`)
	link := b.text(linkURL + `.value`)
	other := open(t, link+"#junk", 360, 740)
	other.until(`document.querySelector('[data-testid=error]')?.textContent.includes('event junk')`)
	other.until(`document.querySelector('[data-testid=end]').textContent.includes('The run went on')`)
	other.until(`document.querySelector('[data-testid=packet]').dataset.phase === 'held' && document.querySelector('[data-testid=deliver]') === null`)
	b.click("stop")
	b.until(`document.querySelector('ft-stage').link.ended`)
	other.do(chromedp.Navigate(link))
	other.until(`document.querySelector('[data-testid=end]').dataset.cause === 'stopped'`)
	if wide := other.text(`document.documentElement.scrollWidth`); wide != "360" {
		t.Errorf("the page is %s px wide", wide)
	}
	b.do(chromedp.Navigate(base + "/en/runs"))
	b.click("remove-run")
	b.until(`document.querySelector('[data-testid=no-runs]') !== null`)
	other.do(chromedp.Navigate(link))
	other.until(`document.querySelector('[data-testid=error-page]').textContent.includes('There is no such run')`)
}

// TestRecordingThatIsNone: of what is not a whole recording nothing is shown.
func TestRecordingThatIsNone(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/en/handshake/three-way", 1280, 900)
	b.shaken(false)
	b.click("link")
	b.until(linkURL + `?.value.includes('/runs/')`)
	b.do(chromedp.Navigate(b.text(linkURL + `.value`)))
	b.until(`document.querySelectorAll('[data-testid=packet]').length > 0`)
	for body, want := range map[string]string{
		`{"version":2,"events":[]}`: "newer fivetuple",
		`{"version":1,"events":[{"seq":1,"t":0,"kind":"start"},{"seq":3,"t":1,"kind":"end"}]}`: "not a whole recording",
		`{"version":1,"events":[]}`: "not a whole recording",
		`{"version":1,"events":[{"seq":1,"t":0,"kind":"start","wire":{},"programs":[{"name":"client","host":"client"}]},{"seq":2,"t":1,"kind":"packet","id":1,"phase":"sent"},{"seq":3,"t":2,"kind":"state"}]}`: "not a whole recording",
		`half`: "not a whole recording",
	} {
		b.text(`(() => { window.fetch = async () => new Response(` + "`" + body + "`" + `); const s = document.querySelector('ft-stage'); s.begin(); s.draw(); s.session.resume(); return ''; })()`)
		b.until(`document.querySelector('[data-testid=error]').textContent.includes('` + want + `')`)
		if n := b.count(`[data-testid=packet]`); n != "0" {
			t.Errorf("%s: %s packets are shown", body, n)
		}
	}
}

//go:build linux

package main

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/event"
)

func (b *browser) count(selector string) string {
	b.Helper()
	return b.text(`document.querySelectorAll('` + selector + `').length`)
}

// TestFaultsInTheBrowser cuts the cable with one click, and mends it.
func TestFaultsInTheBrowser(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/ko/handshake/three-way", 1280, 900)
	b.click("run")
	b.until(held("SYN"))
	b.text(`document.querySelector('ft-stage').session.send({command: 'wire', mtu: 5})`)
	b.until(`document.querySelector('[data-testid=note]').textContent.includes('68 B 이상 1500 B 이하')`)
	if s := b.text(`document.querySelector('[data-testid=faults]').open === false && document.querySelector('[data-testid=cut]').checkVisibility()`); s != "true" {
		t.Fatal("to cut the cable takes more than one click")
	}
	b.click("cut")
	b.until(`document.querySelector('[data-testid=cut]').getAttribute('aria-pressed') === 'true'`)
	b.text(`document.querySelector('[data-testid=wire-flow]').click()`)
	b.until(`document.querySelector('[data-testid=packet][data-phase=dropped]') !== null`)
	b.click("cut")
	b.until(`document.querySelector('[data-testid=cut]').getAttribute('aria-pressed') === 'false'`)
	b.until(`document.querySelector('[data-testid=band][data-host=client][data-state=ESTABLISHED]') !== null`)
	var reasons []string
	for _, e := range b.recording(base, "handshake/three-way") {
		if e.Kind == event.KindPacket && e.Phase == event.PhaseDropped {
			reasons = append(reasons, e.Reason)
		}
	}
	reasons = slices.DeleteFunc(reasons, func(r string) bool { return r == event.ReasonCopy }) // of a SYN, where the browser was slow
	if len(reasons) == 0 || reasons[0] != event.ReasonCut {
		t.Errorf("dropped because of %v", reasons)
	}
}

// TestHandsInTheBrowser makes a copy of a held packet, edits it, and
// composes a RST.
func TestHandsInTheBrowser(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/en/handshake/three-way", 1280, 900)
	b.click("run")
	b.until(held("SYN"))
	b.click("held-more")
	b.click("duplicate")
	b.until(`document.querySelectorAll('[data-testid=held]').length === 2`)
	b.click("edit-packet")
	b.until(`document.querySelector('[data-testid=compose-bytes]') !== null`)
	b.text(`(() => { const e = document.querySelector('[data-testid=compose-bytes]'); e.value = 'zz'; })()`)
	b.click("compose-send")
	b.until(`document.querySelector('[data-testid=compose-error]').textContent.includes('hexadecimal')`)
	b.text(`(() => { const e = document.querySelector('[data-testid=compose-bytes]'); e.value = atob(document.querySelector('ft-stage').model.packets.get(1).data).split('').map((c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join(' '); })()`)
	b.click("compose-send")
	b.until(`document.querySelector('[data-testid=packet][data-changed=edit]') !== null`)
	b.click("drop") // the first; the copy goes on
	b.until(`document.querySelectorAll('[data-testid=held]').length === 1`)
	b.click("deliver")
	b.until(held("SYN,ACK"))
	b.text(`document.querySelector('[data-testid=faults]').open = true`)
	b.click("compose-open")
	b.until(`document.querySelector('[data-testid=compose-RST]') !== null`)
	b.text(`(() => { const f = document.querySelector('[data-testid=compose-from]'); f.value = 'server'; document.querySelector('[data-testid=compose-to]').value = 'client'; f.dispatchEvent(new Event('change')); document.querySelector('[data-testid=compose-RST]').click(); document.querySelector('[data-testid=compose-ACK]').click(); })()`)
	b.click("compose-send")
	b.until(`document.querySelector('[data-testid=packet][data-made=injected]') !== null && document.querySelector('[data-testid=held][data-flags="RST,ACK"]') !== null`)
	b.text(`document.querySelector('[data-testid=held][data-flags="RST,ACK"] [data-testid=deliver]').click()`)
	b.until(`document.querySelector('[data-testid=view-story]').textContent.includes('ECONNREFUSED')`)
}

// TestTabs moves between the views by keyboard, and remembers the choice.
func TestTabs(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/en/handshake/three-way", 1280, 900)
	shown := func(view string) string {
		return `document.querySelector('[data-testid=tab-` + view + `]')?.getAttribute('aria-selected') === 'true' && [...document.querySelectorAll('.views [role=tabpanel]')].filter((p) => p.offsetParent !== null).map((p) => p.dataset.testid).join() === 'view-` + view + `'`
	}
	b.until(shown("story"))
	b.text(`document.querySelector('[data-testid=tab-story]').focus()`)
	for _, s := range []struct{ key, view string }{
		{kb.ArrowRight, "packets"}, {kb.ArrowRight, "inspector"}, {kb.ArrowLeft, "packets"}, {kb.Home, "story"}, {kb.ArrowLeft, "compare"}, {kb.ArrowRight, "story"}, {kb.End, "compare"}, {kb.ArrowLeft, "tcpdump"},
	} {
		b.key(s.key)
		b.until(shown(s.view) + ` && document.activeElement.dataset.testid === 'tab-` + s.view + `'`)
		if n := b.count(`.views [role=tab][tabindex="0"]`); n != "1" {
			t.Errorf("%s tabs are stops of the Tab key", n)
		}
	}
	b.do(chromedp.Reload())
	b.until(shown("tcpdump"))
}

// TestViews opens each view on a real run, and chooses a packet in the table,
// which the inspector then takes apart.
func TestViews(t *testing.T) {
	t.Parallel()
	base := served(t)
	for _, lang := range []string{"en", "ko"} {
		b := open(t, base+"/"+lang+"/handshake/three-way", 1280, 900)
		b.connect()
		b.click("tab-packets")
		b.until(`document.querySelectorAll('[data-testid=packet-row]').length >= 3`)
		b.text(`[...document.querySelectorAll('[data-testid=packet-row]')].find((n) => n.closest('tr').textContent.includes('SYN ACK')).click()`)
		b.until(`document.querySelector('[data-testid=packet][data-marked]').dataset.flags === 'SYN,ACK'`)
		b.click("tab-inspector")
		b.until(`document.querySelector('[data-layer=tcp] dl') !== null`)
		b.until(`document.querySelector('[data-layer=tcp]')?.textContent.includes(' = 0 + 1') === true`) // the ack is the SYN's number and one
		b.text(`document.querySelector('[data-layer=tcp] dt').dispatchEvent(new PointerEvent('pointerover', {bubbles: true}))`)
		b.until(`document.querySelectorAll('.byte[data-pointed]').length === 2`)
		b.click("tab-states")
		b.until(`document.querySelector('[data-testid=token][data-host=server]')?.dataset.state === 'ESTABLISHED'`)
		b.until(`document.querySelector('[data-step="LISTEN SYN_RECV"]').hasAttribute('data-walked')`)
		b.click("tab-ss")
		b.until(`/ESTAB +0 +\d+ +10\.0\.0\.2:8080 +10\.0\.0\.1:\d+/.test(document.querySelector('[data-testid=tool-ss]')?.textContent)`)
		b.click("tab-strace")
		b.until(`document.querySelector('[data-testid="tool-strace.txt"]')?.textContent.includes('accept4(3') === true`)
		b.click("tab-tcpdump")
		b.until(`document.querySelector('[data-testid="tool-tcpdump.txt"]')?.textContent.includes('Flags [S.]') === true`)
		b.text(`[...document.querySelectorAll('[data-testid="tool-tcpdump.txt"] button')].find((n) => n.textContent.includes('Flags [S]')).click()`)
		b.until(`document.querySelector('[data-testid=packet][data-marked]').dataset.flags === 'SYN'`)
	}
}

// TestChartsAndDownloads draws what the kernel knew of a connection, and gets
// the run in every form.
func TestChartsAndDownloads(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/en/udp/tcp-or-udp", 1280, 900)
	b.click("run")
	b.until(`document.querySelector('[data-testid=end]')?.dataset.cause === 'finished'`)
	b.click("tab-charts")
	b.until(`document.querySelectorAll('[data-testid=chart-sequence] canvas, [data-testid=chart-window] canvas').length === 2`)
	b.until(`document.querySelector('[data-testid=chart-choice]').childElementCount >= 2`)
	mark := `document.querySelector('ft-stage').views.open.get('charts').charts.find((c) => c.data.name === 'window').plot.series[1].stroke()`
	b.click("theme-light")
	b.until(mark + ` === 'rgb(18, 92, 83)'`)
	b.click("theme-dark")
	b.until(mark + ` === 'rgb(121, 205, 189)'`)
	for _, file := range []string{"recording.json", "recording.pcapng", "recording.strace.txt", "recording.tcpdump.txt", "programs.zip"} {
		response, err := http.Get(base + b.text(`document.querySelector('[data-testid="download-`+file+`"]').getAttribute('href')`))
		if err != nil {
			t.Fatal(err)
		}
		n, err := io.Copy(io.Discard, response.Body)
		response.Body.Close()
		if response.StatusCode != http.StatusOK || n == 0 || err != nil {
			t.Errorf("%s: %d, %d bytes, %v", file, response.StatusCode, n, err)
		}
	}
}

// stageDocument is the document of the stage, without what a reader has chosen, where
// it stands and what was spoken.
const stageDocument = `(() => {
	const stage = document.querySelector('ft-stage').cloneNode(true);
	for (const n of stage.querySelectorAll('[data-testid=voice], [data-testid=note], .why')) n.replaceChildren();
	for (const n of stage.querySelectorAll('[data-marked]')) n.removeAttribute('data-marked');
	for (const n of stage.querySelectorAll('[tabindex]')) n.removeAttribute('tabindex');
	return stage.outerHTML.replaceAll('><', '>\n<');
})()`

// replayable makes a run with pauses longer than a second, and waits until it
// is over and drawn.
func (b *browser) replayable() {
	b.Helper()
	b.click("run")
	b.until(`document.querySelector('[data-testid=end]')?.dataset.cause === 'finished' && document.querySelector('[data-testid=replay]').offsetParent !== null`)
	b.until(`document.querySelector('ft-stage').model.ended !== null && document.querySelector('ft-stage').frame === null`)
}

// TestReplay goes back in a run that is over: the whole stage shows that
// moment, and at the end the same as before.
func TestReplay(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/ko/handshake/lost-syn", 1280, 900)
	b.replayable()
	at := func(n int) string {
		return fmt.Sprintf(`Number(document.querySelector('[data-testid=replay]').value) === %[1]d && document.querySelector('ft-stage').dataset.seq === '%[1]d'`, n)
	}
	last, err := strconv.Atoi(b.text(`document.querySelector('[data-testid=replay]').max`))
	if err != nil {
		t.Fatal(err)
	}
	want := b.text(stageDocument)
	for range 2 {
		b.text(`(() => { const s = document.querySelector('[data-testid=replay]'); s.value = 2; s.dispatchEvent(new Event('input')); })()`)
		b.until(at(2) + ` && document.querySelectorAll('[data-testid=packet]').length === 0`)
		b.click("on-one")
		b.until(at(3))
		b.click("back-one")
		b.until(at(2))
		b.click("back-one")
		b.click("back-one") // there is nothing before the first
		b.until(at(1))
		b.click("to-end")
		b.until(at(last) + ` && document.querySelector('ft-stage').frame === null`)
		if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(b.text(stageDocument), "\n")); diff != "" {
			t.Fatalf("at the end the stage is not as it was (-before +after):\n%s", diff)
		}
	}
}

// TestReplayPlays: a run is played from its beginning, at the speed that is
// chosen, can be halted, and the bar says when pauses are shortened.
func TestReplayPlays(t *testing.T) {
	t.Parallel()
	base := served(t)
	for _, tt := range []struct{ lang, shortened, play, halt string }{
		{"en", "long pauses are shortened to 1 s", "Play", "Halt"},
		{"ko", "긴 대기는 1초로 줄입니다", "재생", "멈춤"},
	} {
		t.Run(tt.lang, func(t *testing.T) {
			b := open(t, base+"/"+tt.lang+"/handshake/lost-syn", 1280, 900)
			b.replayable()
			replay := `document.querySelector('ft-stage').replay`
			b.text(`(() => { // what it waits for, without the waiting
				window.waits = [];
				const later = window.setTimeout;
				window.setTimeout = (f, ms) => {
					if (ms > 1000) return later(f, ms); // the test's own
					window.waits.push(ms);
					return later(() => { if (window.held) window.held = f; else f(); });
				};
			})()`)
			for _, speed := range []string{"1", "0.25", "4"} {
				b.text(`(() => { const s = document.querySelector('[data-testid=speed]'); s.value = '` + speed + `'; s.dispatchEvent(new Event('change')); window.waits = []; })()`)
				b.click("play")
				b.until(`document.querySelector('[data-testid=play]').textContent === '` + tt.play + `' && ` + replay + `.at === ` + replay + `.events.length`)
				b.until(`document.querySelector('ft-stage').model.ended !== null`)
				// The pauses of the run, those within a frame told at once.
				expected := `(() => { const all = ` + replay + `.events, found = []; for (let n = 1; n < all.length;) { const next = all[n]; found.push(Math.min((next.t - all[n - 1].t) / 1e6 / ` + speed + `, 1000)); n++; while (all[n] && all[n].t - next.t < 16e6 * ` + speed + `) n++; } return found; })()`
				if s := b.text(`(() => { const e = ` + expected + `; return e.every((ms) => window.waits.includes(ms)) && Math.max(...e); })()`); s == "false" || s == "NaN" {
					t.Errorf("at speed %s it does not wait as long as the run did", speed)
				}
				long := b.text(`(() => { const all = ` + replay + `.events; return String(all.some((e, i) => i > 0 && (e.t - all[i - 1].t) / 1e6 / ` + speed + ` > 1000)); })()`)
				if s := b.text(`String(document.querySelector('[data-testid=shortened]').offsetParent !== null) + document.querySelector('[data-testid=shortened]').textContent`); s != long+tt.shortened {
					t.Errorf("at speed %s the bar says %q, long pauses: %s", speed, s, long)
				}
			}
			b.text(`window.held = true`)
			b.click("play")
			b.until(`typeof window.held === 'function' && ` + replay + `.at === 1`)
			b.text(`(() => { const go = window.held; window.held = true; go(); })()`)
			b.until(`typeof window.held === 'function' && ` + replay + `.at > 1`)
			b.click("play") // halts
			b.until(`document.querySelector('[data-testid=play]').textContent === '` + tt.play + `' && ` + replay + `.timer === null`)
		})
	}
}

// TestEarlierSentences: of a long run the page holds the last sentences, and
// the others come when they are asked for, by keyboard too.
func TestEarlierSentences(t *testing.T) {
	t.Parallel()
	b := open(t, served(t)+"/ko/handshake/three-way", 1280, 900)
	b.shaken(false)
	list := `document.querySelectorAll('[data-testid=narrative] li')`
	b.text(`(() => { const { narrative } = document.querySelector('ft-stage'); const told = [...narrative.all]; while (narrative.all.length < 2600) narrative.all.push(...told); narrative.all.length = 2600; narrative.draw(); })()`)
	b.until(list + `.length === 500 && document.querySelector('[data-testid=earlier]').textContent === '앞부분 … (2100)'`)
	read := list + `[0].getBoundingClientRect().top`
	b.text(`(() => { document.querySelector('[data-testid=narrative]').scrollTop = 0; document.querySelector('[data-testid=earlier]').focus(); window.first = ` + list + `[0]; window.before = ` + read + `; })()`)
	b.do(chromedp.KeyEvent("\r"))
	b.until(list + `.length === 1000 && document.activeElement.dataset.testid === 'earlier'`)
	if s := b.text(`Math.abs(window.first.getBoundingClientRect().top - window.before) < 2`); s != "true" {
		t.Error("what one read has moved")
	}
	for _, n := range []int{1500, 2000, 2500} {
		b.do(chromedp.KeyEvent("\r"))
		b.until(fmt.Sprintf("%s.length === %d", list, n))
	}
	b.do(chromedp.KeyEvent("\r"))
	b.until(list + `.length === 2600 && document.activeElement.dataset.testid === 'narrative'`)
	b.until(`document.querySelector('[data-testid=earlier]').hidden && ` + list + `[0].textContent.includes('호스트가 준비되어')`)
}

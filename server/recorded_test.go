//go:build linux

package main

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// shared serves on a machine on which no further namespaces can be had: there
// labs with a wire do not run.
func shared(t *testing.T) string {
	t.Helper()
	return servedBy(t, []string{"unshare", "--user", "--map-root-user", "sh", "-c", `echo 0 > /proc/sys/user/max_user_namespaces && exec "$0" "$@"`})
}

// scriptsOff has the pages that are opened from now on run no script.
func (b *browser) scriptsOff() {
	b.Helper()
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		b.Fatal(err)
	}
}

// reads waits until a condition holds in a page whose scripts are off, which
// cannot wait for it itself.
func (b *browser) reads(condition string) {
	b.Helper()
	tick := time.NewTicker(25 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); <-tick.C {
		// An error is that the page is going to be another one.
		if holds, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](condition)); err == nil && holds {
			return
		}
	}
	b.Fatalf("%s never came true", condition)
}

// seen says whether an element is in sight and not covered.
func seen(selector string) string {
	return `(() => { const n = document.querySelector('` + selector + `'); const r = n.getBoundingClientRect();
		const top = document.elementFromPoint(r.left + 5, r.top + r.height / 2); return r.top >= 0 && r.bottom <= innerHeight && (n === top || n.contains(top)); })()`
}

const (
	recordedLabel  = `[data-testid=recorded]`
	meanwhileLabel = `[data-testid=meanwhile-label]`
)

// TestRecordedWhereLabsCannotRun: where a lab cannot run the page says why and
// what to do, shows a recorded run, labelled all the while, and compares
// predictions with it; steps show theirs.
func TestRecordedWhereLabsCannotRun(t *testing.T) {
	t.Parallel()
	base := shared(t)
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	for lang, words := range map[string][]string{
		"en": {"Recorded run · ", "This lab cannot run on this server", "sysctl -w user.max_user_namespaces=10000", "In the recorded run: "},
		"ko": {"기록된 실행 · ", "이 실습을 실행할 수 없습니다", "sysctl -w user.max_user_namespaces=10000", "기록된 실행의 결과: "},
	} {
		b := openFor(t, axeLimit, base+"/"+lang+"/handshake/states", 360, 740)
		b.until(`document.querySelector('[data-testid=show-recorded]') !== null`)
		lab := b.text(`document.querySelector('.lab').textContent`)
		for _, want := range words[:3] {
			if !strings.Contains(lab, want) {
				t.Errorf("%s: the lab does not say %q", lang, want)
			}
		}
		b.text(`document.querySelector('ft-predict input, ft-predict select') && document.querySelectorAll('ft-predict').forEach((p) => p.querySelector('input[type=radio]')?.click())`)
		b.click("show-recorded")
		b.until(`document.querySelector('ft-stage').model.ended !== null && document.querySelector('[data-testid=replay]').offsetParent !== null`)
		b.click("to-end")
		b.until(`[...document.querySelectorAll('ft-predict[data-result] .compare')].some((c) => c.textContent.includes('` + words[3] + `'))`)
		b.until(`fetch('/api/progress').then((r) => r.json()).then((r) => Object.keys(r.lessons['handshake/states'].answers ?? {}).length > 0 && !r.lessons['handshake/states'].ran)`)
		for _, part := range []string{"ft-stage", ".floor", ".views"} {
			b.text(`document.querySelector('` + part + `').scrollIntoView({block: 'center', behavior: 'instant'})`)
			b.until(seen(recordedLabel))
		}
		b.click("set")
		b.until(`document.querySelector('[data-testid=which]').textContent !== '' && document.querySelector('ft-stage').session.file('').includes('/steps/') && document.querySelector('ft-stage').model.started !== null`)
		b.click("tab-tcpdump")
		b.until(`document.querySelector('[data-testid="tool-tcpdump.txt"]')?.textContent.includes('Flags [S') === true`)
		if s := b.text(`document.documentElement.scrollWidth <= 360`); s != "true" {
			t.Errorf("%s: the page is wider than 360 px", lang)
		}
		b.do(chromedp.EmulateViewport(1280, 900))
		b.axe(string(axe), lang+" recorded run")
	}
	b := open(t, base+"/ko/exercises/echo", 1280, 900)
	b.until(`document.querySelector('[data-testid=show-recorded]') !== null`)
	if n := b.count(`[data-testid=grade], [data-testid=run], [data-testid=edit]`); n != "0" {
		t.Errorf("%s controls of what cannot run are there", n)
	}
}

// TestRecordedForAnEditedProgram: on the tier shared an edited program is
// refused; then a recorded run of the lab's own is offered, which says so.
func TestRecordedForAnEditedProgram(t *testing.T) {
	t.Parallel()
	b := open(t, shared(t)+"/en/endpoints/two-programs", 1280, 900)
	b.click("run")
	b.until(`document.querySelector('ft-stage').model.started !== null`) // as it is, it runs
	b.edit("print(1)\n")
	b.until(`document.querySelector('[data-testid=error]').textContent.includes('sysctl -w user.max_user_namespaces=10000')`)
	b.click("meanwhile")
	b.until(`document.querySelector('` + meanwhileLabel + `').textContent.includes('of the lab’s programs, not yours')`)
	b.until(`document.querySelector('ft-stage').all.at(-1)?.kind === 'end' && document.querySelector('ft-stage').session.lent === true`)
	if s := b.text(`document.querySelector('[data-testid=error]').textContent.includes('sysctl -w') && document.querySelectorAll('[data-current]:is(li)').length`); s != "0" {
		t.Errorf("the remedy went, or a line of an edited program is marked: %s", s)
	}
	b.click("meanwhile")
	b.until(`document.querySelector('ft-stage').all.length === 0 && document.querySelector('` + meanwhileLabel + `').textContent === ''`)
}

// TestRecordedMeanwhile: who waits in line can look at a recorded run; when it
// is their turn their own run begins, and nothing of the other is left.
func TestRecordedMeanwhile(t *testing.T) {
	t.Parallel()
	base := served(t, "--max-sandboxes", "1")
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"en", "ko"} {
		other := openFor(t, axeLimit, base+"/en/handshake/three-way", 1280, 900)
		other.click("run")
		other.until(held("SYN"))
		b := openFor(t, axeLimit, base+"/"+lang+"/handshake/three-way", 360, 740)
		b.until(`document.querySelector('[data-testid=run]') !== null`)
		b.text(`document.querySelector('[data-testid=wire-hold]').click()`)
		b.text(`document.querySelector('ft-predict input[type=radio]').click()`)
		b.click("run")
		b.until(`document.querySelector('[data-testid=meanwhile]') !== null`)
		if n := b.text(`performance.getEntriesByType('resource').filter((e) => e.name.endsWith('recording.json')).length`); n != "0" {
			t.Errorf("%s recordings were loaded before one was asked for", n)
		}
		b.click("meanwhile")
		b.until(`document.querySelector('ft-stage').all.at(-1)?.kind === 'end'`)
		b.until(`/Linux \d+\..*Python 3/.test(document.querySelector('` + meanwhileLabel + `').textContent)`)
		for _, part := range []string{".floor", ".views"} {
			b.text(`document.querySelector('` + part + `').scrollIntoView({block: 'center', behavior: 'instant'})`)
			b.until(seen(meanwhileLabel))
		}
		b.click("tab-packets")
		b.until(`document.querySelectorAll('[data-testid=packet-row]').length > 0`)
		b.do(chromedp.EmulateViewport(1280, 900))
		b.axe(string(axe), lang+" recorded run meanwhile")
		if s := b.text(`['link', 'run'].map((n) => document.querySelector('[data-testid=' + n + ']').getAttribute('aria-disabled')) + ' ' + document.querySelector('ft-predict').dataset.result`); s != "true,true undefined" {
			t.Errorf("%s: link, run and prediction are %s", lang, s)
		}
		other.click("stop")
		b.until(held("SYN"))
		if s := b.text(`(({session, earlier, meanwhile}) => [session.lent, earlier, meanwhile, document.querySelectorAll('.meanwhile').length])(document.querySelector('ft-stage'))`); s != ",,,0" {
			t.Errorf("%s: of the recorded run is left %s", lang, s)
		}
		b.until(`document.querySelector('[data-testid=note]').dataset.code === 'turn' || document.querySelector('[data-testid=note]').hidden === false`)
		b.click("stop")
		b.until(`document.querySelector('[data-testid=end]').dataset.cause === 'stopped'`)
	}
}

// TestWaitGivenUp: who does not wait any longer is offered nothing more, and
// who looks at a recorded run then goes on looking.
func TestWaitGivenUp(t *testing.T) {
	t.Parallel()
	base := served(t, "--max-sandboxes", "1")
	other := open(t, base+"/en/handshake/three-way", 1280, 900)
	other.click("run")
	other.until(held("SYN"))
	b := open(t, base+"/en/handshake/three-way", 1280, 900)
	b.click("run")
	b.until(`document.querySelector('[data-testid=meanwhile]') !== null`)
	b.click("stop")
	b.until(`document.querySelector('[data-testid=meanwhile]') === null && document.querySelector('ft-stage').dataset.phase === 'idle'`)
	b.click("run")
	b.click("meanwhile")
	b.until(`document.querySelector('ft-stage').all.at(-1)?.kind === 'end'`)
	b.click("stop")
	b.until(`document.querySelector('[data-testid=run]').getAttribute('aria-disabled') === null`)
	b.until(`document.querySelector('` + meanwhileLabel + `').textContent.startsWith('Recorded run')`)
	b.click("meanwhile")
	b.until(`document.querySelector('.meanwhile') === null && document.querySelector('ft-stage').all.length === 0`)
}

// TestForeignRecording: of a recording that is newer than the page, or broken,
// nothing is shown, and the page says which; so it does of a live stream.
func TestForeignRecording(t *testing.T) {
	t.Parallel()
	b := open(t, shared(t)+"/en/handshake/three-way", 1280, 900)
	b.until(`document.querySelector('[data-testid=show-recorded]') !== null`)
	b.text(`window.real = window.fetch`)
	for given, says := range map[string]string{
		`{"version":2,"events":"of another form"}`: "recorded by a newer fivetuple", `{"version":1,`: "no whole recording",
		`{"version":1,"events":[{"seq":1,"t":0,"kind":"start","version":1,"hosts":[],"programs":[{"name":"x"}]},{"seq":3,"t":1,"kind":"end"}]}`: "no whole recording",
		`{"version":1,"events":[{"seq":1,"t":0,"kind":"state"}]}`:                                                                               "no whole recording",
	} {
		b.text("window.fetch = (url, ...more) => String(url).endsWith('recording.json') ? Promise.resolve(new Response(`" + given + "`)) : real(url, ...more)")
		b.click("show-recorded")
		b.until(`document.querySelector('[data-testid=error]').textContent.includes('` + says + `') && document.querySelector('ft-stage').all.length === 0`)
		b.text(`document.querySelector('ft-stage').fault('')`)
	}
	b.text(`window.fetch = () => Promise.reject(new TypeError('offline'))`)
	b.click("show-recorded")
	b.until(`document.querySelector('[data-testid=error]').dataset.code === 'no-server'`)
	b.text(`window.fetch = real`)
	b.click("show-recorded")
	b.until(`document.querySelector('[data-testid=error]').hidden && document.querySelector('ft-stage').all.at(-1)?.kind === 'end'`)

	b.do(chromedp.Navigate(strings.Replace(b.text(`location.href`), "handshake/three-way", "endpoints/two-programs", 1)))
	b.until(`document.querySelector('[data-testid=run]') !== null`)
	b.text(`window.WebSocket = class { constructor() { this.readyState = 1; setTimeout(() => { this.onopen(); this.onmessage({ data: '{"seq":1,"t":0,"kind":"start","version":2}' }); }); } send() {} close() {} }`)
	b.click("run")
	b.until(`document.querySelector('[data-testid=error]').dataset.code === 'newer-stream' && document.querySelector('ft-stage').all.length === 0`)
}

// TestScriptsOff: without scripts a lesson reads well, and one link brings the
// recorded run of its lab into it; a run that is kept is read in the same way.
func TestScriptsOff(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := openFor(t, axeLimit, base+"/en/handshake/three-way", 1280, 900)
	b.click("run")
	b.until(held("SYN"))
	b.click("link")
	b.until(linkURL + `?.value.includes('/runs/')`)
	kept := b.text(linkURL + `.value`)
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	for lang, words := range map[string][]string{
		"en": {"Read a recorded run of this lab as text", "Recorded run · ", "The run in words", "Read this run as text"},
		"ko": {"이 실습의 기록된 실행을 글로 읽기", "기록된 실행 · ", "글로 보는 실행", "이 실행을 글로 읽기"},
	} {
		b.scriptsOff()
		b.do(chromedp.EmulateViewport(360, 740))
		b.do(chromedp.Navigate(base + "/" + lang + "/reliability/retransmission"))
		if s := b.text(`document.querySelector('[data-testid=read]').textContent + document.querySelectorAll('[data-testid=run-table]').length`); s != words[0]+"0" {
			t.Errorf("%s: the link says %q", lang, s)
		}
		b.text(`document.querySelector('[data-testid=read]').click()`)
		b.reads(`location.search === '?text' && document.querySelector('[data-testid=run-text]') !== null`)
		if s := b.text(`document.querySelector('[data-testid=run-text]').textContent`); !strings.Contains(s, words[1]) || !strings.Contains(s, words[2]) {
			t.Errorf("%s: the run as text is %.300q", lang, s)
		}
		if s := b.text(`document.querySelectorAll('[data-testid=run-table] td').length > 40 && document.querySelectorAll('[data-testid=packet-table] td').length > 40 && document.documentElement.scrollWidth <= 360`); s != "true" {
			t.Errorf("%s: the tables are short, or the page is wider than 360 px", lang)
		}
		b.text(`document.querySelector('[data-testid=read-step]').click()`)
		b.reads(`location.search.startsWith('?text=') && document.querySelector('[data-testid=run-text] a[href="?text#run"]') !== null && document.querySelector('a[rel=next]') !== null`)
		b.text(`document.querySelector('a[rel=next]').click()`)
		b.reads(`location.search === '?text' && !location.pathname.endsWith('/retransmission') && document.querySelector('[data-testid=run-text]') !== null`)
		b.do(chromedp.Navigate(strings.Replace(kept, "/en/", "/"+lang+"/", 1)))
		if s := b.text(`document.querySelector('[data-testid=read]').textContent`); s != words[3] {
			t.Errorf("%s: the link of a run that is kept says %q", lang, s)
		}
		b.text(`document.querySelector('[data-testid=read]').click()`)
		b.reads(`document.querySelector('[data-testid=run-text] [data-testid=packet-table]')?.textContent.includes('SYN') === true`)

		scripted := openFor(t, axeLimit, base+"/"+lang+"/reliability/retransmission?text", 1280, 900) // axe is one
		scripted.until(`document.querySelector('[data-testid=run]') !== null`)
		scripted.axe(string(axe), lang+" run as text")
		scripted.do(chromedp.Navigate(strings.Replace(kept, "/en/", "/"+lang+"/", 1) + "?text"))
		scripted.axe(string(axe), lang+" kept run as text")
	}
}

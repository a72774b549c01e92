//go:build linux

package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// changed is the sentences of what changed, again how many packets of the run
// on the stage were sent again.
const (
	changed = `document.querySelector('[data-testid=changes]').innerText`
	again   = `[...document.querySelector('ft-stage').model.packets.values()].filter((p) => p.again).length`
)

// TestCompareInTheBrowser runs a handshake twice, the second time with its
// SYN dropped, and sets both beside each other; then again from a link.
func TestCompareInTheBrowser(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/en/handshake/three-way", 1280, 900)
	b.click("tab-compare")
	b.until(`document.querySelector('[data-testid=compare-said]')?.textContent.startsWith('Run the lab') === true`)
	b.shaken(false)
	b.until(`document.querySelector('[data-testid=compare-said]').textContent.startsWith('There is one run')`)
	b.click("link")
	b.until(linkURL + `?.value.includes('/runs/')`)
	first, before := b.text(linkURL+`.value`), b.text(again)
	b.shaken(true)
	now := b.text(again)
	b.until(`document.querySelectorAll('[data-testid=compared] [data-mark=same]').length > 4`)
	// On a busy machine the kernel sends more again than was dropped.
	want := fmt.Sprintf("Packets that were sent again: %s before, %s now.", before, now)
	if said := b.text(changed); before != now && !strings.Contains(said, want) || !strings.Contains(said, "The same in both: settings, programs") {
		t.Errorf("it does not say %q:\n%s", want, said)
	}
	b.text(`[...document.querySelectorAll('[data-testid=compared] button')].find((n) => n.textContent.includes('SYN+ACK')).click()`)
	b.until(`document.querySelector('[data-testid=packet][data-marked]')?.dataset.flags === 'SYN,ACK'`)
	b.click("compare-only")
	b.until(`document.querySelector('[data-testid=compared] [data-mark=same]').offsetParent === null`)

	// The second run, kept, beside the first.
	b.click("link")
	b.until(linkURL + `?.value.includes('/runs/')`)
	second := b.text(linkURL + `.value`)
	id := first[strings.LastIndex(first, "/")+1:]
	b.do(chromedp.Navigate(strings.Replace(strings.Replace(second, "/en/", "/ko/", 1), "#", "?with="+id+"#", 1)))
	b.until(`document.querySelectorAll('[data-testid=compared] [data-mark=same]').length > 4`)
	want = fmt.Sprintf("다시 보낸 패킷 수: 그 실행 %s · 이 실행 %s", before, now)
	if said := b.text(changed); before != now && !strings.Contains(said, want) {
		t.Errorf("it does not say %q:\n%s", want, said)
	}
}

// TestCompareWithNone: what cannot be opened is said, and what was shown
// stays.
func TestCompareWithNone(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/ko/handshake/three-way", 360, 740)
	b.shaken(false)
	b.text(`document.querySelector('[data-testid=wire-hold]').click()`)
	b.click("run")
	b.until(held("SYN"))
	b.click("tab-compare")
	b.until(`document.querySelector('[data-testid=compare-said]')?.textContent.includes('이 실행이 끝나면') === true`)
	b.click("stop")
	b.until(`document.querySelectorAll('[data-testid=compared] tbody tr').length > 4`)
	b.click("tab-story")
	b.click("compare-runs")
	b.until(`document.querySelector('[data-testid=compared]').offsetParent !== null`)
	for typed, want := range map[string]string{
		"hello": "실행의 링크가 아닙니다",
		base + "/ko/runs/AAAAAAAAAAAAAAAAAAAAAAAAAA": "링크에 오타가 있거나",
	} {
		b.text(`document.querySelector('[data-testid=compare-link]').value = '` + typed + `'`)
		b.click("compare-open")
		b.until(`document.querySelector('[data-testid=compare-said]').textContent.includes('` + want + `')`)
	}
	choose := func(recording string) {
		b.text(`(() => { const d = new DataTransfer(); d.items.add(new File(['` + recording + `'], 'run.json')); const f = document.querySelector('[data-testid=compare-file]'); f.files = d.files; f.dispatchEvent(new Event('change')); return ''; })()`)
		b.until(`document.querySelector('[data-testid=compare-said]').textContent.includes('온전한 기록이 아니어서')`)
	}
	choose(`{"version":1,"events":[{"seq":7}]}`)
	b.until(`document.querySelector('[data-testid=compared]').offsetParent !== null`) // what was shown stays
	choose(`{"version":1,"events":[{"seq":1,"t":0,"kind":"state"}]}`)
	b.until(`document.querySelector('[data-testid=compared]').offsetParent === null`)
	b.text(`(async () => { const d = new DataTransfer(); const r = await fetch(document.querySelector('[data-testid="download-recording.json"]').href); d.items.add(new File([await r.text()], 'mine.json')); const f = document.querySelector('[data-testid=compare-file]'); f.files = d.files; f.dispatchEvent(new Event('change')); })()`)
	b.until(`document.querySelector('[data-testid=changes]').textContent.includes('mine.json')`)
	if differ := b.count(`[data-testid=compared] tbody tr:not([data-mark=same])`); differ != "0" {
		t.Errorf("a run differs from itself in %s lines", differ)
	}
	b.do(chromedp.Reload())
	b.until(`document.querySelector('[data-testid=changes]')?.textContent.includes('이전 실행과 달라진 점') === true`)
	if wide := b.text(`document.documentElement.scrollWidth`); wide != "360" {
		t.Errorf("the page is %s px wide", wide)
	}
}

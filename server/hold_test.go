//go:build linux

package main

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"fivetuple/sandbox/event"
)

// passings are the wire events of a run that tell that packets pass by
// themselves until something, or no more.
func (b *browser) passings(base, lab string) (all []event.Event) {
	b.Helper()
	for _, e := range b.recording(base, lab) {
		if e.Kind == event.KindWire && e.Until != nil {
			all = append(all, e)
		}
	}
	return all
}

// TestUntilInTheBrowser delivers the whole handshake and the data with one
// key, up to the FIN, and the rest until an end is in a state.
func TestUntilInTheBrowser(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/ko/handshake/three-way", 1280, 900)
	b.click("run")
	b.until(held("SYN"))
	b.until(`document.querySelector('[data-testid=until]')?.offsetParent != null`)
	b.text(`document.querySelector('[data-testid=until]').focus()`)
	chosen := `document.querySelector('[data-testid=until]').selectedOptions[0].textContent`
	for range 3 {
		b.do(chromedp.KeyEvent(kb.ArrowDown))
	}
	b.until(chosen + ` === '다음 FIN 앞까지'`)
	b.text(`document.querySelector('[data-testid=stage]').focus()`)
	b.do(chromedp.KeyEvent("u"))
	b.until(`document.querySelector('[data-testid=held]')?.dataset.flags === 'FIN,ACK' && document.querySelectorAll('[data-testid=held]').length === 1`)
	for _, said := range []string{"다음 FIN 앞까지 패킷이 저절로 전달됩니다.", "기다리던 것이 나왔습니다."} {
		b.until(`document.querySelector('[data-testid=view-story]').textContent.includes('` + said + `')`)
	}
	b.until(`document.querySelector('[data-testid=until-go]').textContent === '전달'`)
	if n := b.count(`[data-testid=packet][data-phase=held]`); n != "1" {
		t.Errorf("%s packets are held", n)
	}
	told := b.passings(base, "handshake/three-way")
	if len(told) != 2 || told[1].Reason != event.ReasonReached || told[1].Until.Flags[0] != "FIN" {
		t.Errorf("the recording tells %+v", told)
	}
	b.text(`(() => { const s = document.querySelector('[data-testid=until]'); s.value = [...s.options].find((o) => o.textContent === 'client 쪽이 TIME_WAIT 상태가 될 때까지').value; })()`)
	b.click("until-go")
	b.until(band("client", "TIME_WAIT"))
	b.until(`document.querySelector('[data-testid=held]')?.dataset.flags === 'ACK'`) // the last one, with which the server would be done
}

// TestUntilIsTakenBack: what passes until something that never comes can be
// held again, in a narrow window, where nothing is wider than it.
func TestUntilIsTakenBack(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/ko/handshake/three-way", 360, 740)
	b.click("run-step") // nothing is sent
	b.until(`document.querySelector('[data-testid=until]')?.offsetParent != null && document.documentElement.scrollWidth <= innerWidth`)
	b.text(`(() => { const s = document.querySelector('[data-testid=until]'); s.value = [...s.options].find((o) => o.textContent.includes('RST')).value; })()`)
	b.click("until-go")
	b.until(`document.querySelector('[data-testid=until-go]').textContent === '다시 붙잡기'`)
	b.click("until-go")
	b.until(`document.querySelector('[data-testid=until-go]').textContent === '전달'`)
	if told := b.passings(base, "handshake/three-way"); len(told) != 2 || told[1].Reason != event.ReasonMode {
		t.Errorf("the recording tells %+v", told)
	}
	b.text(`document.querySelector('[data-testid=wire-flow]').click()`)
	b.until(`document.querySelector('[data-testid=until]').offsetParent === null`)
}

// TestHandsByKeyboard does with a held packet all that can be done, by keys,
// with a keyboard that writes Korean.
func TestHandsByKeyboard(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/ko/handshake/three-way", 1280, 900)
	b.until(`document.querySelector('[data-testid=run]:not([aria-disabled=true])') !== null`)
	b.text(`document.querySelector('[data-testid=stage]').focus()`)
	press := func(key, code string) {
		b.text(`document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: '` + key + `', code: '` + code + `', bubbles: true, cancelable: true}))`)
	}
	press("ㄱ", "KeyR")
	b.until(held("SYN"))
	b.do(chromedp.KeyEvent("?"))
	b.until(`document.querySelector('[data-testid=help]').open`)
	for _, key := range []string{"R", "T", "S", "C", "P", "D", "X", "Y", "M", "W", "E", "U", "H", "K", "L"} {
		if s := b.text(`[...document.querySelectorAll('[data-testid=help] kbd')].filter((k) => k.textContent.toUpperCase() === '` + key + `').length`); s != "1" {
			t.Errorf("the help lists %s %s times", key, s)
		}
	}
	press("ㅛ", "KeyY")
	b.until(`document.querySelectorAll('[data-testid=held]').length === 2`)
	b.do(chromedp.KeyEvent("e"))
	b.until(`document.querySelector('[data-testid=compose-bytes]')?.matches(':focus, dialog[open] *')`)
	b.do(chromedp.KeyEvent(kb.Escape))
	b.until(`document.querySelector('[data-testid=compose]') === null`)
	b.do(chromedp.KeyEvent("x")) // the first; its copy goes on
	b.until(`document.querySelectorAll('[data-testid=held]').length === 1`)
	b.do(chromedp.KeyEvent("m"))
	b.until(`document.querySelector('[data-testid=packet][data-made=duplicate][data-phase=delivered]') !== null`)
	b.until(`(() => { // the client may have sent its SYN again meanwhile, which then comes first
		const chip = document.querySelector('[data-testid=held]');
		if (chip && chip.dataset.packet !== window.delivered) {
			window.delivered = chip.dataset.packet;
			document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'ㅇ', code: 'KeyD', bubbles: true, cancelable: true}));
		}
		return ` + band("client", "ESTABLISHED") + `;
	})()`)
	var delayed, dropped bool
	for _, e := range b.recording(base, "handshake/three-way") {
		delayed = delayed || e.Kind == event.KindPacket && e.Of == 1 && e.Phase == event.PhaseDelivered
		dropped = dropped || e.Kind == event.KindPacket && e.ID == 1 && e.Reason == event.ReasonByHand
	}
	if !delayed || !dropped {
		t.Errorf("the copy arrived: %t; the first was dropped: %t", delayed, dropped)
	}
}

// TestStepByKeyboard: each program has a number, s steps all and c lets them
// run on.
func TestStepByKeyboard(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/ko/handshake/three-way", 1280, 900)
	b.until(`document.querySelector('[data-testid=run]:not([aria-disabled=true])') !== null`)
	b.text(`document.querySelector('[data-testid=stage]').focus()`)
	b.do(chromedp.KeyEvent("t"))
	calls := func(program, phase string) string {
		return `[...document.querySelector('ft-stage').model.calls.values()].filter((c) => c.program === '` + program + `' && c.at.` + phase + `).length`
	}
	b.until(calls("server", "held") + ` === 1`)
	first := b.text(`document.querySelector('ft-stage').panes.findIndex((p) => p.name === 'server') + 1`)
	b.do(chromedp.KeyEvent(first))
	b.until(calls("server", "return") + ` === 1 && ` + calls("server", "held") + ` === 2`)
	b.do(chromedp.KeyEvent("s"))
	b.until(calls("server", "return") + ` === 2`)
	b.do(chromedp.KeyEvent("c"))
	b.until(held("SYN"))
}

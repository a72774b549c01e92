//go:build linux

package main

import "testing"

// listening has the page keep what a screen reader is given to speak, each
// time as a list.
const listening = `(() => {
	window.heard = [];
	const watch = () => {
		const voice = document.querySelector('[data-testid=voice]');
		if (!voice) return requestAnimationFrame(watch);
		new MutationObserver(() => { if (voice.childElementCount > 0) window.heard.push([...voice.children].map((p) => p.textContent)); }).observe(voice, {childList: true});
	};
	watch();
})()`

// heardAll says whether every sentence of the run was spoken or counted.
const heardAll = `(() => {
	const more = (s) => Number(/^(?:And (\d+) more\.|그 밖에 (\d+)개가 더 있습니다\.)$/.exec(s)?.slice(1).find(Boolean) ?? 0);
	return window.heard.flat().reduce((n, s) => n + (more(s) || 1), 0) === document.querySelectorAll('[data-testid=narrative] li:not([data-kind=note])').length;
})()`

// TestVoice: a screen reader hears a live run whatever tab is open, a few
// sentences at a time and how many more there were, and the next run too; of
// a replay it hears nothing.
func TestVoice(t *testing.T) {
	t.Parallel()
	base := served(t)
	for _, lang := range []string{"en", "ko"} {
		t.Run(lang, func(t *testing.T) {
			b := open(t, base+"/"+lang+"/handshake/lost-syn", 1280, 900)
			b.click("tab-packets")
			b.text(listening)
			for range 2 {
				b.text(`window.heard = []`)
				b.click("run")
				b.until(`window.heard.length > 0 && document.querySelector('ft-stage').model.packets.size > 0`) // of which many sentences are
				b.click("stop")
				b.until(`document.querySelector('[data-testid=end]')?.dataset.cause === 'stopped'`)
				b.until(heardAll)
				b.until(`window.heard.flat().some((s) => /^(And \d+ more|그 밖에 \d+개)/.test(s)) && window.heard.every((said) => said.length <= 4)`)
			}
			if s := b.text(`(() => { const v = document.querySelector('[data-testid=voice]'); return v.getAttribute('aria-live') + ' ' + (v.closest('[hidden], [role=tabpanel]') === null) + ' ' + getComputedStyle(v).display; })()`); s != "polite true block" {
				t.Errorf("the voice is %s", s)
			}
			if s := b.count(`.views [aria-live], .views [role=log]`); s != "0" {
				t.Errorf("%s parts of the tabs speak too", s)
			}
			b.text(`window.heard = []`)
			b.click("back-one")
			b.click("play")
			b.until(`document.querySelector('ft-stage').model.ended !== null`)
			b.click("to-end")
			if s := b.text(`JSON.stringify(window.heard) + document.querySelector('[data-testid=voice]').textContent`); s != "[]" {
				t.Errorf("a replay says %s", s)
			}
		})
	}
}

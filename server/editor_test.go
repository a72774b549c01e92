//go:build linux

package main

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// pane is a program of the stage, in the page.
func pane(program string) string {
	return fmt.Sprintf(`document.querySelector('.program[data-program=%s]')`, program)
}

// write puts source into the editor of a program, which it opens, as one who
// selects all of the text and pastes.
func (b *browser) write(program, source string) {
	b.Helper()
	b.text(`(() => { const e = ` + pane(program) + `.querySelector('[data-testid=edit]'); if (e.getAttribute('aria-pressed') === 'false') e.click(); })()`)
	b.until(`(() => { // where it came too late for the first time it is there the second time
		const shown = (name) => ` + pane(program) + `.querySelector('[data-testid=' + name + ']')?.offsetParent != null;
		if (shown('plain-editor')) for (const again of [1, 2]) ` + pane(program) + `.querySelector('[data-testid=edit]').click();
		return shown('editor');
	})()`)
	b.text(`(() => {
		const e = ` + pane(program) + `.querySelector('[data-testid=editor]');
		e.focus();
		e.dispatchEvent(new KeyboardEvent('keydown', {key: 'a', keyCode: 65, ctrlKey: true, bubbles: true, cancelable: true}));
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', ` + strconv.Quote(source) + `);
		e.dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}));
	})()`)
}

// press presses a key with Control.
func (b *browser) press(key string) {
	b.Helper()
	b.do(chromedp.KeyEvent(key, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
}

// watched has the page note what its policy forbids.
const watched = `(() => { window.forbidden = []; document.addEventListener('securitypolicyviolation', (e) => window.forbidden.push(e.violatedDirective + ' ' + e.blockedURI)); })()`

// TestEditor writes by keyboard alone, and leaves as one came.
func TestEditor(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/ko/handshake/three-way", 360, 740)
	b.until(`document.querySelector('[data-testid=edit]') !== null`)
	loaded := `performance.getEntries().filter((e) => e.transferSize).reduce((sum, e) => sum + e.transferSize, 0)`
	if s := b.text(`(` + loaded + `) > 1e4 && (` + loaded + `) < 1e5 && !performance.getEntries().some((e) => e.name.includes('codemirror'))`); s != "true" {
		t.Errorf("before the editor: %s bytes; want at most 100 KB, and nothing of CodeMirror", b.text(loaded))
	}
	b.text(watched)
	client := pane("client")
	b.write("client", "if x:\n")
	b.until(client + `.querySelector('.cm-line .k-word')?.textContent === 'if'`)
	lines := `[...` + client + `.querySelectorAll('.cm-line')].map((n) => n.textContent).join('\n')`
	b.do(chromedp.KeyEvent("\t"))
	b.until(lines + ` === 'if x:\n    '`)
	b.press("z")
	b.until(lines + ` === 'if x:\n'`)
	b.press("f")
	b.until(`document.activeElement.getAttribute('aria-label') === '찾기'`)
	if s := b.text(`/[a-z]/i.test([...` + client + `.querySelectorAll('.cm-panel button:not([hidden]), .cm-panel label')].map((n) => n.textContent).join(''))`); s != "false" {
		t.Error("the search has words that are not Korean")
	}
	b.do(chromedp.KeyEvent(kb.Escape))
	b.until(client + `.querySelector('.cm-panel') === null && document.activeElement.dataset.testid === 'editor'`)
	b.do(chromedp.KeyEvent(kb.Escape))
	b.do(chromedp.KeyEvent("\t"))
	b.until(`document.activeElement.dataset.testid !== 'editor'`)
	if s := b.text(lines + ` === 'if x:\n' && document.documentElement.scrollWidth <= innerWidth`); s != "true" {
		t.Error("Tab after Escape changed the text, or the page is wider than the window")
	}
	b.text(client + `.querySelector('[data-testid=edit]').click()`)
	b.until(client + `.querySelector('.source').offsetParent !== null && ` + client + `.querySelector('.source').textContent.startsWith('if x:')`)
	if s := b.text(`window.forbidden.join() + document.querySelectorAll('style, .editor [style*=color]').length`); s != "0" {
		t.Errorf("the policy has to say: %s", s)
	}
}

// TestEditorMarks: a mark stays at the line that it is about while one writes
// above it, and an error stands below its line.
func TestEditorMarks(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/en/handshake/three-way", 1280, 900)
	b.write("client", "x = 1\nif x:\n    print(y)\n")
	b.click("run")
	client := pane("client")
	wrong := client + `.querySelector('.cm-line[data-wrong]')?.textContent === '    print(y)' && ` + client + `.querySelector('.cm-gutterElement.sign-wrong').textContent === '%d'`
	b.until(fmt.Sprintf(wrong, 3) + ` && ` + client + `.querySelector('[data-testid=fault]').textContent.includes('NameError')`)
	b.text(client + `.querySelector('[data-testid=editor]').focus()`)
	b.press(kb.Home)
	b.press(kb.Enter) // a blank line below the first
	b.until(fmt.Sprintf(wrong, 4))
	b.text(client + `.querySelector('[data-testid="language.c"]').click()`)
	b.until(client + `.querySelector('.cm-line .k-comment, .cm-line .k-word') !== null && ` + client + `.querySelector('[data-wrong]') === null`)
	b.text(client + `.querySelector('[data-testid="language.py"]').click()`)
	b.until(fmt.Sprintf(wrong, 4))
}

// painted gives each colour variable of the pages a colour of its own, and
// lists the colours in the editor that are none of them.
const painted = `(() => {
	const names = new Set([...document.styleSheets].flatMap((s) => [...s.cssRules]).filter((r) => r.style).flatMap((r) => [...r.style]).filter((n) => n.startsWith('--') && CSS.supports('color', getComputedStyle(document.querySelector('.lab')).getPropertyValue(n))));
	let i = 0;
	for (const name of names) document.querySelector('.lab').style.setProperty(name, 'rgb(1, 2, ' + ++i + ')');
	const ours = /^rgb\(1, 2, \d+\)$|^rgba\(0, 0, 0, 0\)$/;
	const found = [];
	for (const n of document.querySelectorAll('.cm-editor, .cm-editor *:not([type=checkbox]), .editor .hint')) for (const pseudo of [null, '::after']) {
		const s = getComputedStyle(n, pseudo);
		if (pseudo && s.content === 'none') continue;
		for (const p of ['color', 'backgroundColor', 'borderTopColor', 'borderBottomColor', 'borderLeftColor', 'borderRightColor', 'outlineColor', 'caretColor']) {
			if (p.startsWith('border') && s[p.replace('Color', 'Width')] === '0px' || p === 'outlineColor' && s.outlineStyle === 'none') continue;
			if (!ours.test(s[p])) found.push(n.className + ' ' + p + ' ' + s[p]);
		}
		if (s.backgroundImage !== 'none') found.push(n.className + ' ' + s.backgroundImage);
	}
	return i > 20 ? found.join('; ') : 'no variables';
})()`

// TestEditorColours: whatever the editor shows has the colours of the pages,
// so that it is right in light and dark.
func TestEditorColours(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/en/handshake/three-way", 1280, 900)
	b.write("client", "import socket # (a)\nprint('socket', 1)\nprint(y)\n\u00a0x()\n")
	b.click("run")
	b.until(`document.querySelector('[data-testid=fault]') !== null`)
	b.text(pane("client") + `.querySelector('[data-testid=editor]').focus()`)
	b.press("f")
	b.do(chromedp.KeyEvent("socket\r"))
	b.until(`document.querySelector('.cm-searchMatch-selected') !== null`)
	if s := b.text(painted); s != "" {
		t.Error(s)
	}
	b.do(chromedp.KeyEvent(kb.Escape))
	b.press(kb.End)
	b.do(chromedp.KeyEvent(kb.ArrowLeft))
	b.until(`document.querySelector('.cm-matchingBracket') !== null`)
	if s := b.text(painted); s != "" {
		t.Error(s)
	}
}

// TestPlainEditor: where the editor cannot be loaded a plain field takes its
// place.
func TestPlainEditor(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/en/handshake/three-way", 1280, 900)
	b.text(`window.fetch = () => Promise.reject(new TypeError('offline'))`)
	b.click("edit")
	client := pane("client")
	b.until(client + `.querySelector('[data-testid=plain-editor]').offsetParent !== null && document.activeElement.dataset.testid === 'plain-editor'`)
	b.press(kb.Home)
	b.do(chromedp.KeyEvent("# mine\r"))
	b.until(client + `.querySelector('[data-testid=reset]:not([hidden])') !== null`)
	b.click("edit")
	b.until(client + `.querySelector('.source li').textContent === '# mine'`)
}

// TestChangesOfAProgram: what the learner changed is listed, each change can
// be taken back by itself, and the text can be saved as it is.
func TestChangesOfAProgram(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/ko/handshake/three-way", 360, 740)
	client := pane("client")
	b.until(client + `?.querySelector('.source') != null`)
	original := b.text(`document.querySelector('ft-stage').panes.find((p) => p.name === 'client').original`)
	first, rest, _ := strings.Cut(original, "\n")
	b.write("client", first+"  # mine\n"+rest+"print('more')\n")
	b.click("show-changes")
	count := func(n int) string {
		return fmt.Sprintf(client+`.querySelectorAll('[data-testid=change]').length === %d`, n)
	}
	b.until(count(2))
	b.until(client + `.querySelector('[data-testid=change] p').textContent.startsWith('1번째 줄') && ` + client + `.querySelector('[data-testid=change] ins').textContent.includes('# mine')`)
	b.text(`(() => {
		URL.createObjectURL = (blob) => { blob.text().then((s) => { window.saved = s; }); return '#'; };
		HTMLAnchorElement.prototype.click = function () { window.saves = this.download; };
	})()`)
	b.click("save")
	b.until(`window.saves === 'client.py' && window.saved?.startsWith(` + strconv.Quote(first+"  # mine\n") + `) && window.saved.endsWith("print('more')\n")`)
	b.click("undo-change")
	b.until(count(1) + ` && document.activeElement.dataset.testid === 'undo-change'`)
	b.click("undo-change")
	b.until(client + `.querySelector('[data-testid=changes]').offsetParent === null && document.activeElement.dataset.testid === 'edit'`)
	if s := b.text(`document.querySelector('ft-stage').panes.find((p) => p.name === 'client').source`); s != original {
		t.Errorf("left is %q", s)
	}
}

// TestCurrentLine: while a program is stepped, the line of its current call is
// marked in the listing and in the editor, with what becomes of the call.
func TestCurrentLine(t *testing.T) {
	t.Parallel()
	b := open(t, served(t)+"/ko/handshake/three-way", 1280, 900)
	client := pane("client")
	mark := func(face, doing, call string) string {
		return fmt.Sprintf(`(() => { const all = %s.querySelectorAll('%s [data-testid=current-line]'); return all.length === 1 && all[0].dataset.current === '%s' && all[0].getAttribute('aria-current') === 'step' && all[0].textContent.includes('%s'); })()`, client, face, doing, call)
	}
	step := func() { b.text(client + `.querySelector('[data-testid=program-step]').click()`) }
	b.click("run-step")
	b.until(mark(".source", "held", "socket.socket("))
	step()
	b.until(mark(".source", "held", "connection.connect("))
	b.text(client + `.querySelector('[data-testid=edit]').click()`)
	b.until(client + `.querySelector('[data-testid=editor]')?.offsetParent != null`)
	b.until(mark(".editor", "held", "connection.connect("))
	b.text(`(() => { for (const p of document.querySelectorAll('.program[data-program=server] [data-testid=program-run]')) p.click(); })()`)
	step()
	b.until(mark(".editor", "blocked", "connection.connect("))
	b.text(client + `.querySelector('[data-testid=edit]').click()`)
	b.until(mark(".source", "blocked", "connection.connect("))
	b.click("stop")
	b.until(`document.querySelector('[data-testid=end]')?.dataset.cause === 'stopped'`)
}

// TestResetOfAProgram: what a learner changed is taken back as a whole, and
// the next run is that of the course's own program.
func TestResetOfAProgram(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/en/handshake/three-way", 1280, 900)
	client := pane("client")
	b.until(client + `?.querySelector('.source') != null`)
	source := `document.querySelector('ft-stage').panes.find((p) => p.name === 'client').source`
	original := b.text(source)
	b.write("client", "print('mine')\n")
	b.until(client + `.querySelector('.badge').offsetParent !== null && ` + client + `.querySelector('[data-testid=reset]').offsetParent !== null`)
	b.click("run")
	b.until(client + `.querySelector('[data-testid=output]').textContent.includes('mine')`)
	b.text(client + `.querySelector('[data-testid=reset]').click()`)
	b.until(client + `.querySelector('.badge').offsetParent === null && ` + client + `.querySelector('[data-testid=reset]').offsetParent === null && document.activeElement.dataset.testid === 'edit'`)
	if s := b.text(source); s != original {
		t.Errorf("after the reset the program is %q", s)
	}
	b.click("run")
	b.until(held("SYN"))
	if s := b.text(client + `.querySelector('[data-testid=output]').textContent`); strings.Contains(s, "mine") {
		t.Errorf("the run after the reset printed %q", s)
	}
}

// TestTypedIsKept: what was typed is there when the page is loaded again, with
// the run or without, and the lines of a run are those of the text that ran.
func TestTypedIsKept(t *testing.T) {
	t.Parallel()
	b := open(t, served(t)+"/en/handshake/three-way", 1280, 900)
	is := func(source string) string {
		return `document.querySelector('ft-stage')?.panes?.find((p) => p.name === 'client').source === ` + strconv.Quote(source)
	}
	b.write("client", "print(1)\n")
	b.until(is("print(1)\n"))
	b.do(chromedp.Reload())
	b.until(is("print(1)\n"))
	b.click("run")
	b.until(`document.querySelector('ft-stage').all.some((e) => e.text === '1\n')`)
	b.write("client", "print(2)\n")
	b.until(is("print(2)\n"))
	b.do(chromedp.Reload())
	b.until(`document.querySelector('ft-stage')?.all?.length > 0 && ` + is("print(2)\n"))
	if ran := b.text(`document.querySelector('ft-stage').ran.find((p) => p.name === 'client').source`); ran != "print(1)\n" {
		t.Errorf("what ran: %q", ran)
	}
	b.before(`for (const [key, kept] of Object.entries(sessionStorage)) if (key === 'fivetuple handshake/three-way') sessionStorage.setItem(key, JSON.stringify({...JSON.parse(kept), stream: '/api/sandboxes/none/stream'}))`)
	b.do(chromedp.Reload())
	b.until(`document.querySelector('ft-stage')?.session?.stream?.over && ` + is("print(2)\n"))
	b.until(`JSON.parse(sessionStorage.getItem('fivetuple handshake/three-way')).programs.client === 'print(2)\n' && !('stream' in JSON.parse(sessionStorage.getItem('fivetuple handshake/three-way')))`)
}

//go:build linux

package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// connect runs the handshake lab until both ends are connected. Each packet
// that is held is delivered once: where the machine is busy, copies come too.
func (b *browser) connect() {
	b.Helper()
	b.click("run")
	b.until(held("SYN"))
	b.until(`(() => {
		if (` + band("server", "ESTABLISHED") + `) return true;
		const chip = [...document.querySelectorAll('[data-testid=held]')].find((c) => !(globalThis.given ??= new Set()).has(c.dataset.packet));
		if (!chip) return false;
		globalThis.given.add(chip.dataset.packet);
		chip.querySelector('[data-testid=deliver]').click();
		return false;
	})()`)
}

// lineOf is a line of a tool's text with these words in it.
func lineOf(tool, words string) string {
	return fmt.Sprintf(`[...document.querySelectorAll('[data-testid="tool-%s"] .line')].find((n) => n.textContent.includes('%s'))`, tool, words)
}

// take chooses a line of a tool.
func (b *browser) take(tool, words string) {
	b.Helper()
	b.until(lineOf(tool, words) + ` !== undefined`)
	b.text(lineOf(tool, words) + `.click()`)
}

// TestSSView chooses sockets in ss: they are marked in the tables and with
// their packets, and the line is explained.
func TestSSView(t *testing.T) {
	t.Parallel()
	base := served(t)
	for lang, says := range map[string]struct{ listener, connection string }{
		"en": {"connections are established and wait to be accepted", "bytes have arrived and wait to be read"},
		"ko": {"성립해서 accept를 기다리는 연결", "도착해서 프로그램이 읽기를 기다리는 것"},
	} {
		t.Run(lang, func(t *testing.T) {
			b := open(t, base+"/"+lang+"/handshake/three-way", 1280, 900)
			b.connect()
			b.click("tab-ss")
			b.until(`document.querySelector('[data-testid=tool-ss]')?.textContent.includes('server$ ss -tuxan') === true`)
			b.take("ss", "LISTEN")
			b.until(`document.querySelector('[data-testid=apart]').textContent.includes('` + says.listener + `')`)
			b.until(`document.querySelector('[data-testid=socket-row][aria-current]')?.dataset.state === 'LISTEN'`)
			b.text(lineOf("ss", "LISTEN") + `.focus()`)
			b.do(chromedp.KeyEvent(kb.ArrowDown))
			b.until(`document.activeElement.textContent.includes('ESTAB') && document.querySelector('[data-testid=apart]').textContent.includes('` + says.connection + `')`)
			b.until(`document.querySelectorAll('[data-testid=socket-row][aria-current]').length === 1 && document.querySelector('[data-testid=socket-row][aria-current]').dataset.state === 'ESTABLISHED'`)
			b.until(`document.querySelectorAll('[data-testid=packet]').length > 2 && document.querySelectorAll('[data-testid=packet]:not([data-own])').length === 0`)
			b.do(chromedp.KeyEvent(kb.Enter))
			b.until(`document.querySelector('[data-testid=socket-row][aria-current], [data-testid=packet][data-own], [data-testid=apart]') === null`)
			b.text(`document.querySelector('[data-testid=packet][data-flags=SYN]').dispatchEvent(new MouseEvent('click', {bubbles: true}))`)
			b.until(`[...document.querySelectorAll('[data-testid=tool-ss] .line[aria-current]')].filter((n) => n.textContent.includes('10.0.0.1:')).length === 2`)
			if s := b.text(`decodeURIComponent(document.querySelector('[data-testid="get-ss.txt"]').href)`); !strings.Contains(s, "server$ ss -tuxan\nNetid") || !strings.Contains(s, "ESTAB") {
				t.Errorf("the download is %s", s)
			}
		})
	}
}

// TestToolLines chooses lines of strace and tcpdump by keyboard; they are
// taken apart in the reader's language, and can be copied and downloaded.
func TestToolLines(t *testing.T) {
	t.Parallel()
	base := served(t)
	for lang, says := range map[string]struct{ connect, synack, copied string }{
		"en": {"connect sets the peer of the socket", "The answer to a SYN", "Copied."},
		"ko": {"connect는 소켓의 상대를 정합니다", "SYN에 대한 답입니다", "복사했습니다."},
	} {
		t.Run(lang, func(t *testing.T) {
			b := open(t, base+"/"+lang+"/handshake/three-way", 360, 740)
			b.connect()
			b.click("tab-strace")
			b.take("strace.txt", "connect(3")
			b.until(`document.querySelector('[data-testid=apart]').textContent.includes('` + says.connect + `')`)
			b.until(`document.querySelector('[data-testid=call][data-marked]')?.dataset.name === 'connect'`)
			if wide := b.text(`document.documentElement.scrollWidth > 360 || document.querySelector('[data-testid=apart]').getBoundingClientRect().right > 360`); wide != "false" {
				t.Error("the explanation is wider than the page")
			}
			b.click("tab-tcpdump")
			b.until(lineOf("tcpdump.txt", "Flags [S.]") + ` !== undefined`)
			before := `[...document.querySelectorAll('[data-testid="tool-tcpdump.txt"] .line')].find((n, i, all) => all[i + 1]?.textContent.includes('Flags [S.]'))`
			b.text(before + `.click()`) // a SYN, which may have been sent twice
			b.text(before + `.focus()`)
			b.do(chromedp.KeyEvent(kb.ArrowDown))
			b.until(`document.querySelector('[data-testid=view-tcpdump] [data-testid=apart]')?.textContent.includes('` + says.synack + `') === true`)
			b.until(`document.querySelector('[data-testid=packet][data-marked]').dataset.flags === 'SYN,ACK'`)
			b.text(`document.addEventListener('copy', () => { globalThis.copied = String(document.activeElement.value); })`)
			b.copies("copy-line", says.copied, lineOf("tcpdump.txt", "Flags [S.]")+`.textContent`)
			b.copies("copy-all", says.copied, `document.querySelectorAll('[data-testid="tool-tcpdump.txt"] .line').length`)
			for _, view := range []string{"strace", "tcpdump"} {
				b.downloads(base, view)
			}
		})
	}
}

// copies clicks a button of the view tcpdump that copies, and compares what is
// copied, or the number of its lines.
func (b *browser) copies(testid, said, want string) {
	b.Helper()
	b.text(`navigator.clipboard.writeText = (s) => { globalThis.copied = s; return Promise.resolve(); }`)
	b.text(`document.querySelector('[data-testid=view-tcpdump] [data-testid=` + testid + `]').click()`)
	b.until(`document.querySelector('[data-testid=view-tcpdump] [data-testid=tool-said]').textContent === '` + said + `'`)
	if wanted := b.text(want); b.text(`globalThis.copied`) != wanted && b.text(`globalThis.copied.split('\n').filter(Boolean).length`) != wanted {
		b.Errorf("%s copied %q, want %s", testid, b.text(`globalThis.copied`), wanted)
	}
}

// downloads fetches each download that a view offers.
func (b *browser) downloads(base, view string) {
	b.Helper()
	all := strings.Fields(b.text(`[...document.querySelectorAll('[data-testid=view-` + view + `] a[download]')].map((a) => a.getAttribute('href')).join(' ')`))
	if len(all) == 0 {
		b.Errorf("%s offers no download", view)
	}
	for _, path := range all {
		response, err := http.Get(base + path)
		if err != nil {
			b.Fatal(err)
		}
		n, err := io.Copy(io.Discard, response.Body)
		response.Body.Close()
		if response.StatusCode != http.StatusOK || n == 0 || err != nil {
			b.Errorf("%s: %d, %d bytes, %v", path, response.StatusCode, n, err)
		}
	}
}

// TestCopyOverPlainHTTP copies a line where the page is not secure, and the
// browser has no clipboard for scripts: a server in a classroom.
func TestCopyOverPlainHTTP(t *testing.T) {
	t.Parallel()
	base := served(t, "--addr", "0.0.0.0:0")
	port := base[strings.LastIndex(base, ":")+1:]
	rules := chromedp.Flag("host-resolver-rules", "MAP classroom.test 127.0.0.1")
	b := openFor(t, axeLimit, "http://classroom.test:"+port+"/ko/handshake/three-way", 1280, 900, rules)
	if s := b.text(`isSecureContext + ' ' + navigator.clipboard`); s != "false undefined" {
		t.Fatalf("the page has a clipboard: %s", s)
	}
	b.connect()
	b.text(`document.addEventListener('copy', () => { globalThis.copied = document.activeElement.value; })`)
	for _, tool := range []struct{ tab, name, line string }{{"strace", "strace.txt", "connect(3"}, {"ss", "ss", "LISTEN"}} {
		b.click("tab-" + tool.tab)
		b.take(tool.name, tool.line)
		place := `[data-testid=view-` + tool.tab + `] `
		b.text(`document.querySelector('` + place + `[data-testid=copy-line]').focus()`)
		b.do(chromedp.KeyEvent(kb.Enter))
		b.until(`document.querySelector('` + place + `[data-testid=tool-said]').textContent === '복사했습니다.'`)
		if got, want := b.text(`globalThis.copied`), b.text(lineOf(tool.name, tool.line)+`.textContent`); got != want {
			t.Errorf("copied %q, want %q", got, want)
		}
	}
}

// TestToolsAtEarlierMoments goes back in a run that is over: strace and
// tcpdump end where they ended then, and are not asked for again.
func TestToolsAtEarlierMoments(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/en/ending/reset", 1280, 900)
	b.click("run")
	b.until(`document.querySelector('[data-testid=end]')?.dataset.cause === 'finished'`)
	for _, tool := range []struct{ tab, name string }{{"strace", "strace.txt"}, {"tcpdump", "tcpdump.txt"}} {
		lines := `document.querySelectorAll('[data-testid="tool-` + tool.name + `"] .line').length`
		asked := `performance.getEntriesByType('resource').filter((e) => e.name.endsWith('recording.` + tool.name + `')).length`
		b.click("tab-" + tool.tab)
		b.until(lines + ` > 5`)
		whole, times := b.text(lines), b.text(asked)
		seq := b.text(`document.querySelector('ft-stage').views.events.find(([e]) => e.kind === 'packet' && e.summary.flags.includes('FIN'))[0].seq`)
		b.text(`document.querySelector('ft-stage').replay.go(` + seq + `)`)
		b.until(lines + ` < ` + whole)
		later := `document.querySelector('[data-testid="tool-` + tool.name + `"] .line:last-of-type').textContent`
		if s := b.text(later); strings.Contains(s, "+++") || tool.tab == "tcpdump" && !strings.Contains(s, "Flags [F") {
			t.Errorf("%s ends with %s", tool.tab, s)
		}
		b.click("to-end")
		b.until(lines + ` === ` + whole)
		if now := b.text(asked); now != times {
			t.Errorf("%s was asked for %s times, then %s", tool.tab, times, now)
		}
	}
}

// TestToolsAreWhole: when a run ends at once, the text of a view that is open
// is that of the whole run.
func TestToolsAreWhole(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/en/endpoints/domains-types", 1280, 900)
	b.click("tab-strace")
	b.click("run")
	b.until(`document.querySelector('[data-testid=end]')?.dataset.cause === 'finished'`)
	b.until(`/\+\+\+ exited with/.test(document.querySelector('[data-testid="tool-strace.txt"] .line:last-of-type')?.textContent)`)
}

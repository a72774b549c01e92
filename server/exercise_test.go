//go:build linux

package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestExerciseInTheBrowser: what one begins with fails in the first trial and
// has hints, the solution passes all, and the course map says so.
func TestExerciseInTheBrowser(t *testing.T) {
	t.Parallel()
	solution, err := os.ReadFile("../lessons/labs/exercises/line-server/solution.py")
	if err != nil {
		t.Fatal(err)
	}
	base := served(t)
	b := open(t, base+"/ko/exercises/line-server", 1280, 900)
	state := func(trial, state string) string {
		return `document.querySelector('[data-trial=` + trial + `]').dataset.state === '` + state + `'`
	}
	b.judge()
	b.until(state("line", "failed") + ` && ` + state("together", "waiting"))
	b.until(`document.querySelector('[data-testid=graded]').textContent.startsWith('✗')`)
	b.text(`(() => { const d = document.querySelector('[data-trial=line] details'); d.open = true; d.querySelector('button').click(); return ''; })()`)
	b.until(`[...document.querySelectorAll('[data-trial=line] .hints li')].filter((h) => !h.hidden).length === 2`)
	b.write("server", string(solution))
	b.text(`document.querySelector('ft-stage').setWire({ loss: 1 })`) // a trial is not run on the learner's wire
	b.judge()
	b.until(`document.querySelector('[data-testid=graded]').hidden === false`)
	b.until(state("half", "passed"))
	b.until(`document.querySelector('[data-testid=graded]').dataset.result === 'right'`)
	b.do(chromedp.Navigate(base + "/ko/"))
	b.until(`document.querySelector('li a[href="/ko/exercises/line-server"]').closest('li').querySelector('[data-testid=mark].done') !== null`)
}

// TestMistakesInTheBrowser: two programs that fail in the same trial, each by
// its own mistake, get each its own hint, above the others and in a region
// that is read aloud. It goes when the trials begin again.
func TestMistakesInTheBrowser(t *testing.T) {
	t.Parallel()
	tests := []struct{ lang, file, mistake, hint string }{
		{"en", "wrong_pieces.py", "passed-on-half", "What your program did: It passed on how a"},
		{"ko", "wrong_readline.py", "slept-in-recv", "이 프로그램이 한 일: 읽는 호출 안에서 잠들었습니다."},
	}
	base := served(t)
	for _, tt := range tests {
		t.Run(tt.lang, func(t *testing.T) {
			source, err := os.ReadFile("../lessons/labs/exercises/chat/" + tt.file)
			if err != nil {
				t.Fatal(err)
			}
			b := open(t, base+"/"+tt.lang+"/exercises/chat", 1280, 900)
			shown := `[...document.querySelectorAll('[data-mistake]')].filter((p) => p.checkVisibility())`
			b.write("server", string(source))
			b.judge()
			b.until(`document.querySelector('[data-testid=graded]').hidden === false`)
			if got := b.text(shown + `.map((p) => p.closest('[data-trial]').dataset.trial + ' ' + p.dataset.mistake + ' ' + p.parentElement.getAttribute('role') + ' ' + p.parentElement.nextElementSibling.className).join()`); got != "half "+tt.mistake+" status hints" {
				t.Fatalf("shown: %s", got)
			}
			if got := b.text(shown + `[0].textContent.trim().replace(/\s+/g, ' ')`); !strings.HasPrefix(got, tt.hint) {
				t.Errorf("the hint: %s", got)
			}
			b.judge()
			b.until(shown + `.length === 0`)
		})
	}
}

// TestGoalsInTheBrowser: one run decides on all the goals, and those that
// were reached are, whatever became of the others.
func TestGoalsInTheBrowser(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("../lessons/labs/exercises/goals/wrong_pipe.py")
	if err != nil {
		t.Fatal(err)
	}
	b := open(t, served(t)+"/en/exercises/goals", 1280, 900)
	b.write("client", string(source))
	b.judge()
	b.until(`document.querySelector('[data-testid=graded]').hidden === false`)
	if got := b.text(`[...document.querySelectorAll('[data-trial]')].map((t) => t.dataset.trial + ' ' + t.dataset.state)`); got != "left passed,short passed,reset failed,million passed" {
		t.Errorf("the goals: %s", got)
	}
	if got := b.text(`document.querySelector('[data-testid=graded]').textContent`); !strings.Contains(got, "“A reset") {
		t.Errorf("the word to the learner: %s", got)
	}
}

// TestByHandInTheBrowser: who plays the client of a connection by hand has
// their own run judged, as soon as there is one.
func TestByHandInTheBrowser(t *testing.T) {
	t.Parallel()
	b := open(t, served(t)+"/en/exercises/by-hand", 1280, 900)
	b.judge()
	b.until(`document.querySelector('[data-testid=graded]').textContent.startsWith('There is no run')`)
	b.text(`document.querySelector('ft-stage').setWire({ delay: 2e7 })`) // it is theirs
	b.click("run")
	b.until(band("server", "LISTEN"))
	send := func(seq, ack, data string, flags ...string) {
		b.text(`(document.querySelector('details.faults').open = true)`)
		b.click("compose-open")
		b.until(`document.querySelector('[data-testid=compose-hint]')?.textContent.startsWith('You are this host')`)
		for field, value := range map[string]string{"seq": seq, "ack": ack, "payload": data} {
			b.text(fmt.Sprintf(`(document.querySelector('[data-testid=compose-%s]').value = %s)`, field, value))
		}
		for _, f := range flags {
			b.text(`(document.querySelector('[data-testid=compose-` + f + `]').checked = true)`)
		}
		b.click("compose-send")
		b.until(`document.querySelector('dialog.compose') === null`)
	}
	heard := func(flags string) {
		b.until(`[...document.querySelector('ft-stage').model.packets.values()].some((p) => p.from === 'server' && p.at.delivered && p.summary.flags.join() === '` + flags + `')`)
	}
	first := `[...document.querySelector('ft-stage').model.packets.values()].find((p) => p.from === 'server').summary.seq`
	send("1000", "0", "''", "SYN")
	heard("SYN,ACK")
	send("1001", first+" + 1", "''", "ACK")
	b.until(band("server", "ESTABLISHED"))
	send("1001", first+" + 1", "'hello'", "PSH", "ACK")
	heard("PSH,ACK")
	send("1006", first+" + 6", "''", "FIN", "ACK")
	heard("FIN,ACK")
	send("1007", first+" + 7", "''", "ACK")
	b.until(`document.querySelector('ft-stage').model.ended === 'finished'`)
	b.judge()
	b.until(`document.querySelector('[data-testid=graded]').dataset.result === 'right'`)
}

// TestTrialThatDoesNotBegin: where the run of a trial is refused nothing is
// judged, and not the run before it either.
func TestTrialThatDoesNotBegin(t *testing.T) {
	t.Parallel()
	b := open(t, served(t)+"/en/exercises/line-server", 1280, 900)
	b.judge()
	b.until(`document.querySelector('[data-testid=graded]').textContent.startsWith('✗')`)
	b.text(`(() => {
		const { fetch } = window;
		window.asked = [];
		window.fetch = (path, ...more) => {
			window.asked.push(String(path));
			if (path !== '/api/sandboxes') return fetch(path, ...more);
			return Promise.resolve(new Response(JSON.stringify({error: {code: 'own-full', message: 'Four labs are open.'}}), {status: 429}));
		};
	})()`)
	b.judge()
	b.until(`document.querySelector('[data-testid=graded]').textContent.startsWith('The trial could not be run')`)
	b.until(`document.querySelector('[data-testid=error]').textContent === 'Four labs are open.'`)
	if asked := b.text(`window.asked`); strings.Contains(asked, "/grades/") {
		t.Errorf("asked: %s", asked)
	}
}

// judge presses the button of the trials. Until its module is there it does
// nothing, and is hidden.
func (b *browser) judge() {
	b.Helper()
	b.until(`document.querySelector('.grade')?.hidden === false`)
	b.click("grade")
}

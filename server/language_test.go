//go:build linux

package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"fivetuple/sandbox/event"
)

// TestLanguages runs a server in C with a client in Python, and finds them so
// after the page was loaded again.
func TestLanguages(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/ko/handshake/three-way", 1280, 900)
	server := `document.querySelector('.program[data-program=server]')`
	b.text(server + `.querySelector('[data-testid="language.c"]').click()`)
	b.until(server + `.querySelector('h4').textContent === 'server.c' && ` + server + `.querySelector('.source').textContent.includes('int main')`)
	b.click("run")
	b.until(held("SYN"))
	b.do(chromedp.Reload())
	b.until(held("SYN"))
	b.until(server + `.querySelector('h4').textContent === 'server.c'`)
	all := b.recording(base, "handshake/three-way")
	files := []string{all[0].Programs[0].File, all[0].Programs[1].File}
	if slices.Sort(files); !slices.Equal(files, []string{"client.py", "server.c"}) {
		t.Errorf("programs: %v", files)
	}
	accepts := slices.IndexFunc(all, func(e event.Event) bool { return e.Program == "server" && e.Name == "accept" && e.Line > 0 })
	if accepts < 0 {
		t.Error("no accept of the server in C has its line")
	}
}

// TestTypedInBothLanguages: what was typed in two languages is there after the
// page was loaded again, in the one that is shown and in the other.
func TestTypedInBothLanguages(t *testing.T) {
	t.Parallel()
	b := open(t, served(t)+"/en/handshake/three-way", 1280, 900)
	server := pane("server")
	typed := func(ending string) string { return "server" + ending + " of mine" }
	choose := func(ending string) {
		b.until(server + `?.querySelector('[data-testid="language` + ending + `"]') != null`)
		b.text(server + `.querySelector('[data-testid="language` + ending + `"]').click()`)
	}
	stage := `document.querySelector('ft-stage').panes.find((p) => p.name === 'server')`
	for _, ending := range []string{".py", ".c"} {
		choose(ending)
		b.text(stage + `.load('` + typed(ending) + `')`)
	}
	for range 2 { // what came back is kept, too
		b.do(chromedp.Reload())
		b.until(server + `?.querySelector('h4')?.textContent === 'server.c' && ` + shows("server", "server.c", typed(".c")))
	}
	choose(".py")
	b.until(shows("server", "server.py", typed(".py")))
	choose(".c")
	b.until(shows("server", "server.c", typed(".c")))
}

// TestTakenBackWhileHidden: a text that was taken back and is not shown stays
// so, though the run that the page comes back to began with another.
func TestTakenBackWhileHidden(t *testing.T) {
	t.Parallel()
	b := open(t, served(t)+"/en/handshake/three-way", 1280, 900)
	server := pane("server")
	stage := `document.querySelector('ft-stage').panes.find((p) => p.name === 'server')`
	b.until(server + `?.querySelector('[data-testid="language.c"]') != null`)
	b.text(server + `.querySelector('[data-testid="language.c"]').click()`)
	b.text(stage + `.load('// mine\n' + ` + stage + `.original)`)
	b.click("run")
	b.until(held("SYN"))
	b.text(stage + `.reset()`)
	b.text(server + `.querySelector('[data-testid="language.py"]').click()`)
	b.do(chromedp.Reload())
	b.until(held("SYN"))
	b.until(server + `.querySelector('h4').textContent === 'server.py'`)
	b.text(server + `.querySelector('[data-testid="language.c"]').click()`)
	b.until(shows("server", "server.c", "int main"))
	if s := b.text(stage + `.source.includes('mine')`); s != "false" {
		t.Error("what was taken back is there again")
	}
}

// step presses the button of a step that sets the lab, counted from 0.
func (b *browser) step(i int) {
	b.Helper()
	b.text(fmt.Sprintf(`document.querySelectorAll('[data-testid=set]')[%d].click()`, i))
}

// shows is whether a pane shows a file with some text in it.
func shows(program, file, text string) string {
	return fmt.Sprintf(`%[1]s.querySelector('h4').textContent === %[2]q && %[1]s.querySelector('.source').textContent.includes(%[3]q)`, pane(program), file, text)
}

// TestStepInLanguage: a step sets the programs in the language that was
// chosen, and the next one takes that back.
func TestStepInLanguage(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/en/lifecycle/backlog", 1280, 900)
	b.until(pane("server") + `?.querySelector('[data-testid="language.c"]') != null`)
	for _, program := range []string{"server", "client"} {
		b.text(pane(program) + `.querySelector('[data-testid="language.c"]').click()`)
	}
	const roomy, talks = 1, 2
	b.step(roomy)
	b.until(shows("server", "server.c", "listen(listener, 64)") + ` && ` + shows("client", "client.c", "int main"))
	if s := b.text(`document.querySelector('[data-testid=note]').hidden`); s != "true" {
		t.Error("it says that the language was changed, and it was not")
	}
	b.click("run")
	b.until(`document.querySelector('ft-stage').dataset.phase === 'over'`)
	b.until(pane("client") + `.textContent.includes('5 connected, 0 still asking')`)
	b.text(pane("server") + `.querySelector('[data-testid="language.py"]').click()`)
	b.until(shows("server", "server.py", "listener.listen(64)"))
	b.text(pane("server") + `.querySelector('[data-testid="language.c"]').click()`)
	b.step(talks)
	b.until(shows("server", "server.c", "listen(listener, 1)") + ` && ` + shows("client", "client.c", "is this a good time?"))
}

// TestStepInFirstLanguage: a step that has no version in the language that was
// chosen says so.
func TestStepInFirstLanguage(t *testing.T) {
	t.Parallel()
	base := served(t)
	for lang, says := range map[string]string{"en": "Put back to Python: server.", "ko": "server 프로그램을 Python 버전으로 바꾸었습니다"} {
		b := open(t, base+"/"+lang+"/servers/multiplexing", 360, 740)
		b.until(pane("server") + `?.querySelector('[data-testid="language.c"]') != null`)
		b.text(pane("server") + `.querySelector('[data-testid="language.c"]').click()`)
		b.step(0)
		b.until(shows("server", "server.py", "while served < 3") + ` && ` + shows("client", "client.py", "again"))
		b.until(`document.querySelector('[data-testid=note][data-code=step-language]:not([hidden])')?.textContent.includes('` + says + `')`)
		b.text(pane("server") + `.querySelector('[data-testid="language.c"]').click()`)
		b.until(shows("server", "server.c", "EPOLLET"))
	}
}

// TestGoInTheBrowser runs a server in Go, of the unit on servers, with clients
// in Python; its calls have their lines.
func TestGoInTheBrowser(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := openFor(t, 3*time.Minute, base+"/ko/servers/one-at-a-time", 1280, 900)
	server := pane("server")
	b.until(server + `?.querySelector('[data-testid="language.go"]') != null`)
	b.text(server + `.querySelector('[data-testid="language.go"]').click()`)
	b.until(server + `.querySelector('h4').textContent === 'server.go' && ` + server + `.querySelector('.source').textContent.includes('package main') && ` + server + `.querySelector('.source .k-word') !== null`)
	b.click("run")
	b.until(`document.querySelector('[data-testid=call][data-program=server][data-name^=accept][data-phase=return]') !== null`)
	b.until(`[...document.querySelectorAll('.program[data-program=slow], .program[data-program=quick]')].some((p) => p.querySelector('[data-testid=output]').textContent.includes('connected'))`)
	all := b.recording(base, "servers/one-at-a-time")
	if i := slices.IndexFunc(all[0].Programs, func(p event.Program) bool { return p.Name == "server" }); i < 0 || all[0].Programs[i].File != "server.go" {
		t.Errorf("programs: %v", all[0].Programs)
	}
	if i := slices.IndexFunc(all, func(e event.Event) bool {
		return e.Program == "server" && strings.HasPrefix(e.Name, "accept") && e.Line > 0
	}); i < 0 {
		t.Error("no accept of the server in Go has its line")
	}
}

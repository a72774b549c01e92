//go:build linux

package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// saved has an editor save a file of a course with something in it replaced.
func saved(t *testing.T, file, from, to string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(text), from) {
		t.Fatalf("%s has no %q, %v", file, from, err)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(text), from, to, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// own is a copy of the example of lessons/FORMAT.md, and a server of it.
func own(t *testing.T) (dir string, v *visitor) {
	t.Helper()
	dir = t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../lessons/example")); err != nil {
		t.Fatal(err)
	}
	v, stop := visit(t, "--lessons", dir, "--data", t.TempDir())
	t.Cleanup(stop)
	return dir, v
}

// TestPageFollowsFiles: the open page of an author's own course shows what is
// saved, where it stood; a fault, and that it is mended.
func TestPageFollowsFiles(t *testing.T) {
	dir, v := own(t)
	file := filepath.Join(dir, "en/first/hello.md")
	b := open(t, "http://"+v.host+"/en/first/hello", 1280, 500)
	b.until(`document.querySelector('#edition') !== null && document.querySelectorAll('[data-testid=quiz]').length > 0`)
	b.text(`(() => { document.querySelector('[data-testid=quiz]').scrollIntoView({block: 'start', behavior: 'instant'}); window.old = true; return ''; })()`)
	saved(t, file, "summary: ", "summary: Changed by its author. ")
	at := `Math.abs(document.querySelector('[data-testid=quiz]').getBoundingClientRect().top) < 40`
	b.until(`!window.old && document.querySelector('.lead').textContent.startsWith('Changed by its author.') && scrollY > 300 && ` + at)
	saved(t, file, "minutes:", "minuten:")
	b.until(`document.querySelector('.course-faults')?.textContent.includes('en/first/hello.md') && scrollY === 0`)
	saved(t, file, "minuten:", "minutes:")
	b.until(`document.querySelector('.course-faults') === null && scrollY > 300 && ` + at)
}

// TestPageWaitsForItsRun: while a run goes on the page says that the lesson
// has changed, and is loaded again when the author says so.
func TestPageWaitsForItsRun(t *testing.T) {
	dir, v := own(t)
	b := open(t, "http://"+v.host+"/ko/first/hello", 360, 740)
	b.click("run-step")
	b.until(`((s) => s.session.phase(s.model) === 'live')(document.querySelector('ft-stage'))`)
	b.text(`window.old = true`)
	saved(t, filepath.Join(dir, "ko/first/hello.md"), "summary: ", "summary: 고침. ")
	b.until(`!document.querySelector('[data-testid=reload]').hidden && document.querySelector('#edition [role=status]').textContent.startsWith('수업이 바뀌었습니다')`)
	if old := b.text(`window.old === true && document.documentElement.scrollWidth <= 360`); old != "true" {
		t.Error("the page was loaded again while a run went on, or is wider than 360 px")
	}
	b.click("reload")
	b.until(`!window.old && document.querySelector('.lead').textContent.startsWith('고침.')`)
}

// TestChecksInThePage: an author who runs a lab is told what of the course's
// claims does not hold in that run, and again when checks.star has changed.
func TestChecksInThePage(t *testing.T) {
	dir, v := own(t)
	checks := filepath.Join(dir, "labs/first/hello/checks.star")
	b := open(t, "http://"+v.host+"/en/first/hello", 1280, 900)
	b.text(`document.querySelector('ft-stage').settings.mode = 'flow'`) // as nobody is there to deliver
	b.click("run")
	b.until(`document.querySelector('[data-testid=claims]')?.textContent.startsWith('✓ All')`)
	text, err := os.ReadFile(checks)
	if err != nil {
		t.Fatal(err)
	}
	line := strings.Count(string(text), "\n") + 3
	if err := os.WriteFile(checks, append(text, "\ndef check_never(run):\n    fail(\"it is not so\")\n"...), 0o644); err != nil {
		t.Fatal(err)
	}
	b.until(`document.querySelector('[data-testid=claims][data-failed="1"]')?.textContent.includes('it is not so')`)
	if said := b.text(`document.querySelector('[data-testid=claims] code').textContent`); said != "labs/first/hello/checks.star:"+strconv.Itoa(line) {
		t.Errorf("the place is %s, want line %d", said, line)
	}
}

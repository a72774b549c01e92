//go:build linux

package main

import (
	"context"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const recordedLesson = "---\ntitle: L\nsummary: S\nminutes: 5\nteaches: [x]\n---\n## Part\n\n" +
	"```predict\nid: way\nquestion: Which?\nchoices:\n  - {key: right, text: r, why: w}\n  - {key: left, text: l, why: w}\n```\n\n" +
	"```lab\nlab: u/l\n```\n\n" +
	"```quiz\nid: q\nquestion: Why?\nchoices:\n  - {text: a, right: true, why: so}\n  - {text: b, why: not so}\n```\n\n" +
	"```steps\n- {id: flows, text: Set it., set: {wire: {mode: flow}}}\n- {text: Drop it.}\n```\n\n```connection\n```\n"

// talking is a course with a lab in which two programs talk.
func talking(t *testing.T, checks string) string {
	return written(t, map[string]string{
		"course.yaml": "units:\n  - {name: u, title: {en: U, ko: U}, lessons: [l]}\n",
		"en/u/l.md":   recordedLesson, "ko/u/l.md": recordedLesson,
		"labs/u/l/lab.yaml": "title: {en: Lab, ko: 실습}\ntopology: wire\nwire: {mode: hold}\nprograms:\n" +
			"  - {name: server, file: server.py}\n  - {name: client, file: client.py, after: {program: server, call: listen}}\n",
		"labs/u/l/server.py": serverPy, "labs/u/l/client.py": clientPy,
		"labs/u/l/checks.star": "def check_heard(run):\n    if run.lines(program=\"server\") != [\"" + checks + "\"]:\n        fail(\"not heard\")\n\ndef answer_way(run):\n    return \"left\"\n\ndef break_flows(run):\n    if run.packets(phase=\"held\"):\n        fail(\"held\")\n",
	})
}

// namesBelow are the names of all files below dir.
func namesBelow(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.HasPrefix(name, "static/") {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// TestExport exports a course twice to one place.
func TestExport(t *testing.T) {
	place := filepath.Join(t.TempDir(), "site")
	for range 2 {
		if status, out, said := command(t, "export", "--lessons", talking(t, "hello"), place); status != 0 || !strings.Contains(out, "2 recorded runs") {
			t.Fatalf("%d with %q, %q", status, out, said)
		}
	}
	run := "runs/u/l/"
	want := []string{
		"en/errata.html", "en/glossary.html", "en/index.html", "en/search.html", "en/search.json", "en/sources.html", "en/u/l.html", "fivetuple-export.json", "index.html", "ko/errata.html", "ko/glossary.html", "ko/index.html", "ko/search.html", "ko/search.json", "ko/sources.html", "ko/u/l.html",
		run + "answers/way.json", run + "programs.zip", run + "recording.json", run + "recording.pcapng", run + "recording.strace.txt", run + "recording.tcpdump.txt", run + "recording.txt",
	}
	step := run + "steps/flows/"
	want = append(want, step+"programs.zip", step+"recording.json", step+"recording.pcapng", step+"recording.strace.txt", step+"recording.tcpdump.txt", step+"recording.txt")
	if diff := cmp.Diff(want, namesBelow(t, place)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	beside, err := os.ReadDir(filepath.Dir(place))
	if err != nil || len(beside) != 1 {
		t.Errorf("beside the export lies %v, %v", beside, err)
	}
	page, err := os.ReadFile(filepath.Join(place, "ko/u/l.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`data-run="../../runs/u/l/"`, "기록된 실행", `<td>server의 출력: hello</td>`, "docker compose up", `href="../../en/u/l.html"`} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if m := regexp.MustCompile(`<td>[^<]*\{[a-z]+\}`).FindString(string(page)); m != "" {
		t.Errorf("a value is missing in %s", m)
	}
	for _, absent := range []string{`href="/`, `src="/`, "ft-connection"} {
		if strings.Contains(string(page), absent) {
			t.Errorf("the page has %s", absent)
		}
	}
}

// TestExportQuotesItsRuns: what the lesson quotes is of the run that the export
// shows, and not of one that lies beside the lab.
func TestExportQuotesItsRuns(t *testing.T) {
	dir := talking(t, "hello")
	checks := filepath.Join(dir, "labs/u/l/checks.star")
	for _, lang := range []string{"en", "ko"} {
		write(t, filepath.Join(dir, lang, "u/l.md"), recordedLesson+"\nPort {{port}}.\n")
	}
	write(t, checks, string(read(t, checks))+"\ndef figure_port(run):\n    return run.packets(flags=[\"SYN\"])[0].summary.src.split(\":\")[1]\n")
	if status, _, said := command(t, "record", dir); status != 0 {
		t.Fatal(said)
	}
	place := filepath.Join(t.TempDir(), "site")
	if status, _, said := command(t, "export", "--lessons", dir, place); status != 0 {
		t.Fatal(said)
	}
	said := regexp.MustCompile(`Port <span class="measured" title="From the run of this lab[^"]*">(\d+)</span>`).FindSubmatch(read(t, filepath.Join(place, "en/u/l.html")))
	if said == nil {
		t.Fatal("the page has no port")
	}
	port := string(said[1])
	if shown := string(read(t, filepath.Join(place, "runs/u/l/recording.txt"))); !strings.Contains(shown, ":"+port+" > ") {
		t.Errorf("the run that is shown has no port %s", port)
	}
	if beside := string(read(t, filepath.Join(dir, "labs/u/l/figures.json"))); strings.Contains(beside, `"port": "`+port+`"`) {
		t.Errorf("port %s is that of the run beside the lab", port)
	}
	if index := string(read(t, filepath.Join(place, "en/search.json"))); !strings.Contains(index, "Port "+port+".") {
		t.Error("it is not found by the search")
	}
}

// TestExportLeavesWhatIsThere: nothing is changed where a folder is no
// export, and where the course is not what it claims to be.
func TestExportLeavesWhatIsThere(t *testing.T) {
	good := filepath.Join(t.TempDir(), "site")
	if status, _, said := command(t, "export", "--lessons", talking(t, "hello"), good); status != 0 {
		t.Fatal(said)
	}
	foreign := written(t, map[string]string{"precious.txt": "x"})
	tests := []struct{ name, course, place, says string }{
		{"files of others", talking(t, "hello"), foreign, "no earlier export; name a new folder"},
		{"a check fails", talking(t, "goodbye"), good, "u/l: check_heard: "},
		{"no parent", talking(t, "hello"), filepath.Join(good, "none", "site"), "no such file or directory"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := append(namesBelow(t, good), namesBelow(t, foreign)...)
			status, _, said := command(t, "export", "--lessons", tt.course, tt.place)
			if status != 1 || !strings.Contains(said, tt.says) {
				t.Errorf("%d with %q, want 1 with %q", status, said, tt.says)
			}
			if diff := cmp.Diff(before, append(namesBelow(t, good), namesBelow(t, foreign)...)); diff != "" {
				t.Errorf("files (-before +after):\n%s", diff)
			}
			if beside, err := os.ReadDir(filepath.Dir(good)); err != nil || len(beside) != 1 {
				t.Errorf("beside the export lies %v, %v", beside, err)
			}
		})
	}
}

// TestExportStopped: an export that is stopped leaves nothing.
func TestExportStopped(t *testing.T) {
	dir := talking(t, "hello")
	if err := os.WriteFile(filepath.Join(dir, "labs/u/l/client.py"), []byte("import time\ntime.sleep(99)\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	parent := t.TempDir()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- exportCourse(ctx, os.DirFS(dir), filepath.Join(parent, "site"), 2, io.Discard) }()
	for { // until it has begun
		if beside, err := os.ReadDir(parent); err != nil || len(beside) > 0 {
			break
		}
		runtime.Gosched()
	}
	stop()
	if err := <-ended; err == nil {
		t.Error("no error")
	}
	if left, err := os.ReadDir(parent); err != nil || len(left) > 0 {
		t.Errorf("it left %v, %v", left, err)
	}
}

// under serves a folder below a path, and tells in the end what was asked
// for in vain.
func under(t *testing.T, path, dir string) string {
	t.Helper()
	var mu sync.Mutex // guards missed
	var missed []string
	given := http.StripPrefix(path, http.FileServer(http.Dir(dir)))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, err := os.Stat(filepath.Join(dir, strings.TrimPrefix(r.URL.Path, path)))
		if !strings.HasPrefix(r.URL.Path, path+"/") || r.Method != http.MethodGet || err != nil {
			mu.Lock()
			missed = append(missed, r.Method+" "+r.URL.Path)
			mu.Unlock()
		}
		given.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		server.Close()
		if len(missed) > 0 {
			t.Errorf("asked for in vain: %v", missed)
		}
	})
	return server.URL + path
}

// TestExportInTheBrowser replays a recorded run, with every view, where a
// file server gives it out below a path.
func TestExportInTheBrowser(t *testing.T) {
	t.Parallel()
	place := filepath.Join(t.TempDir(), "site")
	if status, _, said := command(t, "export", "--lessons", talking(t, "hello"), place); status != 0 {
		t.Fatal(said)
	}
	b := openFor(t, axeLimit, under(t, "/some/where", place)+"/", 1280, 900)
	b.text(`document.querySelector('a[hreflang=ko]').click()`)
	b.until(`document.querySelector('.units a') !== null`)
	b.text(`document.querySelector('.units a').click()`)
	b.until(`document.querySelector('[data-testid=show-recorded]') !== null`) // the scripts run
	b.text(`document.querySelector('[data-testid=predict] input[value=right]').click()`)
	b.text(`document.querySelector('[data-testid=quiz] [data-right] input').click()`)
	b.until(`document.querySelector('[data-testid=quiz]').dataset.result === 'right'`)
	b.click("show-recorded")
	b.until(`document.querySelector('[data-testid=predict]').dataset.result === 'wrong'`)
	b.click("to-end")
	b.until(`document.querySelector('[data-testid=band][data-host=client][data-current]')?.dataset.state === 'TIME_WAIT'`)
	for view, has := range map[string]string{
		"story": "hello", "packets": "SYN", "inspector": "", "states": "TIME_WAIT", "charts": "", "ss": "TIME-WAIT", "strace": "socket(AF_INET", "tcpdump": "Flags [S]",
	} {
		b.click("tab-" + view)
		panel := `document.querySelector('[data-testid=view-` + view + `]')`
		b.until(panel + `.textContent.includes('` + has + `') && !` + panel + `.querySelector('.empty[role]')`)
	}
	b.text(`(() => { const r = document.querySelector('[data-testid=replay]'); r.value = 1; r.dispatchEvent(new Event('input')); })()`)
	b.until(`document.querySelectorAll('[data-testid=packet]').length === 0`)
	b.click("set")
	b.until(`document.querySelector('[data-testid=which]').textContent.startsWith('1번째 단계')`)
	b.until(`(story => story.includes('hello') && !story.includes('회선 가운데에서 기다립니다'))(document.querySelector('[data-testid=view-story]').textContent)`)
	b.click("tab-compare")
	b.until(`document.querySelectorAll('[data-testid=compared] tbody tr').length > 10`)
	b.click("show-recorded")
	b.until(`document.querySelector('[data-testid=which]').textContent === ''`)
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	b.axe(string(axe), "an exported lesson")
	if s := b.text(`[...document.querySelectorAll('[data-testid=edit], [data-testid=run], [data-testid=input]')].length`); s != "0" {
		t.Errorf("%s controls of a live course are there", s)
	}
	b.click("theme-dark")
	b.text(`(() => { const f = document.getElementById('find'); f.value = 'part'; f.form.requestSubmit(); })()`)
	b.until(`document.querySelector('[data-testid=result] a')?.href.endsWith('/some/where/ko/u/l.html#part')`)
	b.until(themeIs + ` === 'dark'`) // remembered without a server
}

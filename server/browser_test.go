//go:build linux

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
)

// asCommand has the test's binary be the program itself.
const asCommand = "FIVETUPLE_AS_COMMAND"

func TestMain(m *testing.M) {
	sandbox.Main()
	if os.Getenv(asCommand) != "" {
		os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(tested(m))
}

// tested runs the tests and removes what they share.
func tested(m *testing.M) int {
	var err error
	if built, err = os.MkdirTemp("", "fivetuple-built-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(built)
	defer func() { closeChromium() }()
	return m.Run()
}

// program is the file of the program as users have it. The browser's tests run
// that and not their own binary, in which the race detector makes everything
// several times slower.
var program = sync.OnceValues(func() (file string, err error) {
	file = filepath.Join(built, "fivetuple")
	out, err := exec.Command("go", "build", "-o", file, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return file, nil
})

// built is the folder in which the program is built.
var built string

// served starts the whole program on a free port and returns its address.
func served(t testing.TB, args ...string) string {
	t.Helper()
	return servedBy(t, nil, args...)
}

// servedBy is served by a command to whose end the program is added.
func servedBy(t testing.TB, command []string, args ...string) string {
	t.Helper()
	file, err := program()
	if err != nil {
		t.Fatal(err)
	}
	command = append(slices.Clone(command), file, "serve", "--addr", "localhost:0", "--data", t.TempDir())
	cmd := exec.Command(command[0], append(command[1:], args...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		if err := cmd.Wait(); err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }() // ends with the program
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(line), "fivetuple: "), "/")
}

// browser opens pages in a Chromium, with a profile of its own.
type browser struct {
	testing.TB
	ctx context.Context
}

// newChromium is the allocator of a Chromium.
func newChromium(more ...chromedp.ExecAllocatorOption) (context.Context, context.CancelFunc, error) {
	path, err := exec.LookPath("chromium")
	if err != nil {
		return nil, nil, errors.New("chromium is needed: make test installs it")
	}
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), append(flags, more...)...)
	return ctx, cancel, nil
}

// closeChromium ends the Chromium that the tests share.
var closeChromium = func() {}

// chromium is one for all tests that need no flags of their own: to start one
// takes longer than many a test.
var chromium = sync.OnceValues(func() (context.Context, error) {
	ctx, ended, err := newChromium()
	if err != nil {
		return nil, err
	}
	ctx, cancel := chromedp.NewContext(ctx)
	closeChromium = func() {
		cancel()
		ended()
	}
	_, err = chromedp.Run(ctx, chromedp.Navigate("about:blank"))
	return ctx, err
})

func open(t testing.TB, url string, width, height int64) *browser {
	t.Helper()
	return openFor(t, time.Minute, url, width, height)
}

// openFor opens a page for a test that needs longer than most.
func openFor(t testing.TB, limit time.Duration, url string, width, height int64, more ...chromedp.ExecAllocatorOption) *browser {
	t.Helper()
	ctx, cancel := profile(t, more...)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, limit)
	t.Cleanup(cancel)
	b := &browser{t, ctx}
	b.do(chromedp.EmulateViewport(width, height))
	b.do(chromedp.Navigate(url))
	return b
}

// profile is a new one in the tests' Chromium, or in one that is started with
// more flags.
func profile(t testing.TB, more ...chromedp.ExecAllocatorOption) (context.Context, context.CancelFunc) {
	t.Helper()
	if len(more) == 0 {
		ctx, err := chromium()
		if err != nil {
			t.Fatal(err)
		}
		return chromedp.NewContext(ctx, chromedp.WithNewBrowserContext())
	}
	ctx, ended, err := newChromium(more...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(ended)
	return chromedp.NewContext(ctx)
}

// before has each page that is opened from now on run a script first.
func (b *browser) before(script string) {
	b.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return err
	}))
}

func (b *browser) do(a chromedp.Action[chromedp.Void]) {
	b.Helper()
	if _, err := chromedp.Run(b.ctx, a); err != nil {
		b.Fatal(err)
	}
}

// text is the value of an expression in the page, as text.
func (b *browser) text(expression string) string {
	b.Helper()
	s, err := chromedp.Run(b.ctx, chromedp.Evaluate[string]("String("+expression+")"))
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	return s
}

// until waits until a condition holds in the page.
func (b *browser) until(condition string) {
	b.Helper()
	b.within(20*time.Second, condition)
}

// within waits for a condition that may take longer than most.
func (b *browser) within(limit time.Duration, condition string) {
	b.Helper()
	_, err := chromedp.Run(b.ctx, chromedp.Poll[bool](condition, chromedp.WithPollingTimeout(limit)))
	if err != nil && strings.Contains(err.Error(), "(-32000)") { // the page was loaded again meanwhile
		b.within(limit, condition)
		return
	}
	if err != nil {
		shot, _ := chromedp.Run(b.ctx, chromedp.FullScreenshot(90))
		file := b.TempDir() + "/page.png"
		_ = os.WriteFile(file, shot, 0o644)
		b.Fatalf("%s never came true: %v\nnarrative: %s", condition, err, b.text(`(document.querySelector('[data-testid=narrative]') ?? document.body).innerText`))
	}
}

func (b *browser) click(testid string) {
	b.Helper()
	b.until(fmt.Sprintf(`document.querySelector('[data-testid=%s]:not([aria-disabled=true]):not(:disabled)') !== null`, testid))
	b.text(fmt.Sprintf(`document.querySelector('[data-testid=%s]').click()`, testid))
}

// noting has every page that is opened from now on note its errors, and draw
// its stage as soon as it is there, before a run has begun.
func (b *browser) noting() {
	b.Helper()
	const source = `window.faults = [];
		addEventListener('error', (e) => e.error && window.faults.push(e.message)); // what has none is a notice of the browser's
		addEventListener('unhandledrejection', (e) => window.faults.push(String(e.reason)));
		addEventListener('DOMContentLoaded', () => customElements.whenDefined('ft-stage').then(() => document.querySelector('ft-stage').wake()));`
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: source})
		return err
	}))
}

func band(host, state string) string {
	return fmt.Sprintf(`document.querySelector('[data-testid=band][data-host=%s][data-current]')?.dataset.state === '%s'`, host, state)
}

func held(flags string) string {
	return fmt.Sprintf(`document.querySelector('[data-testid=held]')?.dataset.flags === '%s'`, flags)
}

// recording is the recording of the run that the page's stage shows.
func (b *browser) recording(base, lab string) []event.Event {
	b.Helper()
	var saved struct{ ID string }
	if err := json.Unmarshal([]byte(b.text(`sessionStorage.getItem('fivetuple `+lab+`')`)), &saved); err != nil {
		b.Fatal(err)
	}
	response, err := http.Get(base + "/api/sandboxes/" + saved.ID + "/recording.json")
	if err != nil {
		b.Fatal(err)
	}
	defer response.Body.Close()
	var recording struct{ Events []event.Event }
	if err := json.NewDecoder(response.Body).Decode(&recording); err != nil {
		b.Fatal(err)
	}
	return recording.Events
}

// TestHandshakeInTheBrowser is the first whole path through the product: a
// learner steps a real handshake packet by packet.
func TestHandshakeInTheBrowser(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/ko/handshake/three-way", 1280, 900)
	b.click("run")
	steps := []struct{ held, client, server string }{
		{"SYN", "SYN_SENT", "LISTEN"},
		{"SYN,ACK", "SYN_SENT", "SYN_RECV"},
		{"ACK", "ESTABLISHED", "SYN_RECV"},
	}
	for _, s := range steps {
		waits := `document.querySelector('[data-testid=held][data-flags="` + s.held + `"]')` // a slow browser has the SYN sent again, too
		b.until(waits + ` !== null`)
		b.until(band("client", s.client))
		b.until(band("server", s.server))
		b.text(waits + `.querySelector('[data-testid=deliver]').click()`)
	}
	b.until(band("client", "ESTABLISHED"))
	b.until(band("server", "ESTABLISHED"))
	var told []string
	var client, server string
	again := map[uint64]bool{}
	for _, e := range b.recording(base, "handshake/three-way") {
		if e.Kind == event.KindState && e.Host == "client" && e.Socket.Remote != "" {
			client = e.To
		}
		if e.Kind == event.KindState && e.Host == "server" && (e.Socket.Remote != "" || e.To == "LISTEN") {
			server = e.To
		}
		if e.Again != 0 {
			again[e.ID] = true
		}
		if e.Kind == event.KindPacket && e.Phase == event.PhaseHeld && !again[e.ID] && len(told) < len(steps) {
			told = append(told, strings.Join(e.Summary.Flags, ",")+" "+client+" "+server)
		}
	}
	var want []string
	for _, s := range steps {
		want = append(want, s.held+" "+s.client+" "+s.server)
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("the event stream says otherwise (-page +events):\n%s", diff)
	}
	b.click("stop")
	b.until(`document.querySelector('[data-testid=end]')?.dataset.cause === 'stopped'`)
}

func TestDroppedSYNInTheBrowser(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/en/handshake/three-way", 360, 740)
	b.click("run")
	b.until(held("SYN"))
	b.click("drop")
	b.until(`document.querySelector('[data-testid=packet][data-phase=dropped]') !== null`)
	b.until(held("SYN"))
	var sent []int64
	for _, e := range b.recording(base, "handshake/three-way") {
		if e.Kind == event.KindPacket && e.Phase == event.PhaseSent && len(e.Summary.Flags) == 1 {
			sent = append(sent, e.T)
		}
	}
	if len(sent) < 2 { // more where the browser was slow
		t.Fatalf("%d SYNs, want 2", len(sent))
	}
	for i := range sent[1:] {
		if gap := time.Duration(sent[i+1] - sent[i]); gap < 900*time.Millisecond || gap > 3*time.Second {
			t.Errorf("SYN %d after %v, want about a second", i+2, gap)
		}
	}
}

// TestReload comes back to the run after the page was loaded again: nothing
// is lost or there twice, and the wire is as it was.
func TestReload(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/en/handshake/three-way", 1280, 900)
	b.click("run")
	b.until(held("SYN"))
	b.click("deliver")
	b.until(held("SYN,ACK"))
	b.noting()
	b.do(chromedp.Navigate(base + "/en/handshake/three-way"))
	b.until(held("SYN,ACK"))
	if s := b.text(`window.faults.join()`); s != "" {
		t.Errorf("the page has errors: %s", s)
	}
	if ids := b.text(`[...document.querySelectorAll('[data-testid=packet]')].map((p) => p.dataset.packet).filter((id, i, all) => all.indexOf(id) !== i)`); ids != "" {
		t.Errorf("packets %s are there twice", ids)
	}
	b.click("deliver")
	b.until(band("client", "ESTABLISHED"))
}

// TestFindByKeyboard: the key / leads to the search field, and there it is a
// letter like others.
func TestFindByKeyboard(t *testing.T) {
	t.Parallel()
	b := open(t, served(t)+"/ko/handshake/three-way", 1280, 900)
	b.do(chromedp.KeyEvent("/"))
	b.until(`document.activeElement.id === 'find'`)
	b.do(chromedp.KeyEvent("소켓을/\r"))
	b.until(`document.querySelectorAll('[data-testid=result] mark').length > 0 && document.getElementById('find').value.endsWith('소켓을/')`)
}

// edit puts source in the place of the first program and runs.
func (b *browser) edit(source string) {
	b.Helper()
	b.write(b.text(`document.querySelector('.program').dataset.program`), source)
	b.click("run")
}

// TestPlaceInLine: where all places are taken the page says how many are
// before the learner, and starts the lab when it is their turn.
func TestPlaceInLine(t *testing.T) {
	t.Parallel()
	base := served(t, "--max-sandboxes", "1")
	response, err := http.Post(base+"/api/sandboxes", "application/json", strings.NewReader(`{"lab":"handshake/three-way","programs":{"server":"import time\ntime.sleep(4)\n","client":""}}`))
	if err != nil || response.StatusCode != http.StatusCreated {
		t.Fatalf("%v %v", response, err)
	}
	response.Body.Close()
	b := open(t, base+"/ko/handshake/three-way", 1280, 900)
	b.click("run")
	b.until(`document.querySelector('[data-testid=stage]').textContent.includes('대기 순서는 1번째')`)
	b.until(held("SYN"))
	if s := b.text(`document.querySelector('[data-testid=stage]').textContent.includes('대기 순서')`); s != "false" {
		t.Error("the page still speaks of the line")
	}
}

func TestLimitIsSaid(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/ko/handshake/three-way", 1280, 900)
	b.edit("while True: print('x' * 1000)\n")
	b.until(`document.querySelector('[data-testid=program]').textContent.includes('출력 한도를 넘겨서 끝남')`)
}

func TestSyntaxErrorIsShownAtItsLine(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/ko/handshake/three-way", 1280, 900)
	b.edit("x = 1\nif x\n")
	b.until(`document.querySelector('[data-testid=fault]')?.textContent.includes("SyntaxError: expected ':'")`)
}

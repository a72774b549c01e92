//go:build linux

package main

import (
	"bufio"
	"net"
	"os"
	"os/exec"
	"testing"

	"github.com/chromedp/chromedp"
)

// crashable starts the program as a process of its own at an address; crash
// kills it as a lack of memory would.
func crashable(t *testing.T, addr string) (crash func()) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "serve", "--addr", addr, "--data", t.TempDir())
	cmd.Env, cmd.Stderr = append(os.Environ(), asCommand+"=1"), os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	crash = func() {
		_ = cmd.Process.Kill() // at the end of the test it may have been killed before
		_ = cmd.Wait()
	}
	t.Cleanup(crash)
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	return crash
}

// freeAddr is an address at which nobody listens.
func freeAddr(t *testing.T) string {
	t.Helper()
	free, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer free.Close()
	return free.Addr().String()
}

// TestGoneRun: when the server has crashed and is back without the run, the
// run stands still at its last event, says why, and can be replayed and
// saved; another can be started.
func TestGoneRun(t *testing.T) {
	t.Parallel()
	addr := freeAddr(t)
	crash := crashable(t, addr)
	b := open(t, "http://"+addr+"/ko/handshake/three-way", 1280, 900)
	b.click("run")
	b.until(held("SYN"))
	b.click("deliver")
	b.until(held("SYN,ACK"))
	b.text(`(() => { const make = URL.createObjectURL; URL.createObjectURL = (blob) => { blob.text().then((s) => { window.saved = JSON.parse(s); }); return make.call(URL, blob); }; })()`)
	crash()
	b.until(`document.querySelector('[data-testid=connection]').dataset.state === 'reconnecting'`)
	crashable(t, addr)
	b.until(`document.querySelector('[data-testid=error]').dataset.code === 'gone'`)

	stage := `document.querySelector('ft-stage')`
	still := stage + `.now() === ` + stage + `.all.at(-1).t && ` + stage + `.dataset.phase === 'over' && document.querySelectorAll('[data-testid=held]').length === 0 && document.querySelector('[data-testid=program-run]:not([aria-disabled])') === null`
	b.until(still)
	b.until(`document.querySelector('[data-testid=end]').dataset.cause === 'gone' && document.querySelector('[data-testid=end]').textContent.includes('서버에')`)
	b.until(`document.querySelector('[data-testid=replay]').offsetParent !== null`)
	whole := b.text(`document.querySelector('.plane').style.height + ' ' + document.querySelectorAll('.item').length`)
	b.click("back-one")
	b.until(`Number(document.querySelector('[data-testid=replay]').value) === ` + stage + `.all.length - 1`)
	b.click("to-end")
	b.until(still)
	b.until(`document.querySelector('.plane').style.height + ' ' + document.querySelectorAll('.item').length === '` + whole + `'`)
	b.until(`document.querySelectorAll('.downloads a').length > 0 && [...document.querySelectorAll('.downloads a')].filter((a) => a.offsetParent !== null).map((a) => a.textContent).join() === 'JSON'`)
	b.until(`document.querySelector('[data-testid="download-recording.json"]').href.startsWith('blob:') && window.saved?.version === 1 && window.saved.lab === 'handshake/three-way' && JSON.stringify(window.saved.events) === JSON.stringify(` + stage + `.all)`)

	b.click("run")
	b.until(held("SYN"))
	b.until(`document.querySelector('[data-testid=end]').offsetParent === null && document.querySelector('[data-testid=error]').offsetParent === null`)
}

// TestGoneTrial: a trial whose run is lost with the server is said not to have
// been run, and the trials can begin again.
func TestGoneTrial(t *testing.T) {
	t.Parallel()
	addr := freeAddr(t)
	crash := crashable(t, addr)
	b := open(t, "http://"+addr+"/en/exercises/line-server", 1280, 900)
	b.write("server", "import time\ntime.sleep(60)\n")
	b.judge()
	b.until(`document.querySelector('ft-stage').dataset.phase === 'live'`)
	crash()
	b.until(`document.querySelector('[data-testid=connection]').dataset.state === 'reconnecting'`)
	crashable(t, addr)
	b.until(`document.querySelector('[data-testid=error]').dataset.code === 'gone'`)
	b.until(`document.querySelector('[data-testid=graded]').textContent.startsWith('The trial could not be run') && document.querySelector('[data-testid=grade]:not([aria-disabled])') !== null`)
}

// TestGoneRunByHand: where the learner's own run is judged, and the server no
// longer has it, there is none.
func TestGoneRunByHand(t *testing.T) {
	t.Parallel()
	b := open(t, served(t)+"/en/exercises/by-hand", 1280, 900)
	b.text(`sessionStorage.setItem('fivetuple exercises/by-hand', JSON.stringify({id: 'none', stream: '/api/sandboxes/none/stream'}))`)
	b.do(chromedp.Reload())
	b.until(`document.querySelector('ft-stage')?.session?.stream?.over === true`)
	b.judge()
	b.until(`document.querySelector('[data-testid=graded]').textContent.startsWith('There is no run')`)
}

//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// Many small messages there and back, a hundred to a connection. The client
// rests after each one for as long as a test says.
const (
	answering = `import socket
s = socket.create_server(("", 8080))
while True:
    c, _ = s.accept()
    while data := c.recv(100):
        c.send(data)
    c.close()
`
	asking = `import socket, time
for n in range(%d):
    c = socket.create_connection(("server", 8080))
    for m in range(100):
        c.send(b"message %%d" %% m)
        c.recv(100)
        time.sleep(%g)
    c.close()
`
)

// BenchmarkStage measures the stage in Chromium, without a screen and without
// a graphics card, on a machine that it shares with the server:
//
//	go test ./server -run xxx -bench Stage
func BenchmarkStage(b *testing.B) {
	base := served(b)
	b.Run("page", func(b *testing.B) { benchmarkPage(b, base) })
	link := manyEvents(b, base)
	b.Run("open", func(b *testing.B) { benchmarkOpen(b, base+link) })
	b.Run("scroll", func(b *testing.B) { benchmarkScroll(b, base+link) })
	b.Run("live", func(b *testing.B) { benchmarkLive(b, base) })
}

// manyEvents is the path of a run of more than 10,000 events that is kept.
func manyEvents(b *testing.B, base string) string {
	b.Helper()
	var run struct{ ID string }
	post(b, base+"/api/sandboxes", map[string]any{
		"lab": "handshake/three-way", "wire": map[string]any{"mode": "flow"}, "programs": programs(6, 0),
	}, &run)
	var recording struct{ Events []struct{ Kind string } }
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		get(b, base+"/api/sandboxes/"+run.ID+"/recording.json", &recording)
		if n := len(recording.Events); n > 0 && exited(recording.Events) {
			break
		}
		if time.Now().After(deadline) {
			b.Fatalf("the run does not end; %d events", len(recording.Events))
		}
	}
	var link struct {
		Path   string
		Events int
	}
	post(b, base+"/api/sandboxes/"+run.ID+"/link", nil, &link)
	if link.Events < 10_000 {
		b.Fatalf("%d events", link.Events)
	}
	b.Logf("a recording of %d events", link.Events)
	return "/en" + link.Path
}

// exited says that a program has come to its end: the client, the server goes on.
func exited(events []struct{ Kind string }) bool {
	for _, e := range events {
		if e.Kind == "exit" {
			return true
		}
	}
	return false
}

// programs are the two programs for so many connections.
func programs(connections int, rest float64) map[string]string {
	return map[string]string{"server": answering, "client": fmt.Sprintf(asking, connections, rest)}
}

func post(b *testing.B, url string, body, into any) {
	b.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		b.Fatal(err)
	}
	answer, err := http.Post(url, "application/json", bytes.NewReader(raw))
	if err != nil {
		b.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusCreated {
		b.Fatalf("%s: %s", url, answer.Status)
	}
	if err := json.NewDecoder(answer.Body).Decode(into); err != nil {
		b.Fatal(err)
	}
}

func get(b *testing.B, url string, into any) {
	b.Helper()
	answer, err := http.Get(url)
	if err != nil {
		b.Fatal(err)
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(into); err != nil {
		b.Fatal(err)
	}
}

// figures reads what the page measured and reports it.
func (p *browser) figures(b *testing.B, expression string) {
	b.Helper()
	var figures map[string]float64
	if err := json.Unmarshal([]byte(p.text(`JSON.stringify(`+expression+`)`)), &figures); err != nil {
		b.Fatal(err)
	}
	for unit, value := range figures {
		b.ReportMetric(value, unit)
	}
}

// benchmarkPage is what a lesson page has transferred before its editor is
// opened.
func benchmarkPage(b *testing.B, base string) {
	for b.Loop() {
		p := open(b, base+"/ko/handshake/three-way", 1280, 900)
		p.until(`document.querySelector('[data-testid=edit]') !== null`)
		p.figures(b, `{bytes: performance.getEntries().filter((e) => e.transferSize).reduce((sum, e) => sum + e.transferSize, 0)}`)
	}
	b.ReportMetric(0, "ns/op")
}

// benchmarkOpen is how long it takes from the navigation, and from the
// arrival of the last byte of the recording, until the frame is drawn that
// shows it.
func benchmarkOpen(b *testing.B, url string) {
	p := open(b, "about:blank", 1280, 900)
	p.before(`(function look() {
		const stage = document.querySelector('ft-stage');
		if (!(Number(stage?.dataset.seq) > 1)) return requestAnimationFrame(look);
		requestAnimationFrame(() => setTimeout(() => { globalThis.drawnAt = performance.now(); }));
	})();`)
	for b.Loop() {
		p.do(chromedp.Navigate("about:blank"))
		p.do(chromedp.Navigate(url))
		p.until(`globalThis.drawnAt > 0`)
	}
	p.figures(b, `(() => {
		const data = performance.getEntriesByType('resource').find((e) => e.name.endsWith('recording.json'));
		return {'ms-from-navigation': drawnAt, 'ms-from-data': drawnAt - data.responseEnd, nodes: document.querySelectorAll('*').length};
	})()`)
	b.ReportMetric(0, "ns/op")
}

// frames has the page note the time from each frame to the next while act(ms
// since the beginning, share of the whole) does something, for some seconds.
func (p *browser) frames(seconds int, act string) {
	p.Helper()
	p.text(fmt.Sprintf(`(() => {
		const act = %s, times = [];
		globalThis.times = null;
		let first, last;
		requestAnimationFrame(function frame(now) {
			first ??= now;
			if (last !== undefined) times.push(now - last);
			last = now;
			if (now - first > %d) return globalThis.times = times;
			act(now - first, (now - first) / %[2]d);
			requestAnimationFrame(frame);
		});
	})()`, act, seconds*1000))
	p.within(time.Duration(seconds)*time.Second+time.Minute, `globalThis.times !== null`)
}

// perFrame are the figures of the frames that were noted.
const perFrame = `(() => {
	const sorted = times.toSorted((a, b) => a - b);
	const of = (share) => sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)];
	return {'ms-p50': of(0.5), 'ms-p95': of(0.95), 'ms-p99': of(0.99), 'ms-worst': sorted.at(-1), '%-over-33ms': 100 * sorted.filter((t) => t > 33.4).length / sorted.length};
})()`

// benchmarkScroll goes through the recording from its beginning as a hand at
// the wheel does, and then as one that drags the bar from one end to the other.
func benchmarkScroll(b *testing.B, url string) {
	for _, way := range []struct{ name, to string }{
		{"wheel", `ms * 3`},
		{"bar", `share * s.scrollHeight`},
	} {
		b.Run(way.name, func(b *testing.B) {
			for b.Loop() {
				p := open(b, url, 1280, 900)
				p.until(`Number(document.querySelector('ft-stage')?.dataset.seq) > 1`)
				p.frames(10, `(ms, share) => { const s = document.querySelector('.scroll'); s.scrollTop = `+way.to+`; }`)
				p.figures(b, perFrame)
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// benchmarkLive watches a run of about 2,000 events a second for ten seconds.
// How far behind the newest event is drawn is told from the clocks of the run
// and of the page, which are taken to agree where it was least.
func benchmarkLive(b *testing.B, base string) {
	for b.Loop() {
		p := open(b, base+"/en/handshake/three-way", 1280, 900)
		p.until(`document.querySelector('[data-testid=run]:not([aria-disabled])') !== null`)
		p.text(fmt.Sprintf(`(() => {
			const sources = %s;
			for (const pane of document.querySelector('ft-stage').panes) pane.load(sources[pane.name]);
			document.querySelector('[data-testid=wire-flow]').click();
		})()`, quoted(programs(100, pause))))
		p.click("run")
		p.until(`Number(document.querySelector('ft-stage').dataset.seq) > 500`)
		p.frames(10, `() => {
			const { model, dataset } = document.querySelector('ft-stage');
			globalThis.behind ??= [];
			globalThis.from ??= { seq: model.seq, t: model.t };
			behind.push([performance.now(), document.querySelector('ft-stage').all[Number(dataset.seq) - 1].t / 1e6]);
			globalThis.to = { seq: model.seq, t: model.t };
		}`)
		p.figures(b, perFrame)
		p.figures(b, `(() => {
			const late = behind.map(([now, t]) => now - t).toSorted((a, b) => a - b);
			const of = (share) => late[Math.floor(share * (late.length - 1))] - late[0];
			return {'ms-behind-p50': of(0.5), 'ms-behind-p99': of(0.99), 'events/s': (to.seq - from.seq) / ((to.t - from.t) / 1e9), nodes: document.querySelectorAll('*').length};
		})()`)
		p.click("stop")
	}
	b.ReportMetric(0, "ns/op")
}

// pause is how long the client of the live run rests after each message.
const pause = 0.006

func quoted(v any) string {
	raw, _ := json.Marshal(v) // of texts it is always possible
	return strings.ReplaceAll(string(raw), "</", `<\/`)
}

//go:build linux

package main

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"fivetuple/sandbox/event"
)

// charts is the view of the charts in the page.
const charts = `document.querySelector('ft-stage').views.open.get('charts')`

// drawnChart is a chart as the page has it: its columns, the series whose colour
// is nowhere on its canvas, and the rows of its table.
type drawnChart struct {
	Name   string
	X      []float64
	Series map[string][]*float64
	Unseen []string
	Rows   int
}

// drawnCharts reads the charts of the socket that is chosen.
func (b *browser) drawnCharts() map[string]drawnChart {
	b.Helper()
	b.text(`document.querySelectorAll('.numbers').forEach((d) => { d.open = true; })`)
	b.until(`[...document.querySelectorAll('.numbers')].every((d) => d.querySelector('tbody tr') !== null)`)
	b.until(charts + `.drawn === ` + charts + `.of.count`)
	said := b.text(`JSON.stringify(` + charts + `.charts.map((c, i) => {
		const {width, height} = c.plot.ctx.canvas;
		const {data} = c.plot.ctx.getImageData(0, 0, width, height);
		const seen = new Set();
		for (let n = 0; n < data.length; n += 4) if (data[n + 3] > 200) seen.add('rgb(' + data[n] + ', ' + data[n + 1] + ', ' + data[n + 2] + ')');
		const shown = c.data.series.filter((s, n) => c.plot.series[n + 1].show && s.values.some((v) => v !== null));
		return {
			name: c.data.name, x: c.data.x, series: Object.fromEntries(c.data.series.map((s) => [s.key, s.values])),
			unseen: shown.filter((s) => !seen.has(c.plot.series[c.data.series.indexOf(s) + 1].stroke())).map((s) => s.key),
			rows: ` + charts + `.tables[i].rows.body.length,
		};
	}))`)
	var all []drawnChart
	if err := json.Unmarshal([]byte(said), &all); err != nil {
		b.Fatal(err)
	}
	found := map[string]drawnChart{}
	for _, c := range all {
		found[c.Name] = c
	}
	return found
}

// choose shows the charts of a socket, and says of which.
func (b *browser) choose(key string) {
	b.Helper()
	b.text(`(() => { const s = document.querySelector('[data-testid=chart-choice]'); s.value = '` + key + `'; s.dispatchEvent(new Event('change')); })()`)
	b.until(charts + `.shown === '` + key + `'`)
}

// TestCharts runs labs and compares what each chart draws of each socket with
// the recording's events.
func TestCharts(t *testing.T) {
	t.Parallel()
	base := served(t)
	for _, tt := range []struct{ lang, lab string }{{"en", "reliability/retransmission"}, {"ko", "udp/silent-loss"}, {"ko", "lifecycle/backlog"}} {
		t.Run(tt.lab, func(t *testing.T) {
			b := openFor(t, axeLimit, base+"/"+tt.lang+"/"+tt.lab, 1280, 900)
			b.click("tab-charts")
			b.click("run")
			b.until(`document.querySelector('[data-testid=end]')?.dataset.cause === 'finished'`)
			b.until(charts + `?.charts.length > 0`)
			b.until(charts + `.drawn === ` + charts + `.of.count`)
			events := b.recording(base, tt.lab)
			keys := strings.Split(b.text(`[...document.querySelectorAll('[data-testid=chart-choice] option')].map((o) => o.value).join(',')`), ",")
			if want := sockets(events); !slices.Equal(want, slices.Sorted(slices.Values(keys))) {
				t.Errorf("choices %v, want %v", keys, want)
			}
			for _, key := range keys {
				b.choose(key)
				b.agreeWith(key, events)
			}
			if s := b.text(`[...document.querySelectorAll('.charts figure')].every((f) => f.querySelector('.series').getBoundingClientRect().top >= f.querySelector('figcaption').getBoundingClientRect().bottom)`); s != "true" {
				t.Error("the names of the series stand somewhere else than below the caption")
			}
		})
	}
}

// sockets are the keys of what charts can show in a recording.
func sockets(events []event.Event) []string {
	keys := map[string]bool{}
	for _, e := range events {
		switch {
		case e.Kind == event.KindPacket && e.Summary.Proto == "TCP":
			keys[e.Summary.Src+" > "+e.Summary.Dst] = true
		case e.Kind == event.KindQueue || e.Kind == event.KindInfo:
			keys[keyOf(events, e.Socket)] = true
		}
	}
	delete(keys, "")
	all := []string{}
	for key := range keys {
		all = append(all, key)
	}
	slices.Sort(all)
	return all
}

// keyOf is by which key a socket is chosen: a connection by its ends, which
// it may have lost since.
func keyOf(events []event.Event, s *event.Socket) string {
	if s.Proto == "udp" {
		return "udp " + strconv.Itoa(s.ID)
	}
	for _, e := range events {
		if e.Socket == nil || e.Socket.ID != s.ID {
			continue
		}
		if e.Socket.Remote != "" {
			return e.Socket.Local + " > " + e.Socket.Remote
		}
		if e.To == "LISTEN" {
			return "listener " + strconv.Itoa(s.ID)
		}
	}
	return ""
}

// agreeWith compares the charts that are shown with the events about the
// socket, or the connection, with this key.
func (b *browser) agreeWith(key string, events []event.Event) {
	b.Helper()
	charts := b.drawnCharts()
	if sequence, ok := charts["sequence"]; ok {
		b.sequenceAgrees(key, sequence, events)
	}
	for name, c := range charts {
		if len(c.Unseen) > 0 {
			b.Errorf("%s, %s: %v are not drawn", key, name, c.Unseen)
		}
		c.Unseen = nil
		charts[name] = c
	}
	delete(charts, "sequence")
	if diff := cmp.Diff(wanted(key, events), charts, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		b.Errorf("%s (-events +charts):\n%s", key, diff)
	}
}

// wanted are the charts of a key, but for the time–sequence diagram, as the
// events have them.
func wanted(key string, events []event.Event) map[string]drawnChart {
	want := map[string]drawnChart{}
	for _, e := range events {
		if e.Socket == nil || keyOf(events, e.Socket) != key {
			continue
		}
		for name, series := range values(e, strings.HasPrefix(key, "listener")) {
			c := want[name]
			if c.Series == nil {
				c = drawnChart{Name: name, Series: map[string][]*float64{}}
			}
			c.X = append(c.X, float64(e.T)/1e9)
			for k, v := range series {
				c.Series[k] = append(c.Series[k], v)
			}
			c.Rows = len(c.X)
			want[name] = c
		}
	}
	return want
}

// values are what an event adds to the charts of its socket.
func values(e event.Event, listener bool) map[string]map[string]*float64 {
	switch {
	case e.Kind == event.KindInfo:
		i := e.Info
		return map[string]map[string]*float64{
			"window":  {"cwnd": number(i.CWnd), "ssthresh": some(i.SSThresh, 1), "in_flight": number(i.InFlight)},
			"times":   {"rtt": some(int(i.RTT), 1e6), "rto": some(int(i.RTO), 1e6)},
			"windows": {"snd_wnd": some(i.SendWindow, 1), "rcv_wnd": some(i.RecvWindow, 1), "notsent": some(i.NotSent, 1)},
		}
	case e.Kind != event.KindQueue:
		return nil
	case listener:
		return map[string]map[string]*float64{"accepts": {"accept": number(*e.Recv), "syn": number(orZero(e.SYN)), "backlog": number(*e.Send)}}
	case e.Socket.Proto == "udp":
		return map[string]map[string]*float64{"queues": {"recv": number(*e.Recv), "send": number(*e.Send)}, "drops": {"drops": number(orZero(e.Drops))}}
	}
	return map[string]map[string]*float64{"queues": {"recv": number(*e.Recv), "send": number(*e.Send)}}
}

func number(n int) *float64 { return new(float64(n)) }

// some is a number that an event leaves out when it is 0.
func some(n int, by float64) *float64 {
	if n == 0 {
		return nil
	}
	return new(float64(n) / by)
}

func orZero(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

// sequenceAgrees compares the time–sequence diagram with the packets of its
// direction: what each segment takes, and what came back.
func (b *browser) sequenceAgrees(key string, c drawnChart, events []event.Event) {
	b.Helper()
	src, dst, _ := strings.Cut(key, " > ")
	first := map[string]uint32{} // number of each direction
	want := map[string][]float64{}
	rows := 0
	for _, e := range events {
		s := e.Summary
		if e.Kind != event.KindPacket || s.Proto != "TCP" || s.Seq == nil {
			continue
		}
		way := s.Src + " > " + s.Dst
		if _, known := first[way]; e.Phase == event.PhaseSent && (!known || slices.Contains(s.Flags, "SYN")) {
			first[way] = *s.Seq
		}
		takes := s.Len
		for _, f := range s.Flags {
			if f == "SYN" || f == "FIN" {
				takes++
			}
		}
		switch {
		case e.Phase == event.PhaseSent && s.Src == src && s.Dst == dst && takes > 0:
			name := "sent"
			if e.Again != 0 {
				name = "again"
			}
			want[name] = append(want[name], float64(*s.Seq-first[key])+float64(takes))
			rows++
		case e.Phase == event.PhaseDelivered && s.Src == dst && s.Dst == src && s.Ack != nil && !slices.Contains(s.Flags, "RST"):
			want["acknowledged"] = append(want["acknowledged"], float64(*s.Ack-first[key]))
			rows++
		}
	}
	for name, values := range want {
		var got []float64
		for _, v := range c.Series[name] {
			if v != nil {
				got = append(got, *v)
			}
		}
		if diff := cmp.Diff(values, got); diff != "" {
			b.Errorf("%s, %s (-events +chart):\n%s", key, name, diff)
		}
	}
	if c.Rows != rows {
		b.Errorf("%s: the table of the diagram has %d rows, want %d", key, c.Rows, rows)
	}
}

// moves puts the pointer onto a place in the page.
func (b *browser) moves(x, y float64) {
	b.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: "mouseMoved", X: x, Y: y})
		return err
	}))
}

// at is a place in the page: [x, y].
func (b *browser) at(expression string) (x, y float64) {
	b.Helper()
	var place [2]float64
	if err := json.Unmarshal([]byte(b.text(`JSON.stringify(`+expression+`)`)), &place); err != nil {
		b.Fatal(err)
	}
	return place[0], place[1]
}

// TestOneMoment points at a time in a chart, in the diagram, and by keyboard:
// all charts and the diagram show the same.
func TestOneMoment(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := openFor(t, axeLimit, base+"/en/reliability/retransmission", 1280, 900)
	b.click("tab-charts")
	b.click("run")
	b.until(`document.querySelector('[data-testid=end]')?.dataset.cause === 'finished'`)
	b.until(charts + `?.charts.length > 3`)
	b.until(charts + `.drawn === ` + charts + `.of.count`)
	same := `new Set(` + charts + `.charts.map((c) => c.plot.cursor.left)).size === 1 && ` + charts + `.charts[0].plot.cursor.left > 0`

	b.text(`document.querySelector('[data-testid=chart-window]').scrollIntoView({block: 'center', behavior: 'instant'})`)
	b.moves(b.at(`(() => { const r = document.querySelector('[data-testid=chart-window] .u-over').getBoundingClientRect(); return [r.left + r.width / 3, r.top + r.height / 2]; })()`))
	b.until(same + ` && document.querySelector('[data-testid=moment]') !== null`)
	b.until(`Math.abs(document.querySelector('[data-testid=moment]').dataset.t / 1e9 - ` + charts + `.at) < 1e-6`)

	b.text(`document.querySelector('.plane').scrollIntoView({block: 'center', behavior: 'instant'})`)
	b.text(`document.querySelector('.scroll').scrollTop = 0`)
	y := `document.querySelector('[data-testid=packet][data-flags="SYN,ACK"] .arrow').getBoundingClientRect().top`
	b.moves(b.at(`[document.querySelector('.plane').getBoundingClientRect().left + 150, ` + y + ` + 1]`))
	b.until(`document.querySelector('[data-testid=moment]') === null && ` + charts + `.at !== null`)
	synack := `[...document.querySelector('ft-stage').model.packets.values()].find((p) => p.summary.flags.join() === 'SYN,ACK')`
	b.until(`Math.abs(` + charts + `.at - ` + synack + `.at.sent.t / 1e9) < 0.01`)

	b.text(`document.querySelector('[data-testid=packet][data-flags="SYN,ACK"]').dispatchEvent(new MouseEvent('click', {bubbles: true}))`)
	b.moves(2, 2)
	b.until(charts + `.at === ` + synack + `.at.sent.t / 1e9`)

	b.text(`document.querySelector('[data-testid=chart-sequence] [role=slider]').focus()`)
	b.do(chromedp.KeyEvent(kb.Home))
	b.until(charts + `.at === ` + charts + `.charts[0].data.x[0] && document.activeElement.getAttribute('aria-valuetext').includes('sent 1')`)
	b.do(chromedp.KeyEvent(kb.Enter))
	b.until(`document.querySelector('[data-testid=packet][data-marked]').dataset.flags === 'SYN'`)
	b.do(chromedp.KeyEvent("+"))
	b.until(charts + `.zoomed !== null`)
	b.do(chromedp.KeyEvent("0"))
	b.until(charts + `.zoomed === null`)
	b.text(`document.querySelectorAll('[data-testid=numbers-sequence]').forEach((d) => { d.open = true; })`)
	b.until(`document.querySelectorAll('[data-testid=numbers-sequence] tbody button').length > 3`)
	b.text(`[...document.querySelectorAll('[data-testid=numbers-sequence] tbody button')].at(-1).click()`)
	b.until(`document.querySelector('[data-testid=packet][data-marked]').dataset.flags !== 'SYN'`)
}

// TestChartsGrow: while a run goes on the same charts get their new values;
// what is zoomed, hidden and pointed at stays.
func TestChartsGrow(t *testing.T) {
	t.Parallel()
	base := served(t)
	b := open(t, base+"/ko/handshake/three-way", 1280, 900)
	b.connect()
	b.click("tab-charts")
	b.until(charts + `?.charts.length > 2`)
	b.text(`globalThis.plots = ` + charts + `.charts.map((c) => c.plot)`)
	b.text(charts + `.point(` + charts + `.charts[0].data.x[1])`)
	b.text(charts + `.zoom([` + charts + `.charts[0].data.x[0], ` + charts + `.charts[0].data.x[2]])`)
	b.text(`document.querySelector('[data-testid=chart-window] .series button').click()`)
	before := b.text(`JSON.stringify([` + charts + `.at, ` + charts + `.zoomed])`)
	points := b.text(charts + `.charts[0].data.x.length`)
	b.until(`document.querySelector('[data-testid=held][data-flags="PSH,ACK"]') !== null`)
	b.text(`document.querySelector('[data-testid=held][data-flags="PSH,ACK"] [data-testid=deliver]').click()`)
	b.until(charts + `.charts[0].data.x.length > ` + points)
	b.until(charts + `.charts[0].plot.data[0].length > ` + points)
	after := b.text(`JSON.stringify([` + charts + `.at, ` + charts + `.zoomed])`)
	if after != before {
		t.Errorf("cursor and zoom were %s, are %s", before, after)
	}
	if s := b.text(`globalThis.plots.every((p, i) => p === ` + charts + `.charts[i].plot) && ` + charts + `.charts.find((c) => c.data.name === 'window').plot.series[1].show === false`); s != "true" {
		t.Error("the charts were made anew")
	}
}

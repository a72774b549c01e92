//go:build linux

package main

import (
	"cmp"
	"fmt"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/event"
)

// walked is the steps that an end is listed to have walked.
func (b *browser) walked(host string) []string {
	b.Helper()
	return strings.Split(b.text(`[...document.querySelectorAll('.walks [data-host=`+host+`] [data-testid=walked]')].map((n) => n.dataset.step.replace(" unseen", "")).join(',')`), ",")
}

// TestStateDiagram runs labs to their end: each end is drawn on its way, home
// included, and each step chooses what caused it, and is marked by it.
func TestStateDiagram(t *testing.T) {
	t.Parallel()
	base := served(t)
	for _, tt := range []struct {
		lab, client, server string // where the last steps lead
	}{
		{"ending/four-way", "TIME_WAIT", "CLOSE"},
		{"ending/reset", "CLOSE", "CLOSE"},
		{"handshake/states", "TIME_WAIT", "CLOSE"},
	} {
		for _, lang := range []string{"en", "ko"} {
			t.Run(tt.lab+" "+lang, func(t *testing.T) {
				b := open(t, base+"/"+lang+"/"+tt.lab, 1280, 900)
				b.click("tab-states")
				b.click("run")
				if tt.lab == "ending/four-way" {
					b.until(held("SYN"))
					b.text(`document.querySelector('[data-testid=wire-flow]').click()`)
					b.text(`document.querySelector('ft-stage').session.send({command: 'input', program: 'client', text: ''})`)
				}
				b.until(`document.querySelector('[data-testid=end]')?.dataset.cause === 'finished'`)
				b.until(`document.querySelector('ft-stage').model.ended !== null && document.querySelectorAll('[data-testid=walked]').length > 7`)
				events := b.recording(base, tt.lab)
				for host, last := range map[string]string{"client": tt.client, "server": tt.server} {
					walked := b.walked(host)
					if diff := gocmp.Diff(changes(events, host), walked); diff != "" {
						t.Errorf("the %s (-events +walked):\n%s", host, diff)
					}
					b.ends(host, walked[len(walked)-1], last == "CLOSE")
				}
				b.stepsChoose()
			})
		}
	}
}

// changes is how a recording has the state of a host's connection change,
// from its listener's beginning on.
func changes(events []event.Event, host string) (steps []string) {
	for _, e := range events {
		if e.Kind != event.KindState || e.Host != host || e.From == e.To || e.From == "" && e.To == "CLOSE" || e.From == "CLOSE" && e.To == "" {
			continue
		}
		switch {
		case e.To == "LISTEN":
			steps = append(steps, "CLOSE LISTEN")
		case e.From == "":
			steps = append(steps, "LISTEN "+e.To)
		case e.From != "LISTEN":
			steps = append(steps, e.From+" "+cmp.Or(e.To, "CLOSE"))
		}
	}
	return steps
}

// ends sees to it that the last step of an end is drawn as walked, and that
// its token stands where it leads: at home, or not.
func (b *browser) ends(host, last string, home bool) {
	b.Helper()
	if s := b.text(`document.querySelector('.states [data-step="` + last + `"][data-walked]') !== null`); s != "true" {
		b.Errorf("%s is not drawn as walked", last)
	}
	token := `document.querySelector('[data-testid=token][data-host=` + host + `]')`
	if s := b.text(token + `.hasAttribute('data-home') + ' ' + document.querySelector('[data-testid=state-box][data-home]').hasAttribute('data-now')`); s != fmt.Sprint(home, " true") {
		b.Errorf("the token of the %s is home, and somebody is: %s", host, s)
	}
}

// stepsChoose clicks each step that has a cause: the call or the packet is
// chosen in the diagram, and the step is marked, here and there.
func (b *browser) stepsChoose() {
	b.Helper()
	failed := b.text(`(() => {
		const stage = document.querySelector('ft-stage');
		const view = stage.views.open.get('states');
		const wrong = [];
		for (const end of view.ends) for (const w of end.walk) {
			const button = view.lists.get(end.host).steps.find(([x]) => x === w)[1];
			button.click();
			const cause = stage.views.events.find(([e]) => e.seq === w.seq)[0].cause;
			if (button.getAttribute('aria-current') !== 'true') wrong.push(button.textContent + ' is not marked');
			if (w.cause && (stage.marked !== w.cause || !Object.values(w.cause.at).some((a) => a.seq === cause))) wrong.push(button.textContent + ' chooses something else');
			if (!w.cause && cause !== undefined) wrong.push(button.textContent + ' has a cause');
			if (!document.querySelector('.states .step[data-marked]')) wrong.push(button.textContent + ' is not marked in the diagram');
			if (document.activeElement === button && !button.isConnected) wrong.push('the focus is lost');
		}
		return wrong.join('; ');
	})()`)
	if failed != "" {
		b.Error(failed)
	}
}

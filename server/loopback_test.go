//go:build linux

package main

import (
	"fmt"
	"strconv"
	"testing"

	"fivetuple/sandbox/event"
)

// TestLoopbackNote: a lab on lo says what is otherwise there, with what of it
// the run has shown; a lab on a wire does not.
func TestLoopbackNote(t *testing.T) {
	t.Parallel()
	base := served(t)
	for _, tt := range []struct{ lang, largest, lost string }{
		{"en", "the largest packet carries %d B", "In this run %d packets were sent and 0 were lost"},
		{"ko", "가장 큰 패킷의 데이터는 %d B", "이 실행에서는 패킷 %d개를 보냈고 0개가 사라졌습니다"},
	} {
		t.Run(tt.lang, func(t *testing.T) {
			b := open(t, base+"/"+tt.lang+"/unix/cost", 1280, 900)
			note := `document.querySelector('[data-testid=loopback]')`
			b.until(note + `?.open === false`)
			b.click("run")
			b.until(`document.querySelector('[data-testid=end]')?.dataset.cause === 'finished'`)
			largest, packets := 0, 0
			for _, e := range b.recording(base, "unix/cost") {
				if e.Kind == event.KindPacket && e.Phase == event.PhaseSent {
					largest, packets = max(largest, e.Summary.Len), packets+1
				}
			}
			if largest <= 1460 {
				t.Fatalf("the largest packet carries %d B: no lab to show it", largest)
			}
			b.text(note + `.querySelector('summary').click()`)
			b.until(note + `.textContent.includes(` + strconv.Quote(fmt.Sprintf(tt.largest, largest)) + `)`)
			b.until(note + `.textContent.includes(` + strconv.Quote(fmt.Sprintf(tt.lost, packets)) + `)`)
			b.until(note + `.querySelectorAll('li').length === 5 && /µs/.test(` + note + `.querySelector('[data-fact=rtt]').textContent) && / [1-9]\d*/.test(` + note + `.querySelector('[data-fact=sum] b').textContent)`)
			b.click("largest")
			b.until(`document.querySelector('[data-testid=details] .sum') !== null`)
		})
	}
	b := open(t, base+"/en/handshake/three-way", 1280, 900)
	b.click("run")
	b.until(held("SYN"))
	if n := b.count(`[data-testid=loopback]`); n != "0" {
		t.Error("a wire has the note of lo")
	}
}

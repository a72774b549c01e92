//go:build linux

package worker

import (
	"bytes"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/wire"
)

// discards knows which of the packets that the wire made wrong the kernel of
// one host has thrown away. The kernel says so nowhere but in its counters:
// of most packets as they arrive, of a short datagram only when its program
// would have it.
//
// Source: proc(5), /proc/net/snmp; RFC 2012, RFC 4113.
type discards struct {
	mu      sync.Mutex
	files   []*os.File // of counters, of the namespace in which they were opened
	last    int
	waiting []*wire.Packet // have arrived and are not counted yet
}

// newDiscards opens the counters of the calling thread's network namespace.
func newDiscards() (*discards, error) {
	d := &discards{}
	for _, name := range []string{"snmp", "snmp6", "netstat"} {
		f, err := os.Open("/proc/thread-self/net/" + name)
		if err != nil {
			return nil, err
		}
		d.files = append(d.files, f)
	}
	return d, nil
}

// counted is how many packets the kernel has thrown away since it was last
// asked.
func (d *discards) counted() int {
	var text [16 << 10]byte
	total := 0
	for _, f := range d.files {
		n, err := f.ReadAt(text[:], 0)
		if err != nil && err != io.EOF {
			return 0
		}
		total += inputErrors(text[:n])
	}
	was := d.last
	d.last = total
	return total - was
}

// arrived takes in that a wrong packet has arrived, and says whether it was
// thrown away at once.
func (d *discards) arrived(p *wire.Packet) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.counted() > 0 {
		return true
	}
	d.waiting = append(d.waiting, p)
	return false
}

// later are the packets that were thrown away since they arrived, the oldest
// first.
func (d *discards) later() []*wire.Packet {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.waiting) == 0 {
		return nil
	}
	n := min(d.counted(), len(d.waiting))
	gone := d.waiting[:n]
	d.waiting = d.waiting[n:]
	return gone
}

// inputErrors adds up the packets that were wrong on arrival, by the
// counters of each protocol: columns under a line of names in snmp and netstat,
// lines of their own in snmp6. A datagram for which there was no room counts as an
// error, too, and is taken out again.
func inputErrors(text []byte) (total int) {
	var names []string
	for line := range bytes.Lines(text) {
		fields := strings.Fields(string(line))
		if len(fields) == 2 && strings.Contains(fields[0], "6") {
			total += signed(fields[0], fields[1])
			continue
		}
		if len(names) != len(fields) || names[0] != fields[0] {
			names = fields
			continue
		}
		for i := range fields {
			total += signed(names[i], fields[i])
		}
		names = nil
	}
	return total
}

// signed is what a counter adds to the number of wrong packets.
func signed(name, value string) int {
	n, _ := strconv.Atoi(value)
	switch {
	case strings.HasSuffix(name, "InErrs"), strings.HasSuffix(name, "InErrors"),
		strings.HasSuffix(name, "InHdrErrors"), strings.HasSuffix(name, "InTruncatedPkts"):
		return n
	case strings.HasSuffix(name, "RcvbufErrors"):
		return -n
	}
	return 0
}

// discarded tells of a packet that the kernel has thrown away.
func (w *worker) discarded(p *wire.Packet) {
	e := w.packetEvent(p, event.PhaseDiscarded)
	e.Reason = event.ReasonWrong
	w.log.emit(e)
}

// discardedLater tells of those of which it came to light only now.
func (w *worker) discardedLater() {
	for _, d := range w.discards {
		for _, p := range d.later() {
			w.discarded(p)
		}
	}
}

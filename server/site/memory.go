package site

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"
)

// defaultMemory is how many bytes answers that are made of runs take together,
// at most, where [Config] does not say; one client may have half of it.
const defaultMemory = 512 << 20

// memoryWait is how long a request waits for memory.
const memoryWait = 5 * time.Second

// errBusy means that there was no memory for an answer in all that time.
var errBusy = errors.New("no memory for the answer")

// memory is what answers that are made of runs take, until they are sent: a
// run may have 64 MiB of events, and a browser may take its time.
type memory struct {
	all int64 // bytes

	mu      sync.Mutex
	taken   int64
	clients map[string]int64 // of it, by client
	given   chan struct{}    // closed when some is given back
}

func newMemory(all int64) *memory {
	if all == 0 {
		all = defaultMemory
	}
	return &memory{all: all, clients: map[string]int64{}, given: make(chan struct{})}
}

// hold is what one answer has taken. It must be given back.
type hold struct {
	of     *memory
	client string
	bytes  int64
}

// hold waits for so many bytes for the answer to r, or for as many as its
// client may have, when that is less. The error is [errBusy].
func (s *Site) hold(r *http.Request, bytes int64) (*hold, error) {
	h := &hold{s.memory, client(r), min(bytes, s.memory.all/2)}
	ctx, cancel := context.WithTimeout(r.Context(), memoryWait)
	defer cancel()
	for {
		given, ok := h.of.take(h)
		if ok {
			return h, nil
		}
		select {
		case <-given:
		case <-ctx.Done():
			return nil, errBusy
		}
	}
}

// take takes what h is to have, if it is there, or says when to try again.
func (m *memory) take(h *hold) (given <-chan struct{}, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.taken+h.bytes > m.all || m.clients[h.client]+h.bytes > m.all/2 {
		return m.given, false
	}
	m.taken += h.bytes
	m.clients[h.client] += h.bytes
	return nil, true
}

// keep gives back all but so many bytes.
func (h *hold) keep(bytes int64) {
	m := h.of
	m.mu.Lock()
	defer m.mu.Unlock()
	less := h.bytes - min(bytes, h.bytes)
	h.bytes -= less
	m.taken -= less
	if m.clients[h.client] -= less; m.clients[h.client] == 0 {
		delete(m.clients, h.client)
	}
	close(m.given)
	m.given = make(chan struct{})
}

func (h *hold) give() { h.keep(0) }

// What answers take, in bytes.
const (
	eventMemory = 1 << 10   // an event that is read, without its texts
	packMemory  = 1 << 20   // to pack what is sent
	keptMemory  = 128 << 20 // a run that is kept, read: it has at most 16 MiB of events
)

// length is how many bytes a run has.
func length(encoded [][]byte) (bytes int64) {
	for _, e := range encoded {
		bytes += int64(len(e))
	}
	return bytes
}

// toRead is how many bytes it takes to read a run and make something of it.
func toRead(encoded [][]byte) int64 {
	return int64(len(encoded))*eventMemory + 3*length(encoded) + packMemory
}

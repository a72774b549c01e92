package event

import (
	"fmt"
	"slices"
	"time"
)

// The modes of the wire.
const (
	Flow = "flow" // each packet goes its way, with the wire's faults
	Hold = "hold" // each packet waits in our hands, and is spared the faults
)

// Wire is the state of the wire's settings. Each direction has its own
// queue and makes its own choices. Chances are from 0 to 1; times are in
// nanoseconds in JSON.
type Wire struct {
	Mode      string        `json:"mode"`
	Delay     time.Duration `json:"delay"`     // one way
	Jitter    time.Duration `json:"jitter"`    // up to this much is added to the delay or taken away, without changing the order
	Loss      float64       `json:"loss"`      // chance that a packet is dropped
	Reorder   float64       `json:"reorder"`   // chance that a packet is overtaken by the next one
	Duplicate float64       `json:"duplicate"` // chance that a packet arrives twice
	Corrupt   float64       `json:"corrupt"`   // chance that a bit of a packet is wrong
	Rate      int64         `json:"rate"`      // bits a second; 0 is without limit
	Queue     int           `json:"queue"`     // packets that may wait for the rate; 0 is 100
	MTU       int           `json:"mtu"`       // bytes of an IP packet; 0 is the hosts' own, 1500
	Cut       []string      `json:"cut"`       // hosts of which nothing arrives
}

// DefaultQueue is the length of the wire's queue where none is given.
const DefaultQueue = 100

// Bounds of the settings.
const (
	MaxDelay = 10 * time.Second
	MinRate  = 1_000 // bits a second
	MaxRate  = 100_000_000_000
	MaxQueue = 10_000
	MinMTU   = 68 // RFC 791; IPv6 needs 1280
	MaxMTU   = 1500
)

// Validate says what of w is out of range, and the range.
func (w Wire) Validate() error {
	if w.Mode != Flow && w.Mode != Hold {
		return fmt.Errorf("wire mode %q is neither flow nor hold", w.Mode)
	}
	for _, d := range []struct {
		name  string
		value time.Duration
	}{{"delay", w.Delay}, {"jitter", w.Jitter}} {
		if d.value < 0 || d.value > MaxDelay {
			return fmt.Errorf("wire %s %v is not from 0s to %v", d.name, d.value, MaxDelay)
		}
	}
	for _, c := range []struct {
		name  string
		value float64
	}{{"loss", w.Loss}, {"reorder", w.Reorder}, {"duplicate", w.Duplicate}, {"corrupt", w.Corrupt}} {
		if !(c.value >= 0 && c.value <= 1) {
			return fmt.Errorf("wire %s %v is not from 0 to 1", c.name, c.value)
		}
	}
	return w.validateSizes()
}

func (w Wire) validateSizes() error {
	switch {
	case w.Rate != 0 && (w.Rate < MinRate || w.Rate > MaxRate):
		return fmt.Errorf("wire rate %d is neither 0 nor from %d to %d bits a second", w.Rate, MinRate, MaxRate)
	case w.Queue < 0 || w.Queue > MaxQueue:
		return fmt.Errorf("wire queue %d is not from 0 to %d packets", w.Queue, MaxQueue)
	case w.MTU != 0 && (w.MTU < MinMTU || w.MTU > MaxMTU):
		return fmt.Errorf("wire mtu %d is neither 0 nor from %d to %d bytes", w.MTU, MinMTU, MaxMTU)
	case len(w.Cut) > 8:
		return fmt.Errorf("wire cut names %d hosts, at most 8 are allowed", len(w.Cut))
	}
	return nil
}

// WireChange is a change of some of the wire's settings; what is absent
// stays as it is.
type WireChange struct {
	Mode      string         `json:"mode,omitempty"`
	Delay     *time.Duration `json:"delay,omitempty"` // of the command delay: how long the packet is still on its way
	Jitter    *time.Duration `json:"jitter,omitempty"`
	Loss      *float64       `json:"loss,omitempty"`
	Reorder   *float64       `json:"reorder,omitempty"`
	Duplicate *float64       `json:"duplicate,omitempty"`
	Corrupt   *float64       `json:"corrupt,omitempty"`
	Rate      *int64         `json:"rate,omitempty"`
	Queue     *int           `json:"queue,omitempty"`
	MTU       *int           `json:"mtu,omitempty"`
	Cut       *[]string      `json:"cut,omitempty"`
}

// Apply is w with the change.
func (c WireChange) Apply(w Wire) Wire {
	if c.Mode != "" {
		w.Mode = c.Mode
	}
	set(&w.Delay, c.Delay)
	set(&w.Jitter, c.Jitter)
	set(&w.Loss, c.Loss)
	set(&w.Reorder, c.Reorder)
	set(&w.Duplicate, c.Duplicate)
	set(&w.Corrupt, c.Corrupt)
	set(&w.Rate, c.Rate)
	set(&w.Queue, c.Queue)
	set(&w.MTU, c.MTU)
	if c.Cut != nil {
		w.Cut = slices.Clone(*c.Cut)
	}
	return w
}

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

// Validate says what of the change is out of range.
func (c WireChange) Validate() error { return c.Apply(Wire{Mode: Flow}).Validate() }

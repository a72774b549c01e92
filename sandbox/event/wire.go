package event

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
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
	maxCut   = 8 // hosts
)

// Equal says whether w and v have the same settings.
func (w Wire) Equal(v Wire) bool {
	cut := slices.Equal(w.Cut, v.Cut)
	w.Cut, v.Cut = nil, nil
	return cut && reflect.DeepEqual(w, v)
}

// OnlyCut says whether nothing is done to packets but that the wire is cut.
func (w Wire) OnlyCut() bool {
	w.Cut = nil
	return reflect.DeepEqual(w, Wire{Mode: Flow})
}

// Validate says what of w is out of range, and the range. The error is a
// [*RefusalError].
func (w Wire) Validate() error {
	if w.Mode != Flow && w.Mode != Hold {
		return NoneOf("wire.mode", w.Mode, Flow, Hold)
	}
	return cmp.Or(
		InRange("wire.delay", w.Delay, 0, MaxDelay, duration),
		InRange("wire.jitter", w.Jitter, 0, MaxDelay, duration),
		InRange("wire.loss", w.Loss, 0, 1, chance),
		InRange("wire.reorder", w.Reorder, 0, 1, chance),
		InRange("wire.duplicate", w.Duplicate, 0, 1, chance),
		InRange("wire.corrupt", w.Corrupt, 0, 1, chance),
		zeroOr("wire.rate", w.Rate, MinRate, MaxRate, bits),
		InRange("wire.queue", w.Queue, 0, MaxQueue, strconv.Itoa),
		zeroOr("wire.mtu", w.MTU, MinMTU, MaxMTU, Bytes),
		NotLonger("wire.cuts", len(w.Cut), maxCut, strconv.Itoa),
	)
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

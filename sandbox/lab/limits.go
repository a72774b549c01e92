package lab

import (
	"cmp"
	"time"
)

// WithDefaults is l with its zeros replaced.
func (l Limits) WithDefaults() Limits {
	return Limits{
		Time:      cmp.Or(l.Time, 10*time.Minute),
		CPU:       cmp.Or(l.CPU, 10*time.Second),
		Memory:    cmp.Or(l.Memory, 256<<20),
		AllMemory: cmp.Or(l.AllMemory, 2*cmp.Or(l.Memory, 256<<20)),
		Output:    cmp.Or(l.Output, 1<<20),
		Files:     cmp.Or(l.Files, 256),
		Processes: cmp.Or(l.Processes, 64),
		Events:    cmp.Or(l.Events, 100_000),
		Bytes:     cmp.Or(l.Bytes, 64<<20),
	}
}

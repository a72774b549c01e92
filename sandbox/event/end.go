package event

import "strconv"

// Limit names a limit that ended a program.
type Limit string

// The limits of a program.
const (
	LimitCPU    Limit = "cpu"
	LimitMemory Limit = "memory"
	LimitOutput Limit = "output"
	LimitDisk   Limit = "disk" // where a sandbox has no disk of its own that would be full
)

// End says why a run is over; it is the cause of the end event.
type End string

// The causes of an end.
const (
	EndFinished   End = "finished"    // every program has exited and the kernel has nothing left to send
	EndStopped    End = "stopped"     // the learner stopped it
	EndTimeLimit  End = "time-limit"  // it ran as long as a sandbox may
	EndEventLimit End = "event-limit" // it told more than a recording may hold
	EndNoRoom     End = "no-room"     // the server had no room left for recordings, and this was the longest
	EndLeft       End = "left"        // nobody was watching any more
	EndShutdown   End = "shutdown"    // the server ended
	EndWorkerDied End = "worker-died" // the sandbox's own process was killed
)

// Cause is the seq of an event, or for an end its word.
type Cause struct {
	Seq uint64
	End End
}

// MarshalJSON writes the number or the word.
func (c Cause) MarshalJSON() ([]byte, error) {
	if c.End != "" {
		return strconv.AppendQuote(nil, string(c.End)), nil
	}
	return strconv.AppendUint(nil, c.Seq, 10), nil
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (c *Cause) UnmarshalJSON(b []byte) error {
	if word, err := strconv.Unquote(string(b)); err == nil {
		c.End = End(word)
		return nil
	}
	n, err := strconv.ParseUint(string(b), 10, 64)
	c.Seq = n
	return err
}

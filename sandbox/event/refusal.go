package event

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Why says in what way a value cannot be had.
type Why string

// The ways in which a value cannot be had.
const (
	WhyRange    Why = "range"    // it is not from Min to Max
	WhyZero     Why = "zero"     // it is neither 0 nor from Min to Max
	WhyLong     Why = "long"     // it is longer than Max
	WhyChoice   Why = "choice"   // it is none of Choices
	WhyMissing  Why = "missing"  // it is not there
	WhyAddress  Why = "address"  // it is no IP address with a port
	WhyFamilies Why = "families" // source and destination are one of IPv4, one of IPv6
	WhyBoth     Why = "both"     // a frame and a segment are given
	WhyOne      Why = "one"      // of Choices only one can be had
	WhyNoWire   Why = "no-wire"  // the lab has no wire to set

	// In JSON that cannot be read:
	WhyUnknown  Why = "unknown"          // there is no setting of that name
	WhyNoTime   Why = "no-time"          // it is no whole number of nanoseconds from Min to Max
	WhyNoWhole  Why = "no-whole-number"  // it is no whole number
	WhyNoNumber Why = "no-number"        // it is no number
	WhyNoText   Why = "no-text"          // it is no text
	WhyNoNames  Why = "no-list-of-names" // it is no list of texts
	WhyNoObject Why = "no-object"        // it is no object with settings in it
)

// RefusalError is why a setting of a lab or a field of a command was
// refused: what it is, and what it may be. Its Error is English; from its
// fields a page says the same in the language of its reader.
type RefusalError struct {
	Why     Why      `json:"why"`
	Setting string   `json:"setting"`           // where: wire.delay, segment.window, or the name of a file
	Value   string   `json:"value,omitempty"`   // as it was given, with its unit; of a long text the beginning
	Min     string   `json:"min,omitempty"`     // with its unit
	Max     string   `json:"max,omitempty"`     // with its unit
	Choices []string `json:"choices,omitempty"` // of choice and one
}

func (e *RefusalError) Error() string {
	name := strings.ReplaceAll(e.Setting, ".", " ")
	switch e.Why {
	case WhyRange:
		return fmt.Sprintf("%s %s is not from %s to %s", name, e.Value, e.Min, e.Max)
	case WhyZero:
		return fmt.Sprintf("%s %s is neither 0 nor from %s to %s", name, e.Value, e.Min, e.Max)
	case WhyLong:
		return fmt.Sprintf("%s is %s long, at most %s are allowed", name, e.Value, e.Max)
	case WhyChoice:
		return fmt.Sprintf("%s %q is none of %s", name, e.Value, strings.Join(e.Choices, ", "))
	case WhyMissing:
		return fmt.Sprintf("it says no %s", name)
	case WhyAddress:
		return fmt.Sprintf("%s %q is no address and port such as 10.0.0.1:8080", name, e.Value)
	case WhyFamilies:
		return name + ": source and destination are of two families"
	case WhyBoth:
		return name + ": data and segment exclude each other"
	case WhyOne:
		return fmt.Sprintf("%s: only one of these can be had: %s", name, strings.Join(e.Choices, ", "))
	case WhyNoWire:
		return name + ": only the topologies wire and lan have one"
	case WhyUnknown:
		return fmt.Sprintf("there is no setting %q", e.Setting)
	case WhyNoTime:
		return fmt.Sprintf("%s is no whole number of nanoseconds from %s to %s", name, e.Min, e.Max)
	}
	return fmt.Sprintf("%s is %s", name, strings.ReplaceAll(string(e.Why), "-", " "))
}

// NoneOf refuses a value that is none of choices.
func NoneOf(setting, value string, choices ...string) *RefusalError {
	return &RefusalError{Why: WhyChoice, Setting: setting, Value: short(value), Choices: choices}
}

// NoAddress refuses a value that is no IP address with a port.
func NoAddress(setting, value string) *RefusalError {
	return &RefusalError{Why: WhyAddress, Setting: setting, Value: short(value)}
}

// shownLetters is how many letters of a refused text are told.
const shownLetters = 40

func short(text string) string {
	if letters := []rune(text); len(letters) > shownLetters {
		return string(letters[:shownLetters]) + "…"
	}
	return text
}

// number is what has bounds.
type number interface{ ~int | ~int64 | ~float64 }

// InRange refuses a value that is not from least to most, which say writes.
func InRange[N number](setting string, value, least, most N, say func(N) string) error {
	if value >= least && value <= most { // false for a NaN
		return nil
	}
	return &RefusalError{Why: WhyRange, Setting: setting, Value: say(value), Min: say(least), Max: say(most)}
}

// zeroOr is InRange, but for a zero, which chooses the default.
func zeroOr[N number](setting string, value, least, most N, say func(N) string) error {
	if value == 0 || value >= least && value <= most {
		return nil
	}
	return &RefusalError{Why: WhyZero, Setting: setting, Value: say(value), Min: say(least), Max: say(most)}
}

// NotLonger refuses what has more than most of something.
func NotLonger(setting string, value, most int, say func(int) string) error {
	if value <= most {
		return nil
	}
	return &RefusalError{Why: WhyLong, Setting: setting, Value: say(value), Max: say(most)}
}

// Bytes writes a number of bytes.
func Bytes(n int) string { return strconv.Itoa(n) + " B" }

// chance writes a chance.
func chance(c float64) string { return strconv.FormatFloat(c, 'g', -1, 64) }

// duration writes a time.
func duration(d time.Duration) string { return d.String() }

// bits writes a rate.
func bits(n int64) string {
	for _, unit := range []struct {
		size int64
		name string
	}{{1_000_000_000, "Gbit/s"}, {1_000_000, "Mbit/s"}, {1_000, "kbit/s"}} {
		if n != 0 && n%unit.size == 0 {
			return fmt.Sprintf("%d %s", n/unit.size, unit.name)
		}
	}
	return fmt.Sprintf("%d bit/s", n)
}

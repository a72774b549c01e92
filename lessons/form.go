package lessons

import (
	"fmt"
	"slices"
	"strings"
)

// Form is how a question is answered: [Choices], [*Field], [*Number], [*Order] or
// [*States].
//
// An answer is a text: the key of a choice; a number in figures; the keys of
// items in their order, as syn,synack,ack; the state of each end, as
// client=ESTABLISHED,server=SYN_RECV.
type Form interface {
	// Name is what a predict block calls the form.
	Name() string
	// Read is an answer as it is kept; ok is false when it is none of this
	// question.
	Read(answer string) (read string, ok bool)
	// Right says whether an answer is as good as the truth. Both are as Read
	// returns them.
	Right(answer, truth string) bool
	// Makes says whether an answer makes a mistake of the block.
	Makes(answer, mistake string) bool
	// outline is what must be the same in every language.
	outline() string
	// mistake is one as a block writes it, and as Makes takes it.
	mistake(written any) (string, error)
}

// Mistake is a wrong answer that is often given, and what is behind it.
type Mistake struct{ Answer, Why string } // Why is HTML

// Rule is what a page must know to compare an answer with the truth, as the
// form of the question does.
type Rule struct {
	Ends      []string `json:"ends,omitempty"`
	Items     []string `json:"items,omitempty"`
	Bits      int      `json:"bits,omitempty"`
	Tolerance float64  `json:"tolerance,omitempty"`
	Relative  bool     `json:"relative,omitempty"`
	Mistakes  []string `json:"mistakes,omitempty"`
}

// RuleOf is the rule of a form with mistakes.
func RuleOf(f Form, mistakes []Mistake) (r Rule) {
	switch f := f.(type) {
	case *Field:
		r.Bits = f.Bits
	case *Number:
		r.Tolerance, r.Relative = f.Tolerance, f.Relative
	case *Order:
		r.Items = keys(f.Items)
	case *States:
		r.Ends = keys(f.Ends)
	}
	for _, m := range mistakes {
		r.Mistakes = append(r.Mistakes, m.Answer)
	}
	return r
}

// Item is a part of an answer, and what it is called.
type Item struct{ Key, Text string } // Text is HTML

func keys(items []Item) (all []string) {
	for _, i := range items {
		all = append(all, i.Key)
	}
	return all
}

// Choices are answered by one of them.
type Choices []Choice

// Name implements [Form].
func (Choices) Name() string { return "choice" }

// Read implements [Form].
func (c Choices) Read(answer string) (string, bool) {
	return answer, slices.ContainsFunc(c, func(c Choice) bool { return c.Key == answer })
}

// Right implements [Form].
func (Choices) Right(answer, truth string) bool { return answer == truth }

// Makes implements [Form]: each choice has its own why.
func (Choices) Makes(string, string) bool { return false }

func (c Choices) outline() string {
	var keys []string
	for _, choice := range c {
		keys = append(keys, choice.Key)
	}
	return strings.Join(keys, ",")
}

func (Choices) mistake(any) (string, error) {
	return "", fmt.Errorf("each choice has its own why, so there are no mistakes beside them")
}

// States is answered by the state of each end.
type States struct {
	Ends    []Item
	Offered []string // the states among which a learner chooses
}

// kernelStates are the names that the kernel has for the states of TCP, in
// the order of a connection's life (include/net/tcp_states.h).
var kernelStates = []string{
	"CLOSE", "LISTEN", "SYN_SENT", "SYN_RECV", "ESTABLISHED",
	"FIN_WAIT1", "FIN_WAIT2", "CLOSING", "TIME_WAIT", "CLOSE_WAIT", "LAST_ACK",
}

// Name implements [Form].
func (*States) Name() string { return "states" }

// parts are the states of an answer, by end.
func (s *States) parts(answer string) (map[string]string, bool) {
	parts := map[string]string{}
	for part := range strings.SplitSeq(answer, ",") {
		end, state, _ := strings.Cut(part, "=")
		if parts[end] != "" || !slices.Contains(keys(s.Ends), end) || !slices.Contains(kernelStates, state) {
			return nil, false
		}
		parts[end] = state
	}
	return parts, true
}

// Read implements [Form].
func (s *States) Read(answer string) (string, bool) {
	parts, ok := s.parts(answer)
	if !ok || len(parts) != len(s.Ends) {
		return "", false
	}
	return s.join(parts), true
}

// join writes the states of some ends in the order of the block.
func (s *States) join(parts map[string]string) string {
	var written []string
	for _, end := range keys(s.Ends) {
		if parts[end] != "" {
			written = append(written, end+"="+parts[end])
		}
	}
	return strings.Join(written, ",")
}

// Right implements [Form].
func (*States) Right(answer, truth string) bool { return answer == truth }

// Makes implements [Form]: a mistake may name some of the ends only.
func (s *States) Makes(answer, mistake string) bool {
	made, _ := s.parts(answer)
	want, _ := s.parts(mistake)
	for end, state := range want {
		if made[end] != state {
			return false
		}
	}
	return len(want) > 0
}

// confirm refuses a truth that cannot be chosen.
func (s *States) confirm(truth string) error {
	parts, _ := s.parts(truth)
	for end, state := range parts {
		if !slices.Contains(s.Offered, state) {
			return fmt.Errorf("%s is %s, which is not offered", end, state)
		}
	}
	return nil
}

func (s *States) outline() string {
	return strings.Join(keys(s.Ends), " ") + " of " + strings.Join(s.Offered, " ")
}

func (s *States) mistake(written any) (string, error) {
	m, ok := written.(map[string]any)
	if !ok || len(m) == 0 {
		return "", fmt.Errorf("it is not {END: STATE, …}")
	}
	parts := map[string]string{}
	for end, state := range m {
		parts[end] = fmt.Sprint(state)
		if !slices.Contains(keys(s.Ends), end) || !slices.Contains(s.Offered, parts[end]) {
			return "", fmt.Errorf("%s: %s is not a state that can be chosen for an end", end, parts[end])
		}
	}
	return s.join(parts), nil
}

package event

import (
	"cmp"
	"slices"
	"strings"
)

// Until is when a wire on hold holds again, after the command [VerbDeliver]
// has it let packets pass by themselves. It is one of three: Held alone;
// State, of Host or of any; or a packet that has all of Flags, Data, Again and
// Host that are set. The packet that was the oldest held when the command came
// is delivered in any case: the condition is about the next one.
type Until struct {
	Held  bool     `json:"held,omitempty"`  // those that are held when the command comes have been delivered
	Flags []string `json:"flags,omitempty"` // a packet with all of these flags
	Data  bool     `json:"data,omitempty"`  // a packet that carries data
	Again bool     `json:"again,omitempty"` // a packet whose bytes were sent before
	State string   `json:"state,omitempty"` // a TCP socket that gets into this state; into CLOSE also when the kernel forgets it
	Host  string   `json:"host,omitempty"`  // by whom the packet is sent, or whose socket it is
}

// Why packets pass no more by themselves.
const (
	ReasonReached = "reached" // what was waited for is there
	ReasonCommand = "command" // another command about held packets came
	ReasonMode    = "mode"    // the wire's mode was set
)

// flagNames are the flags of a TCP header, tcpStates the kernel's names of
// the TCP states, in the order in which a connection has them.
func flagNames() []string { return strings.Fields("SYN FIN RST PSH ACK URG ECE CWR") }

func tcpStates() []string {
	return strings.Fields("LISTEN SYN_SENT SYN_RECV ESTABLISHED FIN_WAIT1 FIN_WAIT2 CLOSING TIME_WAIT CLOSE_WAIT LAST_ACK CLOSE")
}

// Validate says what of u makes no sense. The error is a [*RefusalError].
func (u Until) Validate() error {
	packet := len(u.Flags) > 0 || u.Data || u.Again
	switch {
	case !u.Held && !packet && u.State == "" && u.Host == "":
		return &RefusalError{Why: WhyMissing, Setting: "until"}
	case u.Held && (packet || u.State != "" || u.Host != ""):
		return &RefusalError{Why: WhyOne, Setting: "until", Choices: []string{"held", "state + host", "flags + data + again + host"}}
	case u.State != "" && packet:
		return &RefusalError{Why: WhyOne, Setting: "until", Choices: []string{"state + host", "flags + data + again + host"}}
	}
	var all []error
	for _, f := range u.Flags {
		all = append(all, oneOf("until.flags", f, flagNames()))
	}
	if u.State != "" {
		all = append(all, oneOf("until.state", u.State, tcpStates()))
	}
	return cmp.Or(all...)
}

func oneOf(setting, value string, choices []string) error {
	if slices.Contains(choices, value) {
		return nil
	}
	return NoneOf(setting, value, choices...)
}

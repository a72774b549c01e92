package lab

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"fivetuple/sandbox/event"
)

// definition is all of a lab on which a run depends. What is zero is left
// out, so that a field which is new here changes nothing for labs without it.
type definition struct {
	Name     string
	Topology Topology
	Hosts    int               `json:",omitzero"`
	Hand     string            `json:",omitzero"`
	Moves    []Move            `json:",omitempty"`
	Sysctl   map[string]string `json:",omitempty"`
	Wire     event.Wire
	Timeline []WireStep `json:",omitempty"`
	Programs []program
	Limits   Limits `json:",omitzero"`
	AllCalls bool   `json:",omitzero"`
	Seed     int64  `json:",omitzero"`
}

// program is all of a program on which a run depends.
type program struct {
	Name, Host, File string
	Source           []byte
	Command          []string `json:",omitempty"`
	After            *After   `json:",omitempty"`
	Input            []string `json:",omitempty"`
}

// Fingerprint is a word that differs between labs whose runs may differ. How
// a lab is called, what is claimed of it, its programs in other languages,
// and whether a learner steps them, make no difference to a run that is
// recorded.
func (l *Lab) Fingerprint() string {
	d := definition{
		Name: l.Name, Topology: l.Topology, Hosts: l.Hosts, Hand: l.Hand, Moves: l.Moves, Sysctl: l.Sysctl, Wire: l.Wire,
		Timeline: l.Timeline, Limits: l.Limits, AllCalls: l.AllCalls, Seed: l.Seed,
	}
	for _, p := range l.Programs {
		d.Programs = append(d.Programs, program{p.Name, p.Host, p.File, p.Source, p.Command, p.After, p.Input})
	}
	text, _ := json.Marshal(d) // its types always encode
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

// Package sandbox starts labs: each one in namespaces of its own, held by
// one worker process, and tells their events.
//
// Labs need Linux; on other systems [Start] says so.
package sandbox

import "slices"

// Ability is one thing the machine can or cannot do for labs.
type Ability struct {
	Name   string `json:"name"`             // user-namespaces, python3, …
	OK     bool   `json:"ok"`               //
	Needed bool   `json:"needed"`           // no lab runs without it
	Detail string `json:"detail"`           // what was found
	Remedy string `json:"remedy,omitempty"` // the exact thing to do; empty when OK
}

// tierShared is what the ability tier says where labs have no namespaces.
const tierShared = "shared: labs on one host run, with the course's own programs and 127.0.0.1 moved; the others need namespaces"

// IsShared says whether these abilities are those of the tier shared: labs
// run in this process's own network, at addresses 127.x.y.1.
func IsShared(abilities []Ability) bool {
	return slices.ContainsFunc(abilities, func(a Ability) bool { return a.Name == "tier" && a.Detail == tierShared })
}

// UnavailableError says why no lab can run here.
type UnavailableError struct{ Ability Ability }

func (e *UnavailableError) Error() string { return e.Ability.Detail + "; " + e.Ability.Remedy }

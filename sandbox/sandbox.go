// Package sandbox starts labs: each one in namespaces of its own, held by
// one worker process, and tells their events.
//
// Labs need Linux; on other systems [Start] says so.
package sandbox

// Ability is one thing the machine can or cannot do for labs.
type Ability struct {
	Name   string `json:"name"`             // user-namespaces, python3, …
	OK     bool   `json:"ok"`               //
	Needed bool   `json:"needed"`           // no lab runs without it
	Detail string `json:"detail"`           // what was found
	Remedy string `json:"remedy,omitempty"` // the exact thing to do; empty when OK
}

// UnavailableError says why no lab can run here.
type UnavailableError struct{ Ability Ability }

func (e *UnavailableError) Error() string { return e.Ability.Detail + "; " + e.Ability.Remedy }

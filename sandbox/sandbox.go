// Package sandbox starts labs: each one in namespaces of its own, held by
// one worker process, and tells their events.
//
// Labs need Linux; on other systems [Start] says so.
package sandbox

import (
	"slices"
	"strings"

	"fivetuple/sandbox/machine"
)

// Ability is one thing the machine can or cannot do for labs.
type Ability struct {
	Name   string `json:"name"`            // user-namespaces, python3, …
	OK     bool   `json:"ok"`              //
	Needed bool   `json:"needed"`          // no lab runs without it
	Detail Text   `json:"detail"`          // what was found
	Remedy Text   `json:"remedy,omitzero"` // the exact thing to do; empty when OK
}

// Text is something said to people, in both languages of the course.
type Text = machine.Text

func say(english, korean string, args ...any) Text { return machine.Say(english, korean, args...) }

// tierShared is what the ability tier says where labs have no namespaces.
var tierShared = say("shared: labs on one host run, with the course's own programs and 127.0.0.1 moved; the others need namespaces",
	"shared: 호스트가 하나인 실습이 과정의 프로그램으로, 127.0.0.1을 옮겨서 실행됩니다. 다른 실습에는 네임스페이스가 필요합니다")

// IsShared says whether these abilities are those of the tier shared: labs
// run in this process's own network, at addresses 127.x.y.1.
func IsShared(abilities []Ability) bool {
	return slices.ContainsFunc(abilities, func(a Ability) bool { return a.Name == "tier" && strings.HasPrefix(a.Detail.English, "shared:") })
}

// UnavailableError says why no lab can run here.
type UnavailableError struct{ Ability Ability }

func (e *UnavailableError) Error() string {
	return e.Ability.Detail.English + "; " + e.Ability.Remedy.English
}

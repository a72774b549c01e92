//go:build !linux

package sandbox

import (
	"context"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/machine"
)

// Main does nothing: there are no workers on this system.
func Main() {}

// Sandbox is one live run of a lab. There is none on this system.
type Sandbox struct{}

func linuxOnly() Ability {
	return Ability{Name: "linux", Needed: true, Detail: say("labs run on the Linux kernel, which this system is not", "실습은 리눅스 커널에서 실행되는데 이 시스템은 리눅스가 아닙니다"), Remedy: machine.OtherSystem}
}

// Start says that labs need Linux.
func Start(context.Context, *lab.Lab) (*Sandbox, error) { return nil, &UnavailableError{linuxOnly()} }

// Events is never called.
func (*Sandbox) Events() <-chan []byte { return nil }

// Command is never called.
func (*Sandbox) Command(event.Command) {}

// Stop is never called.
func (*Sandbox) Stop(event.End) {}

// PID is never called.
func (*Sandbox) PID() int { return 0 }

// Probe says that labs need Linux.
func Probe(context.Context) []Ability { return []Ability{linuxOnly()} }

// Languages are those of the course: nothing runs, so nothing lacks.
func Languages() []string { return lab.Languages }

// Sweep does nothing.
func Sweep() {}

// Lacks says that labs need Linux.
func Lacks([]Ability, *lab.Lab) (lacks Ability, ok bool) { return linuxOnly(), true }

// Pool is a pool of no workers.
type Pool struct{}

// NewPool returns a pool.
func NewPool(int) *Pool { return &Pool{} }

// Start says that labs need Linux.
func (*Pool) Start(ctx context.Context, l *lab.Lab) (*Sandbox, error) { return Start(ctx, l) }

// Close does nothing.
func (*Pool) Close() {}

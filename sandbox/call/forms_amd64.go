//go:build linux

package call

import "golang.org/x/sys/unix"

// addMachine adds the calls that newer machines have dropped.
func addMachine(t Table) {
	t[unix.SYS_POLL] = &form{name: "poll", fd: -1, args: []argument{pollIn, unsigned, integer}, text: pollText}
	t[unix.SYS_DUP2] = &form{name: "dup2", anyFile: true, args: []argument{integer, integer}}
}

//go:build linux

package trace

import "golang.org/x/sys/unix"

// caller is where the wrapper of a system call will return to, which is in
// the link register.
func caller(tid int, _ *syscallInfo) uint64 {
	const linkRegister = 30
	var regs unix.PtraceRegsArm64
	if unix.PtraceGetRegSetArm64(tid, 1, &regs) != nil { // 1: NT_PRSTATUS
		return 0
	}
	return regs.Regs[linkRegister]
}

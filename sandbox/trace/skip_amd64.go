//go:build linux

package trace

import (
	"os"

	"golang.org/x/sys/unix"
)

// skip has a thread that stands before a call not make it: the call fails.
func skip(tid int, with unix.Errno) error {
	var regs unix.PtraceRegs
	if err := unix.PtraceGetRegs(tid, &regs); err != nil {
		return os.NewSyscallError("ptrace", err)
	}
	regs.Orig_rax, regs.Rax = ^uint64(0), uint64(-int64(with))
	return os.NewSyscallError("ptrace", unix.PtraceSetRegs(tid, &regs))
}

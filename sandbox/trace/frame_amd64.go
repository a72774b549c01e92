//go:build linux

package trace

import "golang.org/x/sys/unix"

// frame reads the registers of a stopped thread; a call of this machine puts
// the return address on the stack.
func frame(tid int) (Registers, error) {
	var regs unix.PtraceRegs
	err := unix.PtraceGetRegs(tid, &regs)
	return Registers{Instruction: regs.Rip, Stack: regs.Rsp, Pointer: regs.Rbp}, err
}

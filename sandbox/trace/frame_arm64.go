//go:build linux

package trace

import "golang.org/x/sys/unix"

// frame reads the registers of a stopped thread.
func frame(tid int) (Registers, error) {
	const status, pointer, back = 1, 29, 30 // NT_PRSTATUS
	var regs unix.PtraceRegsArm64
	err := unix.PtraceGetRegSetArm64(tid, status, &regs)
	return Registers{Instruction: regs.Pc, Stack: regs.Sp, Pointer: regs.Regs[pointer], Back: regs.Regs[back]}, err
}

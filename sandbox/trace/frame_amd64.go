//go:build linux

package trace

import "golang.org/x/sys/unix"

// Frame are a stopped thread's next instruction, the top of its stack, and
// its frame pointer; ok is false where they cannot be read. It must be called
// on the tracer's thread.
func Frame(tid int) (instruction, stack, pointer uint64, ok bool) {
	var regs unix.PtraceRegs
	if unix.PtraceGetRegs(tid, &regs) != nil {
		return 0, 0, 0, false
	}
	return regs.Rip, regs.Rsp, regs.Rbp, true
}

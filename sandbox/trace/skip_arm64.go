//go:build linux

package trace

import (
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// skip has a thread that stands before a call not make it: the call fails.
func skip(tid int, with unix.Errno) error {
	const status, systemCall = 1, 0x404 // NT_PRSTATUS, NT_ARM_SYSTEM_CALL
	none := int32(-1)
	number := unix.Iovec{Base: (*byte)(unsafe.Pointer(&none)), Len: uint64(unsafe.Sizeof(none))}
	if err := ptrace(unix.PTRACE_SETREGSET, tid, systemCall, uintptr(unsafe.Pointer(&number))); err != nil {
		return err
	}
	var regs unix.PtraceRegsArm64
	if err := unix.PtraceGetRegSetArm64(tid, status, &regs); err != nil {
		return os.NewSyscallError("ptrace", err)
	}
	regs.Regs[0] = uint64(-int64(with))
	return os.NewSyscallError("ptrace", unix.PtraceSetRegSetArm64(tid, status, &regs))
}

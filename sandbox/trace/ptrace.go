//go:build linux

package trace

import (
	"encoding/binary"
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Requests and events that x/sys/unix has under no common name.
const (
	ptraceSeize          = 0x4206
	ptraceListen         = 0x4208
	ptraceGetSyscallInfo = 0x420e
	syscallStop          = unix.SIGTRAP | 0x80 // with PTRACE_O_TRACESYSGOOD

	traceOptions = unix.PTRACE_O_TRACESECCOMP | unix.PTRACE_O_TRACESYSGOOD | unix.PTRACE_O_TRACEEXEC |
		unix.PTRACE_O_TRACEFORK | unix.PTRACE_O_TRACEVFORK | unix.PTRACE_O_TRACECLONE | unix.PTRACE_O_EXITKILL
)

// ptrace is ptrace(2). It must be called on the thread that attached.
func ptrace(request, tid int, address, data uintptr) error {
	_, _, errno := unix.RawSyscall6(unix.SYS_PTRACE, uintptr(request), uintptr(tid), address, data, 0, 0)
	if errno != 0 {
		return os.NewSyscallError("ptrace", errno)
	}
	return nil
}

// resume lets a stopped thread go on, with a signal when it is not 0. A
// thread that has been killed meanwhile is not an error: its end is reported.
func resume(request, tid, signal int) { _ = ptrace(request, tid, 0, uintptr(signal)) }

// syscallInfo is struct ptrace_syscall_info, whose layout is the same on all
// machines.
type syscallInfo [88]byte

func getSyscallInfo(tid int) (syscallInfo, error) {
	var info syscallInfo
	err := ptrace(ptraceGetSyscallInfo, tid, uintptr(len(info)), uintptr(unsafe.Pointer(&info)))
	return info, err
}

// pointers are where the thread's next instruction and the top of its stack
// are.
func (i *syscallInfo) pointers() (instruction, stack uint64) {
	return binary.NativeEndian.Uint64(i[8:]), binary.NativeEndian.Uint64(i[16:])
}

func (i *syscallInfo) number() uint64 { return binary.NativeEndian.Uint64(i[24:]) }
func (i *syscallInfo) result() int64  { return int64(binary.NativeEndian.Uint64(i[24:])) }

func (i *syscallInfo) args() (args [6]uint64) {
	for n := range args {
		args[n] = binary.NativeEndian.Uint64(i[32+8*n:])
	}
	return args
}

// eventMessage is what PTRACE_GETEVENTMSG says of the stop of tid.
func eventMessage(tid int) int {
	var message uint64
	_ = ptrace(unix.PTRACE_GETEVENTMSG, tid, 0, uintptr(unsafe.Pointer(&message)))
	return int(message)
}

// signalInfo is the struct siginfo of the signal that tid is about to get.
func signalInfo(tid int) ([]byte, error) {
	info := make([]byte, 128)
	err := ptrace(unix.PTRACE_GETSIGINFO, tid, 0, uintptr(unsafe.Pointer(&info[0])))
	return info, err
}

// Registers are a stopped thread's next instruction, the top of its stack, its
// frame pointer, and where a call puts the return address into a register,
// that.
type Registers struct{ Instruction, Stack, Pointer, Back uint64 }

// Frame reads the registers of a stopped thread; ok is false where they cannot
// be read. It must be called on the tracer's thread.
func Frame(tid int) (r Registers, ok bool) {
	r, err := frame(tid)
	return r, err == nil
}

// memory is the process that a thread belongs to, as package call reads it.
type memory int

// ReadAt fills b from the address in the process.
func (m memory) ReadAt(b []byte, address uint64) error {
	if len(b) == 0 {
		return nil
	}
	local := []unix.Iovec{{Base: &b[0]}}
	local[0].SetLen(len(b))
	n, err := unix.ProcessVMReadv(int(m), local, []unix.RemoteIovec{{Base: uintptr(address), Len: len(b)}}, 0)
	if err == unix.EPERM || err == unix.ENOSYS { // a container's seccomp profile may refuse the call
		return m.readFile(b, address)
	}
	if err == nil && n != len(b) {
		err = unix.EFAULT
	}
	return os.NewSyscallError("process_vm_readv", err)
}

// readFile fills b from the file that is the memory of the process.
func (m memory) readFile(b []byte, address uint64) error {
	f, err := os.Open(Proc(int(m)) + "/mem")
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.ReadAt(b, int64(address))
	return err
}

// Read fills b from the address in the process of a stopped thread.
func Read(tid int, b []byte, address uint64) error { return memory(tid).ReadAt(b, address) }

// Write writes b at the address in the process of a stopped thread, into
// memory that the process itself may not write too. It must be called on the
// tracer's thread.
func Write(tid int, b []byte, address uint64) error {
	_, err := unix.PtracePokeData(tid, uintptr(address), b)
	return os.NewSyscallError("ptrace", err)
}

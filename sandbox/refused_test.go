//go:build linux

package sandbox_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// refusal is a system call that a machine refuses: with this error, always or
// when its first argument has one of these bits, or this value.
type refusal struct {
	Call  uint32
	Bits  uint32
	Value uint32
	Errno unix.Errno
}

// refusalsEnv tells a process of the test what it is to be refused.
const refusalsEnv = "FIVETUPLE_TEST_REFUSED"

// on runs this test again in a process of its own, on a machine that refuses
// these calls; there it returns true, and here false when that has passed.
func on(t *testing.T, refusals ...refusal) bool {
	t.Helper()
	if os.Getenv(refusalsEnv) != "" {
		return true
	}
	b, err := json.Marshal(refusals)
	if err != nil {
		t.Fatal(err)
	}
	again(t, exec.Command("/proc/self/exe"), refusalsEnv+"="+string(b))
	return false
}

// elsewhereEnv tells a process of the test that it runs where it should.
const elsewhereEnv = "FIVETUPLE_TEST_ELSEWHERE"

// elsewhere runs this test again by a command to whose end the program is
// added; there it returns true, and here false when that has passed.
func elsewhere(t *testing.T, command ...string) bool {
	t.Helper()
	if os.Getenv(elsewhereEnv) != "" {
		return true
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	again(t, exec.Command(command[0], append(command[1:], self)...), elsewhereEnv+"=1")
	return false
}

// after is elsewhere in a mount namespace in which a shell has done something
// first.
func after(t *testing.T, script string) bool {
	t.Helper()
	unshare := []string{"unshare", "--mount"}
	if os.Getuid() != 0 {
		unshare = append(unshare, "--map-root-user")
	}
	return elsewhere(t, append(unshare, "sh", "-c", script+` && exec "$0" "$@"`)...)
}

// again runs this test by a command that ends in this program.
func again(t *testing.T, c *exec.Cmd, env ...string) {
	t.Helper()
	c.Args = append(c.Args, "-test.run=^"+strings.ReplaceAll(t.Name(), "/", "$/^")+"$", "-test.v")
	c.Env = append(os.Environ(), env...)
	out, err := c.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Errorf("%v\n%s", err, out)
	}
}

// refuse has the kernel refuse, to every thread of this process and all that
// it starts, what the environment says.
func refuse() {
	said := os.Getenv(refusalsEnv)
	if said == "" {
		return
	}
	var refusals []refusal
	if err := json.Unmarshal([]byte(said), &refusals); err != nil {
		panic(err)
	}
	p := []unix.SockFilter{{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS}} // the number of the call
	for _, r := range refusals {
		answer := unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ERRNO | uint32(r.Errno)}
		is := unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: r.Call, Jf: 1}
		if r.Bits == 0 && r.Value == 0 {
			p = append(p, is, answer)
			continue
		}
		is.Jf = 4
		test := unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JSET | unix.BPF_K, K: r.Bits, Jf: 1}
		if r.Value != 0 {
			test.Code, test.K = unix.BPF_JMP|unix.BPF_JEQ|unix.BPF_K, r.Value
		}
		p = append(p, is,
			unix.SockFilter{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: 16},
			test, answer,
			unix.SockFilter{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS})
	}
	p = append(p, unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW})
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		panic(err)
	}
	prog := unix.SockFprog{Len: uint16(len(p)), Filter: &p[0]}
	_, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&prog)))
	if errno != 0 {
		panic(fmt.Sprint("seccomp: ", errno))
	}
}

//go:build linux

package sandbox_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
)

// killedEnv tells a process of the test that it is the server to be killed.
const killedEnv = "FIVETUPLE_TEST_KILLED"

// TestKilledServer kills a server that has sandboxes and workers that wait:
// the kernel and the workers leave nothing behind, on each kind of machine.
func TestKilledServer(t *testing.T) {
	if os.Getenv(killedEnv) != "" {
		beKilled(t)
		return
	}
	for name, refusals := range map[string][]refusal{
		"namespaces": nil,
		"no mount":   {{Call: unix.SYS_MOUNT, Errno: unix.EACCES}},
		"shared":     noUserNamespaces,
	} {
		t.Run(name, func(t *testing.T) {
			tmp := everybodys(t)
			server, workers := served(t, tmp, refusals)
			spaces := spacesOf(t, workers)
			if err := server.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = server.Wait() // it was killed
			soon(t, "no process is left", func() bool { return len(within(spaces, workers)) == 0 })
			soon(t, "no folder is left", func() bool { return len(leftIn(tmp)) == 0 })
		})
	}
}

// TestSweep: what a server and its workers, killed at once, leave on the disk
// is swept away by the next, but for what is in use.
func TestSweep(t *testing.T) {
	if os.Getenv(killedEnv) != "" {
		beKilled(t)
		return
	}
	tmp := everybodys(t)
	t.Setenv("TMPDIR", tmp)
	refusals := []refusal{{Call: unix.SYS_MOUNT, Errno: unix.EACCES}}
	server, killed := served(t, tmp, refusals)
	for _, pid := range append(killed, server.Process.Pid) {
		if err := unix.Kill(pid, unix.SIGKILL); err != nil {
			t.Fatal(err)
		}
	}
	_ = server.Wait() // it was killed
	soon(t, "no worker is left", func() bool { return len(within(nil, killed)) == 0 })
	dead := leftIn(tmp)
	if len(dead) < 2 {
		t.Fatalf("there lie %q, nothing to sweep", dead)
	}
	build, others := filepath.Join(tmp, "fivetuple-build-4711"), filepath.Join(tmp, "fivetuple-notes")
	for _, dir := range []string{build, others} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	living, _ := served(t, tmp, refusals)
	before := leftIn(tmp)
	sandbox.Sweep()
	after := leftIn(tmp)
	for _, path := range before {
		gone := !slices.Contains(after, path)
		if want := slices.Contains(dead, path) || path == build; gone != want {
			t.Errorf("%s is gone: %t, want %t", path, gone, want)
		}
	}
	_ = living.Process.Kill()
	_ = living.Wait()
	soon(t, "the living clean up", func() bool { return slices.Equal(leftIn(tmp), []string{others}) })
}

// beKilled is a server with sandboxes and workers that wait. It says who they
// are, and waits.
func beKilled(t *testing.T) {
	pool := sandbox.NewPool(1)
	defer pool.Close()
	for range 2 {
		s, err := sandbox.Start(t.Context(), own(t, "import os\nif os.fork() == 0: os.setsid()\nprint('ready', flush=True)\ninput()\n"))
		if err != nil {
			t.Fatal(err)
		}
		for b := range s.Events() {
			if decode(t, b).Kind == event.KindPrint {
				break
			}
		}
	}
	soon(t, "workers wait", func() bool { return os.Getenv(killedEnv) != "all" || len(workers()) == 4 })
	fmt.Println("workers", strings.Trim(fmt.Sprint(workers()), "[]"))
	select {}
}

// served starts a server on a machine that refuses these calls, and returns
// it with its workers.
func served(t *testing.T, tmp string, refusals []refusal) (server *exec.Cmd, pids []int) {
	t.Helper()
	b, err := json.Marshal(refusals)
	if err != nil {
		t.Fatal(err)
	}
	test, _, _ := strings.Cut(t.Name(), "/")
	kind := "all"
	if slices.Equal(refusals, noUserNamespaces) {
		kind = "no pool"
	}
	c := exec.Command("/proc/self/exe", "-test.run=^"+test+"$")
	c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: unix.SIGKILL}
	c.Env = append(os.Environ(), killedEnv+"="+kind, refusalsEnv+"="+string(b), "TMPDIR="+tmp)
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	said := ""
	for lines := bufio.NewScanner(out); lines.Scan(); said += lines.Text() + "\n" {
		words := strings.Fields(lines.Text())
		if len(words) < 3 || words[0] != "workers" {
			continue
		}
		for _, word := range words[1:] {
			pid, _ := strconv.Atoi(word)
			pids = append(pids, pid)
		}
		return c, pids
	}
	_ = c.Wait()
	t.Fatalf("the server said\n%s", said)
	return nil, nil
}

// everybodys is a folder for temporary files.
func everybodys(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "killed")
	if err == nil {
		err = os.Chmod(dir, 0o777|os.ModeSticky)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// spacesOf are the pid namespaces of processes that are not ours.
func spacesOf(t *testing.T, pids []int) (spaces []string) {
	t.Helper()
	here, err := os.Readlink("/proc/self/ns/pid")
	if err != nil {
		t.Fatal(err)
	}
	for _, pid := range pids {
		space, err := os.Readlink(fmt.Sprintf("/proc/%d/ns/pid", pid))
		if err != nil {
			t.Fatal(err)
		}
		if space != here {
			spaces = append(spaces, space)
		}
	}
	return spaces
}

// within are the processes in these namespaces, and those of the pids that
// have not ended.
func within(spaces []string, pids []int) (found []string) {
	all, _ := filepath.Glob("/proc/[0-9]*")
	for _, dir := range all {
		space, _ := os.Readlink(dir + "/ns/pid")
		pid, _ := strconv.Atoi(filepath.Base(dir))
		stat, _ := os.ReadFile(dir + "/stat")
		ended := strings.Contains(string(stat), ") Z ") || len(stat) == 0
		if !ended && (slices.Contains(spaces, space) || slices.Contains(pids, pid)) {
			found = append(found, dir)
		}
	}
	return found
}

// leftIn are the folders of sandboxes and builds that lie in tmp.
func leftIn(tmp string) []string {
	left, _ := filepath.Glob(filepath.Join(tmp, "fivetuple-*"))
	return left
}

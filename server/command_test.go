//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"fivetuple/sandbox/event"
)

// command runs the program in this process.
func command(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	status = run(t.Context(), args, &out, &errs)
	return status, out.String(), errs.String()
}

// process prepares the program as a process of its own, from a copy that
// every user may run.
func process(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "fivetuple-test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	binary, err := os.ReadFile("/proc/self/exe")
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "fivetuple")
	if err := os.WriteFile(name, binary, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(name, args...)
	cmd.Env, cmd.Dir = append(os.Environ(), asCommand+"=1"), "/"
	return cmd
}

func TestRun(t *testing.T) {
	status, out, errs := command(t, "run", "handshake/three-way", "--format", "events")
	if status != exitOK {
		t.Fatalf("status %d: %s", status, errs)
	}
	checkHandshake(t, out)
}

// checkHandshake reads events and sees to it that a handshake is among them.
func checkHandshake(t *testing.T, out string) {
	t.Helper()
	var held, end int
	for line := range strings.Lines(out) {
		var e event.Event
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if e.Kind == event.KindPacket && e.Phase == event.PhaseHeld {
			held++
		}
		if e.Kind == event.KindEnd {
			end++
		}
	}
	if held < 3 || end != 1 {
		t.Errorf("%d packets held, %d ends", held, end)
	}
}

func TestRunAsNobody(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("we are an ordinary user anyway")
	}
	cmd := process(t, "run", "handshake/three-way", "--format", "events")
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	checkHandshake(t, string(out))
}

func TestOwnPrograms(t *testing.T) {
	dir := t.TempDir()
	server, client := filepath.Join(dir, "srv.py"), filepath.Join(dir, "cli.py")
	sources := map[string]string{
		server: "import socket\ns = socket.create_server(('', 8080))\nc, a = s.accept()\nc.sendall(b'hello')\nc.close()\n",
		client: "import socket\nc = socket.create_connection(('server', 8080))\nprint(c.recv(9))\n",
	}
	for name, source := range sources {
		if err := os.WriteFile(name, []byte(source), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []string{client, `python3 -c "import socket; print(socket.create_connection(('server', 8080)).recv(9))"`} {
		status, out, errs := command(t, "run", "--topology", "wire", "--program", "server="+server, "--program", "client="+c)
		if status != exitOK || !strings.Contains(out, `"b'hello'\n"`) {
			t.Errorf("%s: status %d: %s\n%s", c, status, errs, out)
		}
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{
		{"run"}, {"run", "none/such"}, {"run", "handshake/three-way", "--format", "xml"}, {"fly"}, {"serve", "--port", "1"},
		{"run", "handshake/three-way", "--wire", "delay=1h"}, {"run", "handshake/three-way", "--wire", "speed=1"},
		{"run", "--topology", "ring", "--program", "a=true"},
	} {
		if status, _, errs := command(t, args...); status != exitUsage || !strings.HasPrefix(errs, "fivetuple: ") {
			t.Errorf("%v: status %d, %q", args, status, errs)
		}
	}
}

func TestTimeout(t *testing.T) {
	status, _, errs := command(t, "run", "--program", "client=sleep 100", "--timeout", "200ms")
	if status != exitFailed || !strings.Contains(errs, "time-limit") {
		t.Errorf("status %d: %s", status, errs)
	}
}

func TestPortTaken(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	status, out, errs := command(t, "serve", "--addr", l.Addr().String())
	if status != exitFailed || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, "address already in use") || out != "" {
		t.Errorf("status %d, stdout %q, stderr %q", status, out, errs)
	}
}

// TestCheck checks the course, with as many labs at once as two checks side by
// side have, by the program as users have it: that the engine has no races is
// looked for in its own tests and by every lab in sandbox/recording.
func TestCheck(t *testing.T) {
	file, err := program()
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(file, "check", "--jobs", "16").CombinedOutput()
	if err != nil || !bytes.HasSuffix(out, []byte(" passed, 0 failed\n")) {
		t.Errorf("%v: %s", err, out)
	}
}

func TestCheckOfOneLab(t *testing.T) {
	status, out, said := command(t, "check", "--lab", "udp/datagrams")
	var passed int
	if _, err := fmt.Sscanf(out[strings.LastIndex(strings.TrimSpace(out), "\n")+1:], "%d passed, 0 failed", &passed); status != exitOK || err != nil || passed < 5 || passed > 100 {
		t.Errorf("status %d with %q, %q", status, out, said)
	}
	if status, _, said := command(t, "check", "--lab", "udp/none"); status != 2 || !strings.Contains(said, `there is no lab "udp/none"; fivetuple labs lists`) {
		t.Errorf("status %d with %q", status, said)
	}
}

// TestWithoutUserNamespaces runs where no more user namespaces may be made.
func TestWithoutUserNamespaces(t *testing.T) {
	cmd := process(t)
	script := "echo 0 > /proc/sys/user/max_user_namespaces && exec " + cmd.Path + " doctor"
	unshare := exec.Command("unshare", "-Ur", "sh", "-c", script)
	unshare.Env = cmd.Env
	out, err := unshare.Output()
	if unshare.ProcessState.ExitCode() != exitOK || !strings.Contains(string(out), "tier         shared") || !strings.Contains(string(out), "sysctl -w user.max_user_namespaces") {
		t.Errorf("%v: %s", err, out)
	}
}

// TestInUserNamespace runs as the only user of a user namespace, who is root
// there and nobody special outside.
func TestInUserNamespace(t *testing.T) {
	cmd := process(t)
	unshare := exec.Command("unshare", "-Ur", cmd.Path, "run", "handshake/three-way", "--format", "events")
	unshare.Env = cmd.Env
	out, err := unshare.Output()
	if err != nil {
		t.Fatal(err)
	}
	checkHandshake(t, string(out))
}

package main_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// engine is a dockerd of the test's own: data, socket, network and process
// ids apart from those of an engine that the machine may have.
type engine struct {
	process *exec.Cmd
	client  *http.Client
	dir     string // of everything that it keeps
	log     *bytes.Buffer
}

// engineStart is how long dockerd may take until it answers.
const engineStart = time.Minute

// unable ends a test that this machine cannot run. Where the whole is tested
// that is a failure.
func unable(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}

// startEngine starts an engine that ends with the test.
func startEngine(t *testing.T) *engine {
	t.Helper()
	dockerd, err := exec.LookPath("dockerd")
	if err != nil {
		unable(t, "no dockerd: apt-get install docker.io")
	}
	if os.Getuid() != 0 {
		unable(t, "dockerd needs root: sudo make test")
	}
	dir := t.TempDir()
	group := fmt.Sprintf("fivetuple-test-%d", os.Getpid())
	socket := filepath.Join(dir, "socket")
	e := &engine{dir: dir, log: &bytes.Buffer{}}
	e.client = &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", socket)
	}}}
	// It is the first process of its namespaces: all that it starts ends
	// with it, and what it mounts is seen by nobody else.
	script := `mount --make-rprivate / && mount -t proc proc /proc && ip link set lo up && exec "$@"`
	e.process = exec.Command("sh", "-c", script, "sh", dockerd, "--data-root", dir+"/data", "--exec-root", dir+"/exec",
		"--pidfile", dir+"/pid", "--host", "unix://"+socket, "--cgroup-parent", "/"+group)
	e.process.Stdout, e.process.Stderr = e.log, e.log
	e.process.SysProcAttr = &syscall.SysProcAttr{Cloneflags: unix.CLONE_NEWNS | unix.CLONE_NEWNET | unix.CLONE_NEWPID, Pdeathsig: unix.SIGKILL}
	runtime.LockOSThread() // the death signal is sent when this thread ends
	if err := e.process.Start(); err != nil {
		unable(t, "this machine does not let dockerd have namespaces of its own: %v", err)
	}
	ended := make(chan struct{})
	go func() {
		_ = e.process.Wait() // it was told to end, or its log says why it did
		close(ended)
	}()
	t.Cleanup(func() {
		e.stop(ended)
		e.client.CloseIdleConnections()
		removeGroups(group)
		runtime.UnlockOSThread()
	})
	e.await(t, ended)
	return e
}

// await waits until the engine answers.
func (e *engine) await(t *testing.T, ended <-chan struct{}) {
	t.Helper()
	deadline := time.After(engineStart)
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		if answer, err := e.client.Get("http://engine/_ping"); err == nil {
			answer.Body.Close()
			return
		}
		select {
		case <-ended:
			lines := strings.Split(strings.TrimSpace(e.log.String()), "\n")
			unable(t, "dockerd does not run on this machine: %s", lines[len(lines)-1])
		case <-deadline:
			t.Fatalf("dockerd does not answer after %v:\n%s", engineStart, e.log)
		case <-tick.C:
		}
	}
}

// stop ends the engine and with it, by its pid namespace, all that is left
// of its containers.
func (e *engine) stop(ended <-chan struct{}) {
	_ = e.process.Process.Signal(unix.SIGTERM)
	select {
	case <-ended:
	case <-time.After(20 * time.Second):
		_ = e.process.Process.Kill()
		<-ended
	}
}

// removeGroups removes the control groups that the engine made for its
// containers.
func removeGroups(name string) {
	found, _ := filepath.Glob("/sys/fs/cgroup/*/" + name)
	for _, dir := range append(found, "/sys/fs/cgroup/"+name) {
		_ = os.Remove(dir) // where there is none, or the kernel is not done with it
	}
}

// do asks the engine and decodes its answer into v, unless that is nil. The
// answer of a long request is a stream of messages, of which the last may be
// an error.
func (e *engine) do(t *testing.T, method, path string, query url.Values, body io.Reader, v any) {
	t.Helper()
	ask, err := http.NewRequestWithContext(t.Context(), method, "http://engine"+path+"?"+query.Encode(), body)
	if err != nil {
		t.Fatal(err)
	}
	ask.Header.Set("Content-Type", "application/json")
	if strings.HasPrefix(path, "/build") {
		ask.Header.Set("Content-Type", "application/x-tar")
	}
	answer, err := e.client.Do(ask)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode >= 400 || bytes.Contains(said, []byte(`"errorDetail"`)) {
		t.Fatalf("%s %s: %s %v\n%s", method, path, answer.Status, err, said)
	}
	if v != nil {
		if err := json.Unmarshal(said, v); err != nil {
			t.Fatalf("%s %s: %v in %s", method, path, err, said)
		}
	}
}

// send is do with a value as its body.
func (e *engine) send(t *testing.T, path string, query url.Values, body, v any) {
	t.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	e.do(t, http.MethodPost, path, query, bytes.NewReader(b), v)
}

// load makes an image of a tar archive; changes are lines of a Dockerfile.
func (e *engine) load(t *testing.T, name string, archive io.Reader, changes ...string) {
	t.Helper()
	e.do(t, http.MethodPost, "/images/create", url.Values{"fromSrc": {"-"}, "repo": {name}, "tag": {"latest"}, "changes": changes}, archive, nil)
}

// dial connects from the engine's network, where its containers' ports are.
func (e *engine) dial(ctx context.Context, network, address string) (conn net.Conn, err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread() // and never unlocked: the thread is in another namespace
		var ns int
		if ns, err = unix.Open(fmt.Sprintf("/proc/%d/ns/net", e.process.Process.Pid), unix.O_RDONLY|unix.O_CLOEXEC, 0); err != nil {
			return
		}
		defer unix.Close(ns)
		if err = unix.Setns(ns, unix.CLONE_NEWNET); err == nil {
			conn, err = (&net.Dialer{}).DialContext(ctx, network, address)
		}
	}()
	<-done
	return conn, err
}

// browser is a client of what the engine's containers serve.
func (e *engine) browser() *http.Client {
	jar, _ := cookiejar.New(nil) // without options it cannot fail
	return &http.Client{Jar: jar, Timeout: 30 * time.Second, Transport: &http.Transport{DisableKeepAlives: true, DialContext: e.dial}}
}

// page is what a container answers at an address that it serves.
func (e *engine) page(t *testing.T, url string) string {
	t.Helper()
	return fetched(t, e.browser(), url)
}

// served waits until a server in a container answers that all is well.
func (e *engine) served(t *testing.T, url string) {
	t.Helper()
	client := e.browser()
	await(t, 30*time.Second, func() error {
		answer, err := client.Get(url)
		if err != nil {
			return err
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			return fmt.Errorf("%s answers %s", url, answer.Status)
		}
		return nil
	})
}

// healthy waits until the engine itself finds a container healthy.
func (e *engine) healthy(t *testing.T, id string) {
	t.Helper()
	await(t, 90*time.Second, func() error {
		var found struct {
			State struct{ Health struct{ Status string } }
		}
		e.do(t, http.MethodGet, "/containers/"+id+"/json", nil, nil, &found)
		if s := found.State.Health.Status; s != "healthy" {
			return fmt.Errorf("the engine finds the container %q", s)
		}
		return nil
	})
}

// await asks until there is no error, at most for so long.
func await(t *testing.T, limit time.Duration, ask func() error) {
	t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	var err error
	for deadline := time.Now().Add(limit); time.Now().Before(deadline); <-tick.C {
		if err = ask(); err == nil {
			return
		}
	}
	t.Error(err)
}

package main_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
)

// service is what compose.yaml says of a container. A key that is not here
// fails the test: it would be a setting that is not tested.
type service struct {
	Build       string   `yaml:"build"`
	Image       string   `yaml:"image"`
	Ports       []string `yaml:"ports"`
	Volumes     []string `yaml:"volumes"`
	ReadOnly    bool     `yaml:"read_only"`
	Tmpfs       []string `yaml:"tmpfs"`
	CapDrop     []string `yaml:"cap_drop"`
	SecurityOpt []string `yaml:"security_opt"`
	MemLimit    string   `yaml:"mem_limit"`
	PidsLimit   int64    `yaml:"pids_limit"`
	Restart     string   `yaml:"restart"`
}

// composed is the service of compose.yaml.
func composed(t *testing.T) service {
	t.Helper()
	text, err := os.ReadFile("../compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Services map[string]service `yaml:"services"`
		Volumes  map[string]any     `yaml:"volumes"`
	}
	if err := yaml.UnmarshalWithOptions(text, &file, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	return file.Services["fivetuple"]
}

// container is a container as the engine's API has it.
type container struct {
	Image        string
	Cmd          []string            `json:",omitempty"`
	ExposedPorts map[string]struct{} `json:",omitempty"`
	HostConfig   hostConfig
}

type hostConfig struct {
	ReadonlyRootfs bool
	Tmpfs          map[string]string        `json:",omitempty"`
	Binds          []string                 `json:",omitempty"`
	CapDrop        []string                 `json:",omitempty"`
	CapAdd         []string                 `json:",omitempty"`
	SecurityOpt    []string                 `json:",omitempty"`
	MaskedPaths    []string                 `json:",omitzero"` // nil: the engine's own
	ReadonlyPaths  []string                 `json:",omitzero"`
	Memory         int64                    `json:",omitempty"`
	PidsLimit      int64                    `json:",omitempty"`
	PortBindings   map[string][]portBinding `json:",omitempty"`
}

type portBinding struct{ HostPort string }

// container is s as Compose asks the engine for it: the profile is sent
// along, and systempaths is a word of the command line only.
func (s service) container(t *testing.T) container {
	t.Helper()
	c := container{Image: s.Image, HostConfig: hostConfig{
		ReadonlyRootfs: s.ReadOnly, Tmpfs: map[string]string{}, Binds: s.Volumes, CapDrop: s.CapDrop,
		PidsLimit: s.PidsLimit, PortBindings: map[string][]portBinding{},
	}}
	if _, err := fmt.Sscanf(s.MemLimit, "%dg", &c.HostConfig.Memory); err != nil {
		t.Fatal(err)
	}
	c.HostConfig.Memory <<= 30
	for _, mount := range s.Tmpfs {
		at, options, _ := strings.Cut(mount, ":")
		c.HostConfig.Tmpfs[at] = options
	}
	for _, p := range s.Ports {
		outside, inside, _ := strings.Cut(p, ":")
		c.HostConfig.PortBindings[inside+"/tcp"] = []portBinding{{outside}}
	}
	for _, option := range s.SecurityOpt {
		if file, ok := strings.CutPrefix(option, "seccomp:"); ok {
			profile, err := os.ReadFile(filepath.Join("..", file))
			if err != nil {
				t.Fatal(err)
			}
			option = "seccomp=" + string(profile)
		}
		if option == "systempaths=unconfined" {
			c.HostConfig.MaskedPaths, c.HostConfig.ReadonlyPaths = []string{}, []string{}
			continue
		}
		c.HostConfig.SecurityOpt = append(c.HostConfig.SecurityOpt, option)
	}
	return c
}

// start starts a container, which is removed at the end.
func (e *engine) start(t *testing.T, c container) (id string) {
	t.Helper()
	var made struct {
		ID       string `json:"Id"`
		Warnings []string
	}
	e.send(t, "/containers/create", nil, c, &made)
	t.Cleanup(func() {
		ask, err := http.NewRequest(http.MethodDelete, "http://engine/containers/"+made.ID+"?force=1&v=1", nil)
		if err != nil {
			t.Fatal(err)
		}
		if answer, err := e.client.Do(ask); err == nil {
			answer.Body.Close()
		}
	})
	e.do(t, http.MethodPost, "/containers/"+made.ID+"/start", nil, nil, nil)
	return made.ID
}

// output runs the program in a container and returns what it said and its
// exit status.
func (e *engine) output(t *testing.T, id string, args ...string) (said string, status int) {
	t.Helper()
	var made struct {
		ID string `json:"Id"`
	}
	e.send(t, "/containers/"+id+"/exec", nil, map[string]any{"AttachStdout": true, "AttachStderr": true, "Cmd": append([]string{"fivetuple"}, args...)}, &made)
	answer, err := e.client.Post("http://engine/exec/"+made.ID+"/start", "application/json", strings.NewReader(`{}`))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var ended struct{ ExitCode int }
	said = streams(t, answer.Body)
	e.do(t, http.MethodGet, "/exec/"+made.ID+"/json", nil, nil, &ended)
	return said, ended.ExitCode
}

// said is what the first program of a container has printed.
func (e *engine) said(t *testing.T, id string) string {
	t.Helper()
	answer, err := e.client.Get("http://engine/containers/" + id + "/logs?stdout=1&stderr=1")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	return streams(t, answer.Body)
}

// streams reads what the engine sends of standard output and error: pieces,
// each with a header of its stream and length.
func streams(t *testing.T, r io.Reader) string {
	t.Helper()
	var said bytes.Buffer
	var header [8]byte
	for {
		if _, err := io.ReadFull(r, header[:]); err == io.EOF {
			return said.String()
		} else if err != nil {
			t.Fatal(err)
		}
		if _, err := io.CopyN(&said, r, int64(binary.BigEndian.Uint32(header[4:]))); err != nil {
			t.Fatal(err)
		}
	}
}

// TestContainer builds the image, and runs it as compose.yaml says.
func TestContainer(t *testing.T) {
	e := startEngine(t)
	began := time.Now()
	s := composed(t)
	e.build(t, s.Image)
	var image struct {
		Size   int64
		Config struct {
			User        string
			Healthcheck struct{ Test []string }
			Volumes     map[string]struct{}
		}
	}
	e.do(t, http.MethodGet, "/images/"+s.Image+"/json", nil, nil, &image)
	t.Logf("image of %d MB, built in %v", image.Size/1e6, time.Since(began).Round(time.Second))
	if image.Config.User != "65532:65532" || !slices.Equal(image.Config.Healthcheck.Test, []string{"CMD", "fivetuple", "health"}) {
		t.Errorf("the image runs as %q and is asked for its health by %q", image.Config.User, image.Config.Healthcheck.Test)
	}
	if image.Size > 120e6 {
		t.Errorf("the image has %d bytes", image.Size)
	}
	t.Run("compose", func(t *testing.T) { testComposed(t, e, s) })
	t.Run("bare", func(t *testing.T) { testBare(t, e, container{Image: s.Image}) })
	t.Run("cut", func(t *testing.T) {
		testCut(t, e, container{Image: s.Image, HostConfig: hostConfig{CapAdd: []string{"SYS_PTRACE"}}})
	})
	t.Run("hidden", func(t *testing.T) {
		hidden := s.container(t)
		hidden.HostConfig.MaskedPaths, hidden.HostConfig.ReadonlyPaths, hidden.HostConfig.PortBindings = nil, nil, nil
		testDoctor(t, e, hidden, "parts of /proc are hidden", "systempaths=unconfined", "/proc/sys is read-only")
	})
	t.Run("profile", func(t *testing.T) { testProfile(t, e, s) })
}

func testComposed(t *testing.T, e *engine, s service) {
	id := e.start(t, s.container(t))
	defer func() {
		if t.Failed() {
			t.Logf("it said: %s", e.said(t, id))
		}
	}()
	e.served(t, "http://127.0.0.1:8080/healthz")
	if said, status := e.output(t, id, "health"); status != 0 {
		t.Errorf("health: %d %s", status, said)
	}
	said, status := e.output(t, id, "doctor")
	if status != 0 || strings.Contains(said, "missing") {
		t.Errorf("doctor: %d\n%s", status, said)
	}
	if said, status = e.output(t, id, "check", "--jobs", "16"); status != 0 {
		t.Errorf("check: %d\n%s", status, said)
	}
	e.healthy(t, id)
	learner := e.browser()
	if status := visit(t, learner); status != http.StatusNoContent {
		t.Errorf("to keep progress: %d", status)
	}
	e.do(t, http.MethodPost, "/containers/"+id+"/restart", nil, nil, nil)
	e.served(t, "http://127.0.0.1:8080/healthz")
	if kept := fetched(t, learner, "http://127.0.0.1:8080/api/progress"); !strings.Contains(kept, `"handshake/three-way"`) {
		t.Errorf("after the container was started again this is kept: %s", kept)
	}
	e.do(t, http.MethodPost, "/containers/"+id+"/stop", nil, nil, nil)
	e.start(t, s.container(t)) // the volume has a name, and lasts
	e.served(t, "http://127.0.0.1:8080/healthz")
	if kept := fetched(t, learner, "http://127.0.0.1:8080/api/progress"); !strings.Contains(kept, `"handshake/three-way"`) {
		t.Errorf("in a new container this is kept: %s", kept)
	}
}

// visit has a learner visit a lesson.
func visit(t *testing.T, learner *http.Client) (status int) {
	t.Helper()
	answer, err := learner.Post("http://127.0.0.1:8080/api/progress", "application/json", strings.NewReader(`{"lesson":"handshake/three-way","did":"visit"}`))
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	return answer.StatusCode
}

// fetched is what is at an address.
func fetched(t *testing.T, from *http.Client, address string) string {
	t.Helper()
	answer, err := from.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// testBare runs the image without any option: labs on one host run.
func testBare(t *testing.T, e *engine, c container) {
	testDoctor(t, e, c, "tier         shared", "the seccomp profile of Docker refuses them", "seccomp=seccomp.json", "without CAP_NET_RAW no packet", "without pidfd_getfd no wire")
	c.HostConfig.PortBindings = map[string][]portBinding{"8080/tcp": {{"8080"}}}
	id := e.start(t, c)
	e.served(t, "http://127.0.0.1:8080/healthz")
	page := e.page(t, "http://127.0.0.1:8080/en/handshake/three-way") // of a lab with a wire
	for _, want := range []string{"Recorded run · ", `data-run="/api/recordings/`, "docker compose up", "seccomp=seccomp.json"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of a lab with a wire has no %s", want)
		}
	}
	if page = e.page(t, "http://127.0.0.1:8080/en/endpoints/two-programs"); strings.Contains(page, "data-run=") {
		t.Error("a lab on one host, which runs, shows a recorded run")
	}
	learner := e.browser()
	answer, err := learner.Post("http://127.0.0.1:8080/api/sandboxes", "application/json", strings.NewReader(`{"lab":"servers/reuseport","start":"run"}`))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var made struct{ ID string }
	if err := json.NewDecoder(answer.Body).Decode(&made); err != nil || made.ID == "" {
		t.Fatalf("a sandbox: %s, %v", answer.Status, err)
	}
	await(t, 30*time.Second, func() error {
		told := fetched(t, learner, "http://127.0.0.1:8080/api/sandboxes/"+made.ID+"/recording.json")
		for _, want := range []string{`"text":"shared"`, "A served", "B served", `"cause":"finished"`} {
			if !strings.Contains(told, want) {
				return fmt.Errorf("the recording of a run asked for over HTTP has no %s: %.300s", want, told)
			}
		}
		return nil
	})
	said, status := e.output(t, id, "run", "endpoints/two-programs", "--format", "events")
	if status != 0 || !strings.Contains(said, `"text":"shared"`) || !strings.Contains(said, `"to":"ESTABLISHED"`) || !strings.Contains(said, `"cause":"finished"`) {
		t.Errorf("run: %d\n%s", status, said)
	}
	if said, status = e.output(t, id, "run", "handshake/three-way"); status == 0 || !strings.Contains(said, "seccomp=seccomp.json") {
		t.Errorf("run of a lab with a wire: %d\n%s", status, said)
	}
}

// testCut runs the image with the one capability for which the engine's
// profile lets sockets be made deaf.
func testCut(t *testing.T, e *engine, c container) {
	testDoctor(t, e, c, "tier         shared", "labs whose wire does nothing but being cut run")
	said, _ := e.output(t, e.start(t, c), "run", "reliability/retransmission", "--format", "events")
	for _, w := range []string{`"text":"cut"`, `"reason":"cut"`, `"text":"17\n"`, `"cause":"finished"`} {
		if !strings.Contains(said, w) {
			t.Errorf("the run says\n%s\nand nothing of %s", said, w)
		}
	}
}

// testDoctor runs a container that lacks something: the doctor says what,
// and what to do.
func testDoctor(t *testing.T, e *engine, c container, want ...string) {
	said, _ := e.output(t, e.start(t, c), "doctor")
	for _, w := range want {
		if !strings.Contains(said, w) {
			t.Errorf("doctor says\n%s\nand nothing of %q", said, w)
		}
	}
}

// rule is a rule of a seccomp profile as a runtime is given it.
type rule struct {
	Names  []string
	Action string
	Args   []map[string]any
}

// allowed are the system calls that the container may make whatever their
// arguments: what the engine made of a profile.
func (e *engine) allowed(t *testing.T, c container) map[string]bool {
	t.Helper()
	id := e.start(t, c)
	files, err := filepath.Glob(e.dir + "/exec/containerd/daemon/io.containerd.runtime.v2.task/*/" + id + "/config.json")
	if err != nil || len(files) != 1 {
		t.Fatalf("the runtime's configuration of container %s: %v, %v", id, files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	var config struct {
		Linux struct{ Seccomp struct{ Syscalls []rule } }
	}
	if err := json.Unmarshal(text, &config); err != nil {
		t.Fatal(err)
	}
	calls := map[string]bool{}
	for _, r := range config.Linux.Seccomp.Syscalls {
		for _, name := range r.Names {
			if r.Action == "SCMP_ACT_ALLOW" && len(r.Args) == 0 {
				calls[name] = true
			}
		}
	}
	return calls
}

// testProfile compares the shipped profile with the engine's own: nothing
// may be allowed that neither the engine, nor a later one, nor a sandbox
// needs.
func testProfile(t *testing.T, e *engine, s service) {
	ours, plain := s.container(t), s.container(t)
	ours.HostConfig.PortBindings, plain.HostConfig.PortBindings = nil, nil
	plain.HostConfig.SecurityOpt = []string{"no-new-privileges:true"}
	with, without := e.allowed(t, ours), e.allowed(t, plain)
	var more []string
	for _, name := range slices.Sorted(maps.Keys(with)) {
		if !without[name] && !slices.Contains(laterCalls, name) {
			more = append(more, name)
		}
	}
	want := []string{"mount", "mount_setattr", "pidfd_getfd", "pivot_root", "umount2"}
	if !slices.Equal(more, want) {
		t.Errorf("the profile allows %q beyond Docker's, want %q (and clone and unshare by their arguments)", more, want)
	}
}

// laterCalls are those that a later Docker allows (moby/profiles v0.1.0).
var laterCalls = []string{
	"cachestat", "fchmodat2", "futex_requeue", "futex_wait", "futex_wake", "getxattrat", "listmount", "listxattrat", "map_shadow_stack",
	"mseal", "name_to_handle_at", "pkey_alloc", "pkey_free", "pkey_mprotect", "process_vm_readv", "process_vm_writev", "removexattrat",
	"setxattrat", "statmount", "uretprobe",
}

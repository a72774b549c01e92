//go:build linux

package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fivetuple/server/store"
)

// diskEnv tells a process of the test that it has a small disk, and where.
const diskEnv = "FIVETUPLE_TEST_DISK"

// onDisk runs this test again where a disk of this size is mounted, which is
// for temporary files too. There it returns the disk's folder, and here
// nothing, when that has passed.
func onDisk(t *testing.T, size string) (dir string) {
	t.Helper()
	if dir := os.Getenv(diskEnv); dir != "" {
		return dir
	}
	dir, err := os.MkdirTemp("/var/tmp", "fivetuple-test") // a sandbox of the test has a /tmp of its own
	if err != nil {
		t.Fatal(err)
	}
	defer os.Remove(dir)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	again := exec.Command("unshare", "-Urm", "sh", "-c", `mount -t tmpfs -o size=`+size+` none "$TMPDIR" && exec "$0" "$@"`,
		self, "-test.run=^"+t.Name()+"$", "-test.v")
	again.Env = append(os.Environ(), diskEnv+"="+dir, "TMPDIR="+dir)
	out, err := again.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Errorf("%v\n%s", err, out)
	}
	return ""
}

// fill writes a file until the disk is full, to the last byte; empty removes
// it.
func fill(t *testing.T, dir string) (empty func()) {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, "filler"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for err == nil {
		_, err = f.Write(make([]byte, 4096))
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	return func() {
		if err := os.Remove(f.Name()); err != nil {
			t.Error(err)
		}
	}
}

// files are the files and folders below dir.
func files(t *testing.T, dir string) (all []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		all = append(all, path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// visitor is a browser on a server that has just said what is missing.
type visitor struct {
	*testing.T
	http.Client
	host    string
	missing string // what the server says
}

// visit serves with these arguments until stop.
func visit(t *testing.T, args ...string) (v *visitor, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out, said := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...), said, io.Discard)
		said.Close()
	}()
	lines := bufio.NewScanner(out)
	lines.Scan()
	v = &visitor{T: t, host: strings.Trim(strings.TrimPrefix(lines.Text(), "fivetuple: http://"), "/")}
	told := make(chan string, 1)
	go func() { // until the server ends
		all := ""
		for lines.Scan() {
			all += lines.Text() + "\n"
		}
		told <- all
	}()
	v.Jar, _ = cookiejar.New(nil) // it never fails
	return v, func() {
		v.CloseIdleConnections()
		cancel()
		if status := <-ended; status != exitOK {
			t.Errorf("serve ended with %d", status)
		}
		v.missing = <-told
	}
}

// ask returns the status and the text of an answer; with a body it posts.
func (v *visitor) ask(path, body string) (int, string) {
	v.Helper()
	method := http.MethodGet
	if body != "" {
		method = http.MethodPost
	}
	request, err := http.NewRequestWithContext(v.Context(), method, "http://"+v.host+path, strings.NewReader(body))
	if err != nil {
		v.Fatal(err)
	}
	request.Header.Set("Accept-Language", "ko")
	response, err := v.Do(request)
	if err != nil {
		v.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		v.Fatal(err)
	}
	return response.StatusCode, string(text)
}

// deed is what a page tells when a lesson is opened.
const deed = `{"lesson":"u/l","did":"visit"}`

// TestFullDisk starts on a disk that is full to the last byte: lessons are
// served, labs run, and what cannot be is said with the folder and what to do.
func TestFullDisk(t *testing.T) {
	dir := onDisk(t, "4m")
	if dir == "" {
		return
	}
	lessons, data := small(t, goodChecks), filepath.Join(dir, "data")
	program := filepath.Join(written(t, map[string]string{"main.go": "package main\n\nfunc main() {}\n"}), "main.go")
	if err := os.Mkdir(data, 0o700); err != nil {
		t.Fatal(err)
	}
	fill(t, dir)
	before := files(t, dir)

	if status, out, said := command(t, "run", "--lessons", lessons, "u/l"); status != exitOK {
		t.Errorf("run: %d with %q after\n%s", status, said, out)
	}
	if status, _, said := command(t, "run", "--program", "client="+program); status != exitFailed || !strings.Contains(said, dir) || !strings.Contains(said, "set TMPDIR") {
		t.Errorf("run of a program in Go: %d with %q", status, said)
	}
	v, stop := visit(t, "--lessons", lessons, "--data", data)
	for _, path := range []string{"/ko/", "/en/u/l", "/ko/progress", "/static/lesson.js"} {
		if status, text := v.ask(path, ""); status != http.StatusOK || text == "" {
			t.Errorf("%s: %d, %d bytes", path, status, len(text))
		}
	}
	if status, text := v.ask("/api/progress", deed); status != http.StatusServiceUnavailable || !strings.Contains(text, `"not-kept"`) || !strings.Contains(text, "남지 않았습니다") {
		t.Errorf("progress: %d %s", status, text)
	}
	conn, _ := stream(t, v.host) // a lab runs
	conn.Close()
	stop()
	for _, want := range []string{"progress is not kept: " + data, "full", "make room there", "--data"} {
		if !strings.Contains(v.missing, want) {
			t.Errorf("the server says %q, want %q", v.missing, want)
		}
	}
	if diff := cmp.Diff(before, files(t, dir)); diff != "" {
		t.Errorf("left behind (-before +after):\n%s", diff)
	}
}

// TestFolderThatCannotBeWritten starts on a folder that has become read-only:
// what was kept in it is not lost, and nobody is told that it is.
func TestFolderThatCannotBeWritten(t *testing.T) {
	dir := onDisk(t, "8m")
	if dir == "" {
		return
	}
	serve := []string{"--lessons", small(t, goodChecks), "--data", filepath.Join(dir, "data")}
	remount := func(how string) {
		t.Helper()
		if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|map[string]uintptr{"ro": syscall.MS_RDONLY}[how], ""); err != nil {
			t.Fatal(how, err)
		}
	}
	first, stop := visit(t, serve...)
	if status, text := first.ask("/api/progress", deed); status != http.StatusNoContent {
		t.Fatalf("%d %s", status, text)
	}
	_, before := first.ask("/api/progress", "")
	stop()
	again := func(check func(*visitor)) {
		t.Helper()
		v, stop := visit(t, serve...)
		word, _ := url.Parse("http://" + first.host)
		address, _ := url.Parse("http://" + v.host)
		v.Jar.SetCookies(address, first.Jar.Cookies(word))
		check(v)
		stop()
		if missing := strings.Contains(v.missing, "progress is not kept"); missing != strings.Contains(v.missing, "choose a folder that can be written with --data") {
			t.Errorf("the server says %q", v.missing)
		}
	}
	remount("ro")
	again(func(v *visitor) {
		if status, text := v.ask("/api/progress", ""); status != http.StatusServiceUnavailable || !strings.Contains(text, "내려받을 수 없습니다") {
			t.Errorf("export: %d %s", status, text)
		}
		if status, text := v.ask("/ko/progress", ""); status != http.StatusOK || !strings.Contains(text, "전에 남긴 기록도 사라지지 않습니다") {
			t.Errorf("the page: %d %s", status, text)
		}
	})
	remount("rw")
	again(func(v *visitor) {
		if status, text := v.ask("/api/progress", ""); status != http.StatusOK || text != before || !strings.Contains(text, "u/l") {
			t.Errorf("export: %d %s, before there was %s", status, text, before)
		}
	})
}

// TestDiskThatFills fills the disk while the course is served: what was kept
// stays, what is not kept is said at once, and with room it is kept again.
func TestDiskThatFills(t *testing.T) {
	dir := onDisk(t, "4m")
	if dir == "" {
		return
	}
	v, stop := visit(t, "--lessons", small(t, goodChecks), "--data", filepath.Join(dir, "data"))
	defer stop()
	kept := func() string {
		_, text := v.ask("/api/progress", "")
		return text
	}
	if status, text := v.ask("/api/progress", deed); status != http.StatusNoContent {
		t.Fatalf("%d %s", status, text)
	}
	before := kept()
	empty := fill(t, dir)
	began := time.Now()
	if status, text := v.ask("/api/progress", deed); status != http.StatusServiceUnavailable || !strings.Contains(text, `"not-kept"`) {
		t.Errorf("on a full disk: %d %s", status, text)
	}
	if took := time.Since(began); took > 4*time.Second { // the store's own time-out is 5 s
		t.Errorf("it took %v to say that nothing is kept", took)
	}
	if text := kept(); text != before || !strings.Contains(text, "u/l") {
		t.Errorf("on a full disk there is\n%s\nbefore there was\n%s", text, before)
	}
	empty()
	if status, text := v.ask("/api/progress", `{"lesson":"u/l","did":"run"}`); status != http.StatusNoContent {
		t.Errorf("with room again: %d %s", status, text)
	}
	if !strings.Contains(kept(), `"ran"`) {
		t.Errorf("with room again there is\n%s", kept())
	}
}

// TestDiskForSome has three write at once where there is room for two: one is
// refused, and the store goes on.
func TestDiskForSome(t *testing.T) {
	dir := onDisk(t, "12m")
	if dir == "" {
		return
	}
	s, err := store.Open(t.Context(), filepath.Join(dir, "data"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	objects, err := s.Objects(t.Context(), "things", store.Bounds{All: 1 << 30})
	if err != nil {
		t.Fatal(err)
	}
	words, err := s.Bucket(t.Context(), "words", store.Bounds{Value: 1 << 10, All: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	var writers sync.WaitGroup
	errs := make(chan error, 3)
	for _, key := range []string{"a", "b", "c"} {
		writers.Go(func() { errs <- objects.Put(t.Context(), key, make([]byte, 4<<20)) })
	}
	writers.Wait()
	close(errs)
	for err := range errs {
		if err != nil && !errors.Is(err, store.ErrFull) {
			t.Errorf("put: %v", err)
		}
	}
	if err := words.Put(t.Context(), "a", []byte("one"), 0); err != nil {
		t.Errorf("put afterwards: %v", err)
	}
}

//go:build linux

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"fivetuple/sandbox/recording"
)

// TestFormats saves a run and shows it in every form.
func TestFormats(t *testing.T) {
	status, saved, errs := command(t, "run", "handshake/three-way", "--format", "json")
	if status != exitOK {
		t.Fatalf("status %d: %s", status, errs)
	}
	rec, err := recording.Read(strings.NewReader(saved))
	if err != nil || rec.Lab != "handshake/three-way" {
		t.Fatalf("%v of %q", err, rec.Lab)
	}
	file := filepath.Join(t.TempDir(), "run.json")
	if err := os.WriteFile(file, []byte(saved), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, part := range map[string]string{
		"text":    "connect(3, ",
		"events":  `{"seq":1,"t":`,
		"json":    `{"version":1,"lab":"handshake/three-way","events":[{"seq":1,`,
		"strace":  "<... accept4 resumed>{sa_family=AF_INET, ",
		"tcpdump": " > 10.0.0.2.8080: Flags [S], seq ",
		"pcapng":  "\x0a\x0d\x0d\x0a",
	} {
		status, out, errs := command(t, "show", file, "--format", name)
		if status != exitOK || errs != "" || !strings.Contains(out, part) {
			t.Errorf("%s: status %d, %s, there is no %q in\n%.300s", name, status, errs, part, out)
		}
		if name == "json" && out != saved {
			t.Error("json: what is shown is not what was saved")
		}
	}
}

func TestRunInEveryFormat(t *testing.T) {
	for _, f := range formats() {
		status, out, errs := command(t, "run", "handshake/three-way", "--format", f.name)
		if status != exitOK || errs != "" || out == "" {
			t.Errorf("%s: status %d, %s", f.name, status, errs)
		}
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

// TestFormatsOnFullDisk: a run that could not be written is no success.
func TestFormatsOnFullDisk(t *testing.T) {
	tests := [][]string{{"run", "handshake/three-way", "--format", "text"}}
	for _, f := range formats() {
		tests = append(tests, []string{"show", "../lessons/labs/handshake/three-way/recording.json.gz", "--format", f.name})
	}
	for _, args := range tests {
		var errs bytes.Buffer
		status := run(t.Context(), args, full{}, &errs)
		if status != exitFailed || !strings.HasPrefix(errs.String(), "fivetuple: write "+args[3]+": ") || strings.Count(errs.String(), "write "+args[3]) > 1 || !strings.Contains(errs.String(), "no space left on device") {
			t.Errorf("%v: status %d: %s", args, status, errs.String())
		}
	}
}

func TestShowRefuses(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return file
	}
	newer, broken := write("newer", `{"version":9,"lab":"x","events":[]}`), write("broken", `{"version":1`)
	tests := []struct {
		name   string
		args   []string
		status int
		says   string
	}{
		{"newer", []string{"show", newer}, exitFailed, newer + ": a recording of a newer format: it is of version 9"},
		{"broken", []string{"show", broken}, exitFailed, broken + ": not a recording"},
		{"no file", []string{"show", filepath.Join(dir, "none")}, exitFailed, "no such file"},
		{"no name", []string{"show"}, exitUsage, "one FILE"},
		{"two", []string{"show", newer, broken}, exitUsage, "one FILE"},
		{"format", []string{"show", newer, "--format", "pdf"}, exitUsage, `--format "pdf" is none of text, events, json, strace, tcpdump, pcapng`},
		{"format of run", []string{"run", "handshake/three-way", "--format", "pdf"}, exitUsage, `--format "pdf" is none of`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, out, errs := command(t, tt.args...)
			if status != tt.status || !strings.Contains(errs, tt.says) || out != "" {
				t.Errorf("status %d, want %d: %s%s", status, tt.status, out, errs)
			}
		})
	}
}

// TestShowPacked: a recorded run of the course is shown as it lies beside its
// lab.
func TestShowPacked(t *testing.T) {
	status, out, errs := command(t, "show", "../lessons/labs/handshake/three-way/recording.json.gz", "--format", "tcpdump")
	if status != exitOK || strings.Count(out, "Flags [S") != 2 {
		t.Errorf("status %d: %s%s", status, out, errs)
	}
}

// TestCaptureIsNotForATerminal gives the command a terminal, and then the
// device that swallows everything.
func TestCaptureIsNotForATerminal(t *testing.T) {
	terminal, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	for _, args := range [][]string{{"run", "handshake/three-way"}, {"show", "none.json"}} {
		var errs bytes.Buffer
		if status := run(t.Context(), append(args, "--format", "pcapng"), terminal, &errs); status != exitUsage || !strings.Contains(errs.String(), "> run.pcapng") {
			t.Errorf("%v: status %d: %s", args, status, errs.String())
		}
	}
	var errs bytes.Buffer
	if status := run(t.Context(), []string{"run", "handshake/three-way", "--format", "pcapng"}, null, &errs); status != exitOK {
		t.Errorf("to %s: status %d: %s", os.DevNull, status, errs.String())
	}
}

// TestShowReadsStandardInput goes through a pipe as a shell would.
func TestShowReadsStandardInput(t *testing.T) {
	_, saved, _ := command(t, "run", "handshake/three-way", "--format", "json")
	show := process(t, "show", "-", "--format", "pcapng")
	show.Stdin = strings.NewReader(saved)
	capture, err := show.Output()
	if err != nil {
		t.Fatal(err)
	}
	tshark := exec.Command("tshark", "-r", "-", "-Y", "tcp.flags.syn == 1")
	tshark.Stdin = bytes.NewReader(capture)
	out, err := tshark.Output()
	if err != nil || strings.Count(string(out), "\n") != 2 {
		t.Errorf("%v: %s", err, out)
	}
}

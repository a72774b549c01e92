//go:build linux

package unwind

import (
	"debug/elf"
	"os/exec"
	"testing"
)

// section is a real table, of the program that runs other programs.
func section(t testing.TB) (b []byte, address uint64) {
	t.Helper()
	path, err := exec.LookPath("sh")
	if err != nil {
		t.Fatal(err)
	}
	f, err := elf.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s := f.Section(".eh_frame")
	if b, err = s.Data(); err != nil {
		t.Fatal(err)
	}
	return b, s.Addr
}

// TestTable runs the program of every function of a real table: at its first
// instruction the frame of each begins where the call left it.
func TestTable(t *testing.T) {
	var all table
	b, address := section(t)
	all.read(b, address)
	if len(all.functions) < 50 {
		t.Fatalf("%d functions", len(all.functions))
	}
	known := 0
	for _, f := range all.functions {
		if f.to <= f.from {
			t.Errorf("function from %#x to %#x", f.from, f.to)
		}
		if r, ok := all.rule(f.from); ok && r == (rule{register: stackPointer, offset: 8}) {
			known++
		}
	}
	if known < len(all.functions)*9/10 {
		t.Errorf("of %d functions only %d begin as functions do", len(all.functions), known)
	}
}

func FuzzTable(f *testing.F) {
	b, address := section(f)
	f.Add(b, address, address)
	f.Add(b[:200], uint64(0), uint64(0x1000))
	f.Fuzz(func(t *testing.T, b []byte, address, at uint64) {
		var all table
		all.read(b, address)
		all.rule(at)
		for _, f := range all.functions[:min(len(all.functions), 20)] {
			f.rule(f.to - 1)
		}
	})
}

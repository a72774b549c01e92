//go:build linux

package unwind

import (
	"debug/elf"
	"os/exec"
	"testing"
)

// section is a real table, of the program that runs other programs, which
// nothing has been read into yet.
func section(t testing.TB) (all table, b []byte, address uint64) {
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
	return table{registers: machines[f.Machine]}, b, s.Addr
}

// TestTable runs the program of every function of a real table: at its first
// instruction the frame of each begins where the call left it.
func TestTable(t *testing.T) {
	all, b, address := section(t)
	all.read(b, address)
	if len(all.functions) < 50 {
		t.Fatalf("%d functions", len(all.functions))
	}
	known := 0
	for _, f := range all.functions {
		if f.to <= f.from {
			t.Errorf("function from %#x to %#x", f.from, f.to)
		}
		if r, ok := all.rule(f.from); ok && r == all.leaf {
			known++
		}
	}
	if known < len(all.functions)*9/10 {
		t.Errorf("of %d functions only %d begin as functions do", len(all.functions), known)
	}
}

// a64 is the table of a function of arm64 of eight instructions, as compilers
// write it: the first one makes a frame of 32 bytes and keeps frame pointer and
// return address there, the last but one takes them back.
var a64 = []byte{
	16, 0, 0, 0, 0, 0, 0, 0, 1, 'z', 'R', 0, 4, 0x78, 30, 1, 0x1b, frame, 31, 0,
	28, 0, 0, 0, 24, 0, 0, 0, 0xe4, 0x0f, 0, 0, 32, 0, 0, 0, 0, // 0x1000 lies so far beyond 0x1c
	advance | 1, frameOffset, 32, saved | 29, 4, saved | 30, 3, advance | 6, restore | 30, restore | 29, frameOffset, 0, 0, 0, 0,
}

func TestTableOfArm64(t *testing.T) {
	all := table{registers: machines[elf.EM_AARCH64]}
	all.read(a64, 0)
	kept := rule{register: 31, offset: 32, pointer: place{true, -32}, back: place{true, -24}}
	for address, want := range map[uint64]rule{0x1000: all.leaf, 0x1004: kept, 0x1018: kept, 0x101c: all.leaf} {
		if got, ok := all.rule(address); !ok || got != want {
			t.Errorf("at %#x %+v %t, want %+v", address, got, ok, want)
		}
	}
}

func FuzzTable(f *testing.F) {
	_, b, address := section(f)
	f.Add(b, address, address)
	f.Add(b[:200], uint64(0), uint64(0x1000))
	f.Add(a64, uint64(0), uint64(0x1004))
	f.Fuzz(func(t *testing.T, b []byte, address, at uint64) {
		for _, registers := range machines {
			all := table{registers: registers}
			all.read(b, address)
			all.rule(at)
			for _, f := range all.functions[:min(len(all.functions), 20)] {
				f.rule(f.to - 1)
			}
		}
	})
}

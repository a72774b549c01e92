//go:build linux

package unwind

import (
	"debug/elf"
	"encoding/binary"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"
)

// sparse makes a file with a table that is said to have 4 GiB, of which the
// disk has none.
func sparse(t *testing.T) (name string) {
	t.Helper()
	name = filepath.Join(t.TempDir(), "e")
	names := "\x00.eh_frame\x00.shstrtab\x00"
	const length = 1 << 32
	header := elf.Header64{
		Ident: [elf.EI_NIDENT]byte{0x7f, 'E', 'L', 'F', byte(elf.ELFCLASS64), byte(elf.ELFDATA2LSB), byte(elf.EV_CURRENT)},
		Type:  uint16(elf.ET_DYN), Machine: uint16(elf.EM_X86_64), Version: uint32(elf.EV_CURRENT), Shoff: 64, Ehsize: 64, Shentsize: 64, Shnum: 3, Shstrndx: 2,
	}
	sections := []elf.Section64{
		{}, {Name: 1, Type: uint32(elf.SHT_PROGBITS), Off: 1 << 12, Size: length},
		{Name: 11, Type: uint32(elf.SHT_STRTAB), Off: 64 + 3*64, Size: uint64(len(names))},
	}
	b, err := binary.Append(nil, binary.LittleEndian, header)
	if err == nil {
		b, err = binary.Append(b, binary.LittleEndian, sections)
	}
	if err == nil {
		err = os.WriteFile(name, append(b, names...), 0o600)
	}
	if err == nil {
		err = os.Truncate(name, 1<<12+length)
	}
	if err != nil {
		t.Fatal(err)
	}
	if f, err := elf.Open(name); err != nil || f.Section(".eh_frame") == nil {
		t.Fatalf("the file has no table: %v", err)
	}
	return name
}

// TestFilesOfPrograms: a file that a program may have made is not read,
// however long its table, and not waited for.
func TestFilesOfPrograms(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := unix.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{sparse(t), pipe} {
		s := &Source{path: "/lab/server", machine: elf.EM_X86_64, registers: machines[elf.EM_X86_64], images: map[string]*image{}}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		i := s.image(file)
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; len(i.functions) > 0 || took > 1<<20 {
			t.Errorf("%s: %d functions, and %d bytes of memory", file, len(i.functions), took)
		}
	}
}

//go:build linux

package unwind

import (
	"debug/elf"
	"encoding/binary"
	"errors"
	"os"
	"os/exec"
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

// manyLinesC has a table of lines of its own, of two million.
const manyLinesC = `int main(void) { return 0; }
__asm__(".section .debug_abbrev\n.Labbrev: .uleb128 1,0x11\n.byte 0\n.uleb128 3,8,0x10,0x17,0,0,0\n"
	".section .debug_info\n.4byte .Lend-.Lstart\n.Lstart: .2byte 4\n.4byte .Labbrev\n.byte 8\n.uleb128 1\n.asciz \"server.c\"\n.4byte 0\n.Lend:\n"
	".section .zdebug_line,\"\",%progbits\n.4byte .Lover-.Llines\n.Llines: .2byte 4\n.4byte .Lrows-.Lhead\n"
	".Lhead: .byte 1,1,1,-5,14,13,0,1,1,1,1,0,0,0,1,0,0,1,0\n.asciz \"server.c\"\n.byte 0,0,0,0\n"
	".Lrows: .fill 2000000,1,0x20\n.Lover:\n.text\n");
`

// TestManyLines: a source can have its compiler write a table of lines that
// would fill the memory of who reads it; no more of it is read than is written
// by hand.
func TestManyLines(t *testing.T) {
	dir := t.TempDir()
	source, program := filepath.Join(dir, "server.c"), filepath.Join(dir, "server")
	if err := os.WriteFile(source, []byte(manyLinesC), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("cc", "-g", "-o", program, source).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if _, err := Open(program, "server.c"); !errors.Is(err, ErrNoLines) {
		t.Errorf("got %v, want no lines", err)
	}
}

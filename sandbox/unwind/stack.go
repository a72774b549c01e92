//go:build linux

package unwind

import (
	"bufio"
	"debug/elf"
	"encoding/binary"
	"fmt"
	"os"
	"slices"
	"strings"
)

// Thread is a stopped thread.
type Thread struct {
	Proc   string                               // its folder in /proc
	Memory func(b []byte, address uint64) error // reads its memory
	Frame  Frame                                // its innermost function
}

// Frame is one function of a stack: the next instruction, the top of the
// stack, the register that most functions keep their frame in, and the one
// that a call puts the return address into, where it has one.
type Frame struct{ Instruction, Stack, Pointer, Back uint64 }

// maxFrames is how deep a stack is looked through.
const maxFrames = 64

// Line is the line that the thread is at: of the innermost function that
// comes from the source. It is 0 when that cannot be told for certain.
func (s *Source) Line(t Thread) (line int) {
	s.walk(t, func(address uint64) bool {
		line = s.at(address)
		return line != 0
	})
	return line
}

// In says whether the thread is in a function of the executable, or in one
// that it has called. A function that cannot be found nobody is in.
func (s *Source) In(t Thread, function string) (in bool) {
	from, to := s.function(function)
	s.walk(t, func(address uint64) bool {
		in = from <= address && address < to
		return in
	})
	return in
}

// walk goes down the stack of a thread, from the innermost function on, for
// as long as that can be told for certain, and has f look at the addresses
// that lie in the executable until it returns true.
func (s *Source) walk(t Thread, f func(address uint64) bool) {
	maps := mappings(t.Proc)
	for depth := range maxFrames {
		m, ok := at(maps, t.Frame.Instruction)
		if !ok {
			return
		}
		file := s.image(m.file)
		address, ok := file.linked(t.Frame.Instruction - m.from + m.offset)
		if !ok {
			return
		}
		if depth > 0 {
			address-- // a return address is the instruction after the call
		}
		if m.file == s.path && f(address) || !t.up(file, address, depth == 0) {
			return
		}
	}
}

// up goes to the function that called this one. In a file with a table it has
// none where it is written by hand, such as the C library's clone: that makes
// its call and keeps nothing. A file of Go's has no table at all.
func (t *Thread) up(file *image, address uint64, innermost bool) bool {
	rule, ok := file.rule(address)
	switch {
	case ok:
		return t.byRule(rule, &file.registers)
	case len(file.functions) == 0:
		return t.byPointer(&file.registers)
	}
	return innermost && t.byRule(file.leaf, &file.registers)
}

// byRule goes up by what the function's table says.
func (t *Thread) byRule(r rule, in *registers) bool {
	base := t.Frame.Stack
	if r.register == in.pointer {
		base = t.Frame.Pointer
	} else if r.register != in.stack {
		return false
	}
	frame := base + uint64(r.offset)
	caller, ok := t.kept(r.back, frame, t.Frame.Back)
	pointer, ok2 := t.kept(r.pointer, frame, t.Frame.Pointer)
	if !ok || !ok2 || r.back.saved && frame <= t.Frame.Stack {
		return false
	}
	t.Frame = Frame{Instruction: caller & in.address, Stack: frame, Pointer: pointer}
	return true
}

// kept is what a register of the caller had; now is what it has.
func (t *Thread) kept(at place, frame, now uint64) (uint64, bool) {
	if !at.saved {
		return now, true
	}
	return t.word(frame + uint64(at.at))
}

// byPointer goes up by the frame pointer.
func (t *Thread) byPointer(in *registers) bool {
	caller, ok := t.word(t.Frame.Pointer + 8)
	outer, ok2 := t.word(t.Frame.Pointer)
	if !ok || !ok2 || t.Frame.Pointer+in.below < t.Frame.Stack {
		return false
	}
	t.Frame = Frame{Instruction: caller, Stack: t.Frame.Pointer + 16, Pointer: outer}
	return true
}

func (t *Thread) word(address uint64) (uint64, bool) {
	var b [8]byte
	err := t.Memory(b[:], address)
	return binary.NativeEndian.Uint64(b[:]), err == nil
}

// mapping is a part of a file in the memory of a process.
type mapping struct {
	from, to, offset uint64
	file             string
}

func mappings(proc string) (all []mapping) {
	f, err := os.Open(proc + "/maps")
	if err != nil {
		return nil
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		var m mapping
		if len(fields) < 6 || !strings.HasPrefix(fields[5], "/") {
			continue
		}
		if _, err := fmt.Sscanf(fields[0]+" "+fields[2], "%x-%x %x", &m.from, &m.to, &m.offset); err == nil {
			m.file = fields[5]
			all = append(all, m)
		}
	}
	return all
}

func at(all []mapping, address uint64) (mapping, bool) {
	for _, m := range all {
		if m.from <= address && address < m.to {
			return m, true
		}
	}
	return mapping{}, false
}

// image is what is known of a file that is mapped.
type image struct {
	parts []elf.ProgHeader
	table
}

// system are the folders whose files no program of a lab can have made.
var system = []string{"/usr/", "/lib/", "/lib32/", "/lib64/", "/libx32/"}

// image reads a file once; of one that cannot be read nothing is known, nor
// of one that the program may have made: it may be anything, of any length.
func (s *Source) image(file string) *image {
	if known := s.images[file]; known != nil {
		return known
	}
	i := &image{table: table{registers: s.registers}}
	s.images[file] = i
	if file != s.path && !slices.ContainsFunc(system, func(folder string) bool { return strings.HasPrefix(file, folder) }) {
		return i
	}
	f, err := elf.Open(file)
	if err != nil {
		return i
	}
	defer f.Close()
	for _, p := range f.Progs {
		if p.Type == elf.PT_LOAD {
			i.parts = append(i.parts, p.ProgHeader)
		}
	}
	if section := f.Section(".eh_frame"); section != nil && f.Machine == s.machine {
		if b, err := section.Data(); err == nil {
			i.read(b, section.Addr)
		}
	}
	return i
}

// linked is the address that a place in the file has where it was linked.
func (i *image) linked(offset uint64) (uint64, bool) {
	for _, p := range i.parts {
		if p.Off <= offset && offset < p.Off+p.Filesz {
			return offset - p.Off + p.Vaddr, true
		}
	}
	return 0, false
}

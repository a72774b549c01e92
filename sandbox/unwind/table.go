//go:build linux

package unwind

import (
	"cmp"
	"debug/elf"
	"encoding/binary"
	"slices"
)

// registers are those by which a stack is gone down, under the numbers that a
// machine's tables have for them.
type registers struct {
	stack, pointer uint64
	back           uint64 // of the return address
	leaf           rule   // how the caller of a function is found that keeps nothing on the stack
	below          uint64 // how far below the stack's top Go's frame pointer points
	address        uint64 // the bits of an address: the others of a return address may be its signature
}

// machines are the machines whose stacks are known. A call of amd64 puts the
// return address on the stack, one of arm64 into a register, which functions
// that make calls keep on the stack. Go's frame pointer of arm64 points just
// below the return address, where an inner function will keep that pointer.
//
// Source: System V ABI for amd64, figure 3.36; DWARF for the Arm 64-bit
// Architecture, 4.1; Go, src/cmd/compile/abi-internal.md.
var machines = map[elf.Machine]registers{
	elf.EM_X86_64:  {stack: 7, pointer: 6, back: 16, leaf: rule{register: 7, offset: 8, back: place{true, -8}}, address: ^uint64(0)},
	elf.EM_AARCH64: {stack: 31, pointer: 29, back: 30, leaf: rule{register: 31}, below: 8, address: 1<<48 - 1},
}

// rule says how a function's caller is found: its frame begins at a register
// and an offset.
type rule struct {
	register      uint64
	offset        int64
	pointer, back place // of the caller's frame pointer and of the return address
}

// place is where a register of the caller is kept, from the frame's
// beginning; where it is not, it is in the register still.
type place struct {
	saved bool
	at    int64
}

// function is what a table says of a function.
type function struct {
	from, to uint64
	common   *common
	program  []byte
}

// common is what several functions share.
type common struct {
	registers
	code     uint64
	data     int64
	encoding byte
	program  []byte
}

// table is the section .eh_frame of a file.
type table struct {
	registers
	functions []function // by their addresses
}

// read reads the records of a section that begins at an address.
//
// Source: Linux Standard Base, Exception Frames.
func (t *table) read(b []byte, address uint64) {
	commons := map[int]*common{}
	defer func() {
		slices.SortFunc(t.functions, func(a, b function) int { return cmp.Compare(a.from, b.from) })
	}()
	for at := 0; at+8 <= len(b); {
		length := int(binary.LittleEndian.Uint32(b[at:]))
		if length < 4 || at+4+length > len(b) {
			return // the end, or a record of more than 4 GiB
		}
		record := cursor{b: b[:at+4+length], at: at + 4, section: address}
		id := record.at
		pointer := int(record.uint32())
		if pointer == 0 {
			commons[at] = t.readCommon(&record)
		} else if c := commons[id-pointer]; c != nil {
			t.functions = append(t.functions, readFunction(&record, c))
		}
		at += 4 + length
	}
}

func (t *table) readCommon(r *cursor) *common {
	c := &common{registers: t.registers}
	r.byte() // version
	augmentation := r.text()
	c.code, c.data = r.unsigned(), r.signed()
	r.unsigned() // the register of the return address
	if len(augmentation) > 0 && augmentation[0] == 'z' {
		end := int(r.unsigned())
		end += r.at
		for _, letter := range augmentation[1:] {
			switch letter {
			case 'R':
				c.encoding = r.byte()
			case 'P':
				r.pointer(r.byte())
			case 'L':
				r.byte()
			}
		}
		r.at = end
	}
	c.program = r.rest()
	return c
}

func readFunction(r *cursor, c *common) function {
	f := function{common: c}
	f.from = r.pointer(c.encoding)
	f.to = f.from + r.pointer(c.encoding&0x0f) // a length is never relative
	r.at += int(r.unsigned())
	f.program = r.rest()
	return f
}

// rule is how the caller of the instruction at an address is found.
func (t *table) rule(address uint64) (rule, bool) {
	i, found := slices.BinarySearchFunc(t.functions, address, func(f function, a uint64) int { return cmp.Compare(f.from, a) })
	if !found {
		i--
	}
	if i < 0 || address >= t.functions[i].to {
		return rule{}, false
	}
	return t.functions[i].rule(address)
}

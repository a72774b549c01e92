//go:build linux

package unwind

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// Registers by their numbers in the tables of amd64.
const (
	framePointer = 6
	stackPointer = 7
)

// rule says how a function's caller is found: its frame begins at a register
// and an offset, just above the return address.
type rule struct {
	register     uint64
	offset       int64
	pointerSaved bool
	pointerAt    int64 // where the caller's frame pointer is, from the frame's beginning
}

// function is what a table says of a function.
type function struct {
	from, to uint64
	common   *common
	program  []byte
}

// common is what several functions share.
type common struct {
	code     uint64
	data     int64
	encoding byte
	program  []byte
}

// table is the section .eh_frame of a file.
type table struct{ functions []function } // by their addresses

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
			commons[at] = readCommon(&record)
		} else if c := commons[id-pointer]; c != nil {
			t.functions = append(t.functions, readFunction(&record, c))
		}
		at += 4 + length
	}
}

func readCommon(r *cursor) *common {
	c := &common{}
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

//go:build linux

// Package unwind finds the line of source that a stopped thread of a compiled
// program is at: it goes down the thread's stack to the first function that
// was compiled from the program's own file.
//
// Through the C library it goes by the tables that the compiler made for
// exceptions, which every function has; through Go's library by frame
// pointers, which Go keeps.
package unwind

import (
	"cmp"
	"debug/dwarf"
	"debug/elf"
	"errors"
	"io"
	"path"
	"slices"
)

// Source is what the line table of an executable says of one file. It is for
// one goroutine.
type Source struct {
	path    string // of the executable
	machine elf.Machine
	registers
	entries []entry
	images  map[string]*image
	symbols map[string]elf.Symbol // functions, by name; nil before one was asked for
}

// entry says that the instructions from an address on are of a line; of line
// 0 when they are of no line of the file.
type entry struct {
	address uint64
	line    int
}

// maxEntries is how many instructions with a line an executable may name: far
// more than are written by hand, for what was compiled can hold a table of its
// own making.
const maxEntries = 1 << 20

// ErrNoLines means that an executable was compiled without its lines, or has
// more of them than anybody writes.
var ErrNoLines = errors.New("no lines of source")

// Open reads which instructions of an executable come from a file of this
// name.
func Open(executable, file string) (*Source, error) {
	f, err := elf.Open(executable)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if f.Section(".debug_line") == nil && f.Section(".zdebug_line") == nil {
		return nil, ErrNoLines
	}
	data, err := f.DWARF()
	if err != nil {
		return nil, err
	}
	s := &Source{path: executable, machine: f.Machine, registers: machines[f.Machine], images: map[string]*image{}}
	for units := data.Reader(); ; units.SkipChildren() {
		unit, err := units.Next()
		if err != nil {
			return nil, err
		}
		if unit == nil {
			break
		}
		if err := s.add(data, unit, file); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(s.entries, func(a, b entry) int { return cmp.Compare(a.address, b.address) })
	if len(s.entries) == 0 {
		return nil, ErrNoLines
	}
	return s, nil
}

// add takes in the lines of a unit of compilation that is the file's, or of
// Go the package main.
func (s *Source) add(data *dwarf.Data, unit *dwarf.Entry, file string) error {
	name, _ := unit.Val(dwarf.AttrName).(string)
	if unit.Tag != dwarf.TagCompileUnit || name != "main" && path.Base(name) != file {
		return nil
	}
	lines, err := data.LineReader(unit)
	if err != nil || lines == nil {
		return err
	}
	for {
		var l dwarf.LineEntry
		if err := lines.Next(&l); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if len(s.entries) == maxEntries {
			return ErrNoLines
		}
		e := entry{address: l.Address}
		if !l.EndSequence && l.File != nil && path.Base(l.File.Name) == file {
			e.line = l.Line
		}
		s.entries = append(s.entries, e)
	}
}

// function is where a function of the executable begins and ends; 0 and 0
// where it has none of that name.
func (s *Source) function(name string) (from, to uint64) {
	if s.symbols == nil {
		s.symbols = map[string]elf.Symbol{}
		if f, err := elf.Open(s.path); err == nil {
			defer f.Close()
			all, _ := f.Symbols()
			for _, symbol := range all {
				s.symbols[symbol.Name] = symbol
			}
		}
	}
	symbol := s.symbols[name]
	return symbol.Value, symbol.Value + symbol.Size
}

// at is the line of the instruction at an address, 0 when it is none of the
// file's.
func (s *Source) at(address uint64) int {
	i, found := slices.BinarySearchFunc(s.entries, address, func(e entry, a uint64) int { return cmp.Compare(e.address, a) })
	for found && i+1 < len(s.entries) && s.entries[i+1].address == address {
		i++ // the last one of those with the same address counts
	}
	if !found {
		i--
	}
	if i < 0 {
		return 0
	}
	return s.entries[i].line
}

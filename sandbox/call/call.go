//go:build linux

// Package call reads the arguments of system calls and writes them as strace
// does: addresses, flags and options by name, structures by their fields,
// data as a preview.
//
// Where strace leaves a structure that learners meet as a string of bytes
// (struct tcp_info, the time of SO_RCVTIMEO) its fields are written instead.
//
// Source: the calls' man pages in section 2, and strace(1).
package call

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// Process is the process that makes a call.
type Process interface {
	// ReadAt fills b from the address; a fault is an error.
	ReadAt(b []byte, address uint64) error
	// Interface is the name of the network interface with this index where
	// the process is, empty when it is not known.
	Interface(index uint32) string
}

// Concern says what a call concerns, and so whether a program's own calls
// are told from the noise around them.
type Concern uint8

// The concerns.
const (
	Sockets Concern = iota // sockets only
	Files                  // files of every kind: the call's descriptors tell
	Waits                  // descriptors of every kind, which the call waits for
	Own                    // the program's own life: it forks, sleeps, ends
	Other                  // anything else
)

// Call is one system call of one process, between its entry and its return.
type Call struct {
	Name string // as in the system call table: accept4
	Args []string
	Text string // what strace adds to the result: of poll the events that came

	form    *form
	process Process
	raw     [6]uint64
	done    bool
	n       int64         // the result, once done
	was     map[int]int64 // what a length or an offset held on entry
}

// form is how a call's arguments are to be read.
type form struct {
	concern Concern
	fds     []int // which arguments are the descriptors that the call is about
	args    []argument
	filled  []int // which arguments the kernel fills in
	text    func(*Call) string
	made    func(*Call) []int // new descriptors; nil none
}

// argument writes argument i of c. Arguments that the kernel fills in are
// written as a pointer until the call is done.
type argument func(c *Call, i int) string

// Table finds calls by their number.
type Table struct {
	names map[uint64]string
	forms map[string]*form
}

// NewTable returns the table of this machine's calls.
func NewTable() *Table {
	t := &Table{names: map[uint64]string{}, forms: forms()}
	for first, run := range numbers {
		for i, name := range strings.Fields(run) {
			if name != "-" {
				t.names[first+uint64(i)] = name
			}
		}
	}
	return t
}

// Number is the number of a call on this machine; ok is false when it has no
// such call.
func (t *Table) Number(name string) (nr uintptr, ok bool) {
	for nr, known := range t.names {
		if known == name {
			return uintptr(nr), true
		}
	}
	return 0, false
}

// Name is the name of the call with this number.
func (t *Table) Name(nr uintptr) string { return t.names[uint64(nr)] }

// Shown are the numbers of the calls that may have to do with sockets or
// with a program's own life; with all of every call.
func (t *Table) Shown(all bool) (numbers []uintptr) {
	for nr, name := range t.names {
		if f := t.forms[name]; all || f != nil && f.concern != Other {
			numbers = append(numbers, uintptr(nr))
		}
	}
	slices.Sort(numbers)
	return numbers
}

// unformed is the form of calls that have none: their six registers.
var unformed = &form{concern: Other, args: []argument{pointer, pointer, pointer, pointer, pointer, pointer}}

// Enter reads a call on its entry; ok is false when the number is unknown.
func (t *Table) Enter(p Process, nr uint64, raw [6]uint64) (c *Call, ok bool) {
	name, ok := t.names[nr]
	if !ok {
		return nil, false
	}
	f := t.forms[name]
	if f == nil {
		f = unformed
	}
	c = &Call{Name: name, form: f, process: p, raw: raw, was: map[int]int64{}}
	c.Args = make([]string, len(f.args))
	for i, arg := range f.args {
		c.Args[i] = arg(c, i)
	}
	if last := len(c.Args) - 1; last >= 0 && c.Args[last] == "" {
		c.Args = c.Args[:last] // some commands of fcntl and ioctl take nothing more
	}
	return c, true
}

// Return completes the call with its result, which is negative errno when it
// failed.
func (c *Call) Return(result int64) {
	c.done, c.n = true, result
	for _, i := range c.form.filled {
		if i >= len(c.Args) {
			break
		}
		c.Args[i] = c.form.args[i](c, i)
	}
	if c.form.text != nil {
		c.Text = c.form.text(c)
	}
}

// Concern says what the call concerns.
func (c *Call) Concern() Concern { return c.form.concern }

// Ends says whether the call ends the thread that makes it: it never
// returns.
func (c *Call) Ends() bool { return c.Name == "exit" || c.Name == "exit_group" }

// FD is the descriptor that the call is about, if it is about one.
func (c *Call) FD() (fd int, ok bool) {
	if len(c.form.fds) == 0 {
		return 0, false
	}
	return int(int32(c.raw[c.form.fds[0]])), true
}

// FDs are all descriptors that the call is about; those that a poll waits
// for are not among them.
func (c *Call) FDs() (fds []int) {
	for _, i := range c.form.fds {
		fds = append(fds, int(int32(c.raw[i])))
	}
	return fds
}

// Made are the descriptors that are new by the call, once it has returned.
func (c *Call) Made() []int {
	if !c.ok() || c.form.made == nil {
		return nil
	}
	return c.form.made(c)
}

// ok says whether the call has returned without an error.
func (c *Call) ok() bool { return c.done && c.n >= 0 }

// bytes reads n bytes at address.
func (c *Call) bytes(address uint64, n int) ([]byte, bool) {
	if address == 0 || n < 0 {
		return nil, false
	}
	b := make([]byte, n)
	return b, c.process.ReadAt(b, address) == nil
}

func (c *Call) int32At(address uint64) (int32, bool) {
	b, ok := c.bytes(address, 4)
	if !ok {
		return 0, false
	}
	return word(b), true
}

func word(b []byte) int32   { return int32(binary.NativeEndian.Uint32(b)) }
func long(b []byte) int64   { return int64(binary.NativeEndian.Uint64(b)) }
func half(b []byte) uint16  { return binary.NativeEndian.Uint16(b) }
func uword(b []byte) uint32 { return binary.NativeEndian.Uint32(b) }

func integer(c *Call, i int) string  { return strconv.Itoa(int(int32(c.raw[i]))) }
func unsigned(c *Call, i int) string { return strconv.FormatUint(c.raw[i], 10) }
func signed(c *Call, i int) string   { return strconv.FormatInt(int64(c.raw[i]), 10) }

func pointer(c *Call, i int) string { return address(c.raw[i]) }

func address(p uint64) string {
	if p == 0 {
		return "NULL"
	}
	return fmt.Sprintf("%#x", p)
}

// MakesLibrarySocket says whether the call may be one by which the C library
// makes a socket for itself when it resolves a name: to nscd, the name
// service's cache, or to the kernel's routing tables.
func (c *Call) MakesLibrarySocket() bool {
	if c.Name != "socket" {
		return false
	}
	domain, kind := c.raw[0], c.raw[1]
	return domain == unix.AF_UNIX && kind == unix.SOCK_STREAM|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK ||
		domain == unix.AF_NETLINK && kind == unix.SOCK_RAW|unix.SOCK_CLOEXEC
}

// MakesGoSocket says whether the call may be one by which Go's library makes a
// socket for itself when it resolves a name that has several addresses: it
// sends nothing by it.
func (c *Call) MakesGoSocket() bool {
	domain, kind := c.raw[0], c.raw[1]
	return c.Name == "socket" && (domain == unix.AF_INET || domain == unix.AF_INET6) && kind == unix.SOCK_DGRAM|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK
}

// resulting is the descriptor that is a call's result.
func resulting(c *Call) []int { return []int{int(c.n)} }

// OfGoRuntime says whether a call, in a Go program, is one that the runtime
// makes for itself: it wakes, interrupts and rests its own threads.
func OfGoRuntime(name string) bool {
	return name == "nanosleep" || name == "tgkill" || name == "eventfd2"
}

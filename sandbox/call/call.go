//go:build linux

// Package call reads the arguments of socket-related system calls and writes
// them as strace does: addresses, flags and options by name, data as a
// preview.
//
// Source: the calls' man pages in section 2, and strace(1).
package call

import (
	"fmt"
	"strconv"

	"golang.org/x/sys/unix"
)

// Memory is the memory of the process that makes the call.
type Memory interface {
	// ReadAt fills b from the address; a fault is an error.
	ReadAt(b []byte, address uint64) error
}

// Call is one system call of one process, between its entry and its return.
type Call struct {
	Name string // as in the system call table: accept4
	Args []string
	Text string // what strace adds to the result: of poll the events that came

	form *form
	mem  Memory
	raw  [6]uint64
	done bool
	n    int64         // the result, once done
	was  map[int]int32 // what a length pointed to held on entry
}

// form is how a call's arguments are to be read.
type form struct {
	name string
	fd   int // which argument is the descriptor that the call is about; -1 none
	args []argument
	text func(*Call) string

	anyFile bool // made on files of every kind
}

// argument writes argument i of c. Arguments that the kernel fills in are
// written as a pointer until the call is done.
type argument func(c *Call, i int) string

// Numbers are the numbers of the system calls that this package knows.
func Numbers() []uintptr {
	var all []uintptr
	for nr := range forms() {
		all = append(all, nr)
	}
	return all
}

// Table finds calls by their number.
type Table map[uintptr]*form

// NewTable returns the table of this machine's calls.
func NewTable() Table { return forms() }

// Enter reads a call on its entry; ok is false when the number is unknown.
func (t Table) Enter(mem Memory, nr uint64, raw [6]uint64) (c *Call, ok bool) {
	f, ok := t[uintptr(nr)]
	if !ok {
		return nil, false
	}
	c = &Call{Name: f.name, form: f, mem: mem, raw: raw, was: map[int]int32{}}
	c.write()
	return c, true
}

// FD is the descriptor that the call is about, if it is about one.
func (c *Call) FD() (fd int, ok bool) {
	if c.form.fd < 0 {
		return 0, false
	}
	return int(int32(c.raw[c.form.fd])), true
}

// Return completes the call with its result, which is negative errno when it
// failed.
func (c *Call) Return(result int64) {
	c.done, c.n = true, result
	c.write()
	if c.form.text != nil {
		c.Text = c.form.text(c)
	}
}

// ok says whether the call has returned without an error.
func (c *Call) ok() bool { return c.done && c.n >= 0 }

func (c *Call) write() {
	c.Args = make([]string, len(c.form.args))
	for i, arg := range c.form.args {
		c.Args[i] = arg(c, i)
	}
}

// bytes reads n bytes at address.
func (c *Call) bytes(address uint64, n int) ([]byte, bool) {
	if address == 0 || n < 0 {
		return nil, false
	}
	b := make([]byte, n)
	return b, c.mem.ReadAt(b, address) == nil
}

func integer(c *Call, i int) string  { return strconv.Itoa(int(int32(c.raw[i]))) }
func unsigned(c *Call, i int) string { return strconv.FormatUint(c.raw[i], 10) }

func pointer(c *Call, i int) string {
	if c.raw[i] == 0 {
		return "NULL"
	}
	return fmt.Sprintf("%#x", c.raw[i])
}

// previewLen is how many bytes of data are shown, as in strace.
const previewLen = 32

// dataIn writes data that the call is given: argument i points to it, the
// next one is its length.
func dataIn(c *Call, i int) string { return c.data(i, int64(c.raw[i+1])) }

// dataOut writes data that the call filled in: as much as its result says.
func dataOut(c *Call, i int) string {
	if !c.ok() {
		return pointer(c, i)
	}
	return c.data(i, min(c.n, int64(c.raw[i+1]))) // with MSG_TRUNC the result may be more
}

func (c *Call) data(i int, n int64) string {
	b, ok := c.bytes(c.raw[i], int(min(n, previewLen)))
	if !ok {
		return pointer(c, i)
	}
	s := Quote(b)
	if n > previewLen {
		s += "..."
	}
	return s
}

// Quote writes bytes as a C string, as strace does: octal where there is no
// shorter way.
func Quote(b []byte) string {
	s := []byte{'"'}
	for i, c := range b {
		if short, ok := escapes[c]; ok {
			s = append(s, '\\', short)
			continue
		}
		if c >= ' ' && c < 0x7f {
			s = append(s, c)
			continue
		}
		octal := strconv.FormatUint(uint64(c), 8)
		if i+1 < len(b) && b[i+1] >= '0' && b[i+1] <= '7' {
			octal = fmt.Sprintf("%03o", c) // a digit that follows must not be read as part of it
		}
		s = append(append(s, '\\'), octal...)
	}
	return string(append(s, '"'))
}

var escapes = map[byte]byte{'\n': 'n', '\r': 'r', '\t': 't', '\v': 'v', '\f': 'f', '"': '"', '\\': '\\'}

// OnAnyFile says whether the call is one that is made on files of every
// kind, so that only its descriptor tells whether it concerns a socket.
func (c *Call) OnAnyFile() bool { return c.form.anyFile }

// MakesLibrarySocket says whether the call makes a socket for the C library
// itself: to nscd, the name service's cache, or to the kernel's routing
// tables, both when it resolves a name. Programs ask for others.
func (c *Call) MakesLibrarySocket() bool {
	if c.Name != "socket" {
		return false
	}
	domain, kind := c.raw[0], c.raw[1]
	return domain == unix.AF_UNIX && kind == unix.SOCK_STREAM|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK ||
		domain == unix.AF_NETLINK && kind == unix.SOCK_RAW|unix.SOCK_CLOEXEC
}

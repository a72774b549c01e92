//go:build linux

package worker

import (
	_ "embed"
	"encoding/binary"
	"os"
	"path"

	"fivetuple/sandbox/confine"
	"fivetuple/sandbox/trace"
	"fivetuple/sandbox/unwind"
)

// sitecustomize has a Python program tell the line it is at.
//
//go:embed sitecustomize.py
var sitecustomize []byte

// pythonPath is the folder from which Python imports sitecustomize.
const pythonPath = confine.RunDir + "/python"

// slots is how many threads have a place of their own in a table; it is the
// same in sitecustomize.py. Two threads share one only when so many numbers
// lie between theirs.
const slots = 4096

// lines is the table in which a program tells the line each of its threads
// is at: pairs of thread and line. It is read by calls and not mapped: the
// program can cut it short.
type lines struct{ table *os.File } // nil of a program that tells none

// linesPath is where a program finds its table.
func linesPath(program string) string { return path.Join(confine.RunDir, "lines", program) }

// newLines makes the table of a program in the file called name.
func newLines(name string) (l lines, err error) {
	if err := os.MkdirAll(path.Dir(name), 0o755); err != nil {
		return l, err
	}
	if l.table, err = os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644); err != nil {
		return l, err
	}
	return l, l.table.Truncate(slots * 8)
}

// of is the line that a thread is at, 0 when it did not tell.
func (l lines) of(tid int) int {
	if l.table == nil {
		return 0
	}
	var b [8]byte
	if _, err := l.table.ReadAt(b[:], int64(tid%slots*len(b))); err != nil || int(binary.NativeEndian.Uint32(b[:])) != tid {
		return 0
	}
	return int(binary.NativeEndian.Uint32(b[4:]))
}

// tells says whether a thread of p has told a line.
func (p *program) tells(tid int) bool { return p.lines.of(tid) != 0 }

// line is the line of its source that a stopped thread of a program is at, 0
// when that is not known: a Python program tells it, of a compiled one it is
// found on the stack.
func (p *program) line(pid, tid int) int {
	if p.source == nil {
		return p.lines.of(tid)
	}
	t, ok := stopped(pid, tid)
	if !ok {
		return 0
	}
	return p.source.Line(t)
}

// goResolver is the function by which Go's library finds out which address of
// a name is nearest: it connects a socket of UDP to each.
const goResolver = "net.srcAddrs"

// resolves says whether a stopped thread of a program in Go is at a call that
// the library makes in order to resolve a name.
func (p *program) resolves(pid, tid int) bool {
	t, ok := stopped(pid, tid)
	return ok && p.source != nil && p.source.In(t, goResolver)
}

// stopped is a stopped thread, whose stack can be gone down; false when its
// registers cannot be read.
func stopped(pid, tid int) (t unwind.Thread, ok bool) {
	registers, ok := trace.Frame(tid)
	return unwind.Thread{
		Proc:   trace.Proc(pid),
		Memory: func(b []byte, address uint64) error { return trace.Read(tid, b, address) },
		Frame:  unwind.Frame(registers),
	}, ok
}

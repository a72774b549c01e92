//go:build linux

package worker

import (
	_ "embed"
	"encoding/binary"
	"os"
	"path"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/confine"
)

// sitecustomize has a Python program tell the line it is at.
//
//go:embed sitecustomize.py
var sitecustomize []byte

// pythonPath is the folder from which Python imports sitecustomize.
const pythonPath = confine.RunDir + "/python"

// slots is the number of threads whose lines are told; it is the same in
// sitecustomize.py.
const slots = 64

// lines is the table in which a program tells the line each of its threads
// is at: pairs of thread and line.
type lines []byte

// linesPath is where a program finds its table.
func linesPath(program string) string { return path.Join(confine.RunDir, "lines", program) }

// newLines makes the table of a program in the file called name.
func newLines(name string) (lines, error) {
	if err := os.MkdirAll(path.Dir(name), 0o755); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if err := file.Truncate(slots * 8); err != nil {
		return nil, err
	}
	table, err := unix.Mmap(int(file.Fd()), 0, slots*8, unix.PROT_READ, unix.MAP_SHARED)
	return table, os.NewSyscallError("mmap", err)
}

// of is the line that a thread is at, 0 when it did not tell.
func (l lines) of(tid int) int {
	for b := []byte(l); len(b) >= 8; b = b[8:] {
		if int(binary.NativeEndian.Uint32(b)) == tid {
			return int(binary.NativeEndian.Uint32(b[4:]))
		}
	}
	return 0
}

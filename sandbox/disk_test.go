//go:build linux

package sandbox_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// smallDisk mounts a disk for temporary files, which is full.
const smallDisk = `export TMPDIR=/mnt && mount -t tmpfs -o size=64k none /mnt && { head -c 1M /dev/zero > /mnt/filler; true; } 2> /dev/null`

// TestDiskOfFolder: without a disk of its own, too, a sandbox takes no more of
// the machine's than it may, whether its files are large, many, nameless or far down,
// and wherever it may write them.
func TestDiskOfFolder(t *testing.T) {
	if !on(t, refusal{Call: unix.SYS_MOUNT, Errno: unix.EACCES}) {
		return
	}
	if got := inside(t, `f = open("/tmp/large", "wb", buffering=0)
try:
    for n in range(1 << 20):
        f.write(bytes(1 << 16))
except OSError as e:
    print(n << 16 == 16 << 20, e.strerror)
`); got != "True File too large" {
		t.Errorf("a large file: %q", got)
	}
	for name, source := range map[string]string{
		"many": `import time
for n in range(64):
    open(f"/tmp/{n}", "wb").write(bytes(1 << 20))
time.sleep(60)
`,
		"beside": `import time
for n in range(64):
    open(f"../run/{n}", "wb").write(bytes(1 << 20))
time.sleep(60)
`,
		"empty": `import time
for n in range(5000):
    open(f"/tmp/{n}", "wb").close()
time.sleep(60)
`,
		"mapped": `import ctypes, os, time
map = ctypes.CDLL(None).mmap
map.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
for n in range(64):
    with open("/tmp/x", "w+b", buffering=0) as f:
        f.write(bytes(1 << 20))
        map(None, 4096, 1, 1, f.fileno(), 0)
    os.unlink("/tmp/x")
time.sleep(60)
`,
		"deep": `import os, time
os.chdir("../t")
for n in range(64):
    os.mkdir("x" * 200)
    os.chdir("x" * 200)
for n in range(64):
    open(str(n), "wb").write(bytes(1 << 20))
time.sleep(60)
`,
		"nameless": `import os, time
kept = []
for n in range(64):
    kept.append(open("/tmp/x", "wb", buffering=0))
    kept[-1].write(bytes(1 << 20))
    os.unlink("/tmp/x")
time.sleep(60)
`,
	} {
		all := run(t, alone(source), nil)
		finished(t, all)
		if got := exit(t, all, "server"); got.Limit != event.LimitDisk || got.Signal != "SIGKILL" {
			t.Errorf("%s: exit %+v, want limit disk", name, got)
		}
	}
}

// TestFullDisk: where a sandbox has a folder of the machine's in the place of
// a root and the disk is full, the run says which folder and what to do, and
// leaves nothing there.
func TestFullDisk(t *testing.T) {
	if !after(t, smallDisk) {
		return
	}
	for name, machine := range map[string][]refusal{
		"without namespaces": noNamespaces,
		"without mounting":   {{Call: unix.SYS_MOUNT, Errno: unix.EACCES}},
	} {
		t.Run(name, func(t *testing.T) {
			if !on(t, machine...) {
				return
			}
			all := run(t, loaded(t, "endpoints/two-programs"), nil)
			ended(t, all, event.EndWorkerDied)
			if e := all[0]; e.Kind != event.KindNote || e.Text != "disk-full" || !strings.Contains(e.Error, os.TempDir()+"/fivetuple-") || !strings.Contains(e.Error, "set TMPDIR") {
				t.Errorf("it began with %+v", e)
			}
			if left, _ := filepath.Glob(os.TempDir() + "/*"); len(left) != 1 {
				t.Errorf("there lie %q", left)
			}
		})
	}
	t.Run("with namespaces", func(t *testing.T) {
		finished(t, run(t, echo(lab.Wire), nil))
	})
}

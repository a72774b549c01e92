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

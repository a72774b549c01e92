package sandbox

import (
	"os"
	"path/filepath"
	"regexp"
	"syscall"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/confine"
)

// swept is the form of the names of our folders among temporary files: those
// of sandboxes and those of builds.
var swept = regexp.MustCompile(`^fivetuple-([A-Z2-7]{26}|build-\d+)$`)

// Sweep removes the folders that sandboxes and builds of a server that was
// killed have left among temporary files. Who uses one holds it, see
// [confine.Hold].
func Sweep() {
	entries, err := os.ReadDir(os.TempDir())
	if err != nil {
		return // there is nothing to be found then
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !e.IsDir() || !swept.MatchString(e.Name()) {
			continue
		}
		if !isOwner(int(info.Sys().(*syscall.Stat_t).Uid)) {
			continue
		}
		path := filepath.Join(os.TempDir(), e.Name())
		held, err := confine.Hold(path)
		if err != nil {
			continue // it is in use
		}
		_ = os.RemoveAll(path)
		unix.Close(held)
	}
}

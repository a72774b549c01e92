//go:build linux || darwin

package store

import "golang.org/x/sys/unix"

// free is how many bytes we may still write to the disk of the folder dir.
func free(dir string) (n int64, known bool) {
	var disk unix.Statfs_t
	if unix.Statfs(dir, &disk) != nil {
		return 0, false
	}
	return int64(disk.Bavail) * int64(disk.Bsize), true
}

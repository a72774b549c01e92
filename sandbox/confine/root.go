//go:build linux

// Package confine takes from a program everything that it does not need: the
// file system but for the system's own programs, capabilities, dangerous
// system calls, and more than its share of the machine.
package confine

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// Places in the root of a sandbox.
const (
	LabDir = "/lab" // the programs; read-only for them
	TmpDir = "/tmp" // the only place where programs may write
	RunDir = "/run" // where a program's runner tells the line it is at
)

// tmpSize is the most that the files of a sandbox may hold.
const tmpSize = "size=16m,nr_inodes=4096"

// File is a file to be placed in the sandbox.
type File struct {
	Path       string
	Content    []byte
	Executable bool
}

// system are the folders of the machine that programs may read.
var system = []string{
	"usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32",
	"etc/ld.so.cache", "etc/alternatives", "etc/ssl", "etc/services", "etc/protocols", "etc/localtime",
	"dev/null", "dev/zero", "dev/full", "dev/random", "dev/urandom",
}

// Root gives the calling process, which must have a mount namespace of its
// own, a new root: the machine's system folders read-only, its own /proc and
// /tmp, and nothing else. extra names further folders of the machine that
// programs may read, where they exist. [Place] is to follow.
func Root(extra ...string) error {
	const newRoot = TmpDir // hidden from now on by the mount upon it
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return os.NewSyscallError("mount private /", err)
	}
	if err := unix.Mount("root", newRoot, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "mode=755,size=64m"); err != nil {
		return os.NewSyscallError("mount tmpfs", err)
	}
	for _, dir := range append(system, extra...) {
		if err := bindReadOnly("/"+strings.TrimPrefix(dir, "/"), newRoot); err != nil {
			return err
		}
	}
	if err := ownMounts(newRoot); err != nil {
		return err
	}
	return pivot(newRoot)
}

// Place puts files into the new root, and makes it read-only.
func Place(files []File) error {
	for _, f := range files {
		if err := place(f); err != nil {
			return err
		}
	}
	if err := unix.Mount("", "/", "", unix.MS_REMOUNT|unix.MS_BIND|unix.MS_RDONLY|unix.MS_NOSUID|unix.MS_NODEV, ""); err != nil {
		return fmt.Errorf("read-only root: %w", os.NewSyscallError("mount", err))
	}
	return nil
}

// bindReadOnly shows path of the machine at the same path below root. A
// symbolic link stays one; what does not exist or may not be read is left
// out.
func bindReadOnly(path, root string) error {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return nil
	}
	if err != nil {
		return err
	}
	target := filepath.Join(root, path)
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		to, err := os.Readlink(path)
		if err != nil {
			return err
		}
		return os.Symlink(to, target)
	case info.IsDir():
		err = os.MkdirAll(target, 0o755)
	default:
		err = os.WriteFile(target, nil, 0o644)
	}
	if err != nil {
		return err
	}
	if err := unix.Mount(path, target, "", unix.MS_BIND|unix.MS_REC, ""); err != nil {
		return os.NewSyscallError("mount bind "+path, err)
	}
	if info.Mode()&fs.ModeDevice != 0 {
		return nil
	}
	return os.NewSyscallError("mount_setattr "+path, unix.MountSetattr(unix.AT_FDCWD, target, unix.AT_RECURSIVE,
		&unix.MountAttr{Attr_set: unix.MOUNT_ATTR_RDONLY}))
}

// ownMounts makes the file systems that belong to the sandbox alone.
func ownMounts(root string) error {
	for _, m := range []struct{ kind, at, data string }{
		{"proc", "/proc", ""},
		{"tmpfs", TmpDir, "mode=1777," + tmpSize},
		{"tmpfs", RunDir, "mode=755,size=1m"},
	} {
		at := filepath.Join(root, m.at)
		if err := os.MkdirAll(at, 0o755); err != nil {
			return err
		}
		if err := unix.Mount(m.kind, at, m.kind, unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, m.data); err != nil {
			return os.NewSyscallError("mount "+m.kind, err)
		}
	}
	for name, to := range map[string]string{"fd": "/proc/self/fd", "stdin": "/proc/self/fd/0", "stdout": "/proc/self/fd/1", "stderr": "/proc/self/fd/2"} {
		if err := os.Symlink(to, filepath.Join(root, "dev", name)); err != nil {
			return err
		}
	}
	return nil
}

func place(f File) error {
	if err := os.MkdirAll(filepath.Dir(f.Path), 0o755); err != nil {
		return err
	}
	mode := os.FileMode(0o644)
	if f.Executable {
		mode = 0o755
	}
	return os.WriteFile(f.Path, f.Content, mode)
}

// pivot makes root the root of the process, and lets go of the machine's.
func pivot(root string) error {
	old := filepath.Join(root, ".old")
	if err := os.Mkdir(old, 0o700); err != nil {
		return err
	}
	if err := unix.PivotRoot(root, old); err != nil {
		return os.NewSyscallError("pivot_root", err)
	}
	if err := os.Chdir("/"); err != nil {
		return err
	}
	if err := unix.Unmount("/.old", unix.MNT_DETACH); err != nil {
		return os.NewSyscallError("umount", err)
	}
	return os.Remove("/.old")
}

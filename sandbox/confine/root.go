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
	TmpDir = "/tmp" // where programs may write
	RunDir = "/run" // where they tell the line they are at, so that they may write here too
)

// What the files of a sandbox may take.
const (
	TmpSize  = 16 << 20 // bytes, of all together
	TmpFiles = 4096
	RunSize  = 1 << 20
	RunFiles = 256
)

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
	"dev/null", zero, "dev/full", "dev/random", "dev/urandom",
}

// zero is a device that programs may read only. Who may write to it can map it
// shared, which is memory in no limit.
const zero = "dev/zero"

// Root is where a sandbox has its files: a root of its own or, where the
// machine forbids to mount, a folder of the machine's, of which Landlock lets
// programs see nothing but the system's folders and this one.
type Root struct {
	folder  string // the folder; empty for a root of its own
	machine bool   // /proc is the machine's, which counts processes otherwise
	extra   []string
}

// Words for what a [Root] lacks.
const (
	NoMount = "no-mount" // a root of its own
	NoProc  = "no-proc"  // a /proc of its own
)

// NewRoot gives the calling process, which must have a mount namespace of
// its own, a new root: the machine's system folders read-only, its own /proc
// and /tmp, and nothing else. extra names further folders of the machine that
// programs may read, where they exist. Where it may not mount, it makes
// folder instead, which the caller's parent removes. [Root.Place] and
// [Root.Seal] are to follow.
func NewRoot(folder string, extra ...string) (*Root, error) {
	err := os.NewSyscallError("mount private /", unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""))
	if errors.Is(err, fs.ErrPermission) {
		return newFolder(folder, extra, err)
	}
	if err != nil {
		return nil, err
	}
	r := &Root{extra: extra}
	return r, r.mount()
}

// mount makes the root and goes there.
func (r *Root) mount() error {
	const newRoot = TmpDir // hidden from now on by the mount upon it
	if err := unix.Mount("root", newRoot, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "mode=755,size=64m"); err != nil {
		return os.NewSyscallError("mount tmpfs", err)
	}
	for _, dir := range append(system, r.extra...) {
		if dir == zero && LandlockVersion() == 0 {
			continue // nothing else forbids to write to it
		}
		if err := bindReadOnly("/"+strings.TrimPrefix(dir, "/"), newRoot); err != nil {
			return err
		}
	}
	if err := r.ownMounts(newRoot); err != nil {
		return err
	}
	return pivot(newRoot)
}

// newFolder makes the folder that is in the place of a root, where Landlock
// can keep programs in it.
func newFolder(folder string, extra []string, why error) (*Root, error) {
	if LandlockVersion() == 0 {
		return nil, fmt.Errorf("%w, and without Landlock nothing else keeps programs from the machine's files", why)
	}
	return NewFolder(folder, extra...)
}

// NewFolder makes folder, which is in the place of a root for programs that
// are trusted: where the kernel has no Landlock, nothing keeps them in it. This
// process holds it to its end.
func NewFolder(folder string, extra ...string) (*Root, error) {
	r := &Root{folder: folder, machine: true, extra: extra}
	if err := os.Mkdir(folder, 0o755); err != nil {
		return nil, err
	}
	if _, err := Hold(folder); err != nil {
		return nil, err
	}
	for _, dir := range []string{LabDir, TmpDir, RunDir} {
		if err := os.MkdirAll(r.Path(dir), 0o755); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// Hold takes a folder for this process, as long as the descriptor is open. It
// fails when another has it.
func Hold(folder string) (fd int, err error) {
	fd, err = unix.Open(folder, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	if err != nil {
		return 0, os.NewSyscallError("open "+folder, err)
	}
	if err := unix.Flock(fd, unix.LOCK_EX|unix.LOCK_NB); err != nil {
		unix.Close(fd)
		return 0, os.NewSyscallError("flock "+folder, err)
	}
	return fd, nil
}

// Remove removes the folder that is in the place of a root.
func (r *Root) Remove() error {
	if r.folder == "" {
		return nil
	}
	return os.RemoveAll(r.folder)
}

// Path is where a path of the sandbox is for its programs.
func (r *Root) Path(path string) string {
	if r.folder != "" && path == TmpDir {
		return r.folder + folderTmp
	}
	return r.folder + path
}

// Lacks says by words what the root lacks.
func (r *Root) Lacks() (lacks []string) {
	if r.folder != "" {
		lacks = append(lacks, NoMount)
	}
	if r.machine {
		lacks = append(lacks, NoProc)
	}
	return lacks
}

// Place puts files into the root.
func (r *Root) Place(files []File) error {
	for _, f := range files {
		f.Path = r.Path(f.Path)
		if err := place(f); err != nil {
			return err
		}
	}
	return nil
}

// Seal makes the root read-only.
func (r *Root) Seal() error {
	if r.folder != "" {
		return nil // Landlock makes it so for the programs
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
func (r *Root) ownMounts(root string) error {
	for _, m := range []struct{ kind, at, data string }{
		{"proc", "/proc", ""},
		{"tmpfs", TmpDir, fmt.Sprintf("mode=1777,size=%d,nr_inodes=%d", TmpSize, TmpFiles)},
		{"tmpfs", RunDir, fmt.Sprintf("mode=755,size=%d,nr_inodes=%d", RunSize, RunFiles)},
	} {
		at := filepath.Join(root, m.at)
		if err := os.MkdirAll(at, 0o755); err != nil {
			return err
		}
		err := unix.Mount(m.kind, at, m.kind, unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, m.data)
		if m.kind == "proc" && errors.Is(err, fs.ErrPermission) {
			// Parts of the machine's /proc are hidden, as in a container:
			// then the kernel lets nobody mount one that would show them.
			r.machine = true
			err = unix.Mount("/proc", at, "", unix.MS_BIND|unix.MS_REC, "")
		}
		if err != nil {
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

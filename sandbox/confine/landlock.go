//go:build linux

package confine

import (
	"os"
	"slices"
	"unsafe"

	"golang.org/x/sys/unix"
)

// In a sandbox without a root of its own a program's paths are changed in its
// memory, where each must have as many letters as before.
const (
	NamesFD   = 99           // the descriptor of [Launch.Names] in a program
	NamesPath = "/dev/fd/99" // in the place of /etc/hosts
	NearTmp   = "../t/"      // in the place of /tmp/, seen from [LabDir]
	folderTmp = "/t"
)

// devices are those that every program may read and write: all but zero.
var devices = []string{"/dev/null", "/dev/full", "/dev/random", "/dev/urandom"}

// What a Landlock rule may allow, below a folder or of a file.
const (
	ofFile = unix.LANDLOCK_ACCESS_FS_EXECUTE | unix.LANDLOCK_ACCESS_FS_READ_FILE | unix.LANDLOCK_ACCESS_FS_WRITE_FILE | unix.LANDLOCK_ACCESS_FS_TRUNCATE
	toRead = unix.LANDLOCK_ACCESS_FS_EXECUTE | unix.LANDLOCK_ACCESS_FS_READ_FILE | unix.LANDLOCK_ACCESS_FS_READ_DIR
	all    = unix.LANDLOCK_ACCESS_FS_REFER - 1 | unix.LANDLOCK_ACCESS_FS_TRUNCATE // but for ioctl on devices, and links across folders
)

// LandlockVersion is the version of the kernel's Landlock, 0 where it has
// none.
func LandlockVersion() int {
	version, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION)
	if errno != 0 {
		return 0
	}
	return int(version)
}

// scopes is the version of Landlock since which it can keep signals in.
const scopes = 6

// handled are the accesses that a version of Landlock can forbid.
func handled(version int) uint64 {
	accesses := uint64(unix.LANDLOCK_ACCESS_FS_REFER - 1)
	if version >= 3 {
		accesses |= unix.LANDLOCK_ACCESS_FS_TRUNCATE
	}
	if version >= 5 {
		accesses |= unix.LANDLOCK_ACCESS_FS_IOCTL_DEV
	}
	return accesses
}

// landlock forbids to write anywhere but in the writable folders and to
// devices, and to read anything else, where the kernel knows how. In a root
// of its own the mounts forbid it too: there this is the second lock. It
// holds for the calling thread, which becomes the program.
//
// Source: landlock(7).
func (l *Launch) landlock() error {
	version := LandlockVersion()
	if version == 0 {
		return nil
	}
	attr := unix.LandlockRulesetAttr{Handled_access_fs: handled(version)}
	size := unsafe.Sizeof(attr.Handled_access_fs) // a kernel may know of no more than files
	if l.Scoped && version >= scopes {
		attr.Scoped = unix.LANDLOCK_SCOPE_SIGNAL
		size = unsafe.Offsetof(attr.Scoped) + unsafe.Sizeof(attr.Scoped)
	}
	rules, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, uintptr(unsafe.Pointer(&attr)), size, 0)
	if errno != 0 {
		return os.NewSyscallError("landlock_create_ruleset", errno)
	}
	defer unix.Close(int(rules))
	if err := l.allow(int(rules), attr.Handled_access_fs); err != nil {
		return err
	}
	if _, _, errno := unix.Syscall(unix.SYS_LANDLOCK_RESTRICT_SELF, rules, 0, 0); errno != 0 {
		return os.NewSyscallError("landlock_restrict_self", errno)
	}
	return nil
}

// allow adds what is allowed to the rules.
func (l *Launch) allow(rules int, handled uint64) error {
	read, written := l.Readable, slices.Concat(l.Writable, devices)
	if len(read) == 0 {
		read, written = []string{"/"}, append(written, "/proc")
	}
	for _, path := range append(read, "/proc") {
		if err := allow(rules, path, toRead&handled); err != nil {
			return err
		}
	}
	for _, path := range written {
		if err := allow(rules, path, all&handled); err != nil {
			return err
		}
	}
	return nil
}

// allow allows accesses to a file or below a folder, where it exists.
func allow(rules int, path string, accesses uint64) error {
	fd, err := unix.Open(path, unix.O_PATH|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil // it is not on this machine
	}
	defer unix.Close(fd)
	var stat unix.Stat_t
	if err := unix.Fstat(fd, &stat); err != nil {
		return os.NewSyscallError("fstat "+path, err)
	}
	if stat.Mode&unix.S_IFMT != unix.S_IFDIR {
		accesses &= ofFile
	}
	attr := unix.LandlockPathBeneathAttr{Allowed_access: accesses, Parent_fd: int32(fd)}
	_, _, errno := unix.Syscall6(unix.SYS_LANDLOCK_ADD_RULE, uintptr(rules), unix.LANDLOCK_RULE_PATH_BENEATH, uintptr(unsafe.Pointer(&attr)), 0, 0, 0)
	if errno != 0 {
		return os.NewSyscallError("landlock_add_rule "+path, errno)
	}
	return nil
}

// Restrict sets what of the machine a program with this root may read and
// write.
func (r *Root) Restrict(l *Launch) {
	l.Writable = []string{r.Path(TmpDir), r.Path(RunDir)}
	if r.folder == "" {
		return
	}
	l.Names, l.FileSize = r.Path("/etc/hosts"), TmpSize
	l.Readable = append([]string{r.folder}, r.extra...)
	for _, path := range system {
		l.Readable = append(l.Readable, "/"+path)
	}
}

// inherit gives the program the file of names as a descriptor.
func (l *Launch) inherit() error {
	if l.Names == "" {
		return nil
	}
	fd, err := unix.Open(l.Names, unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return os.NewSyscallError("open "+l.Names, err)
	}
	return os.NewSyscallError("dup3", unix.Dup3(fd, NamesFD, 0))
}

//go:build linux

package call

import (
	"fmt"

	"golang.org/x/sys/unix"
)

var (
	epollFlags = names{{unix.EPOLL_CLOEXEC, "EPOLL_CLOEXEC"}, {0, "EPOLL_???"}}
	eventFlags = names{{unix.EFD_SEMAPHORE, "EFD_SEMAPHORE"}, {unix.EFD_CLOEXEC, "EFD_CLOEXEC"}, {unix.EFD_NONBLOCK, "EFD_NONBLOCK"}, {0, "EFD_???"}}
	protection = names{{unix.PROT_READ, "PROT_READ"}, {unix.PROT_WRITE, "PROT_WRITE"}, {unix.PROT_EXEC, "PROT_EXEC"}, {0, "PROT_???"}}
	mapFlags   = names{
		{unix.MAP_SHARED, "MAP_SHARED"}, {unix.MAP_PRIVATE, "MAP_PRIVATE"}, {unix.MAP_FIXED, "MAP_FIXED"}, {unix.MAP_ANONYMOUS, "MAP_ANONYMOUS"},
		{unix.MAP_NORESERVE, "MAP_NORESERVE"}, {unix.MAP_POPULATE, "MAP_POPULATE"}, {unix.MAP_STACK, "MAP_STACK"}, {unix.MAP_DENYWRITE, "MAP_DENYWRITE"},
		{unix.MAP_GROWSDOWN, "MAP_GROWSDOWN"}, {0, "MAP_???"},
	}
	accessFlags = names{{4, "R_OK"}, {2, "W_OK"}, {1, "X_OK"}, {0, "?_OK"}}
	seeks       = names{{0, "SEEK_SET"}, {1, "SEEK_CUR"}, {2, "SEEK_END"}, {0, "SEEK_???"}}
	atFlags     = names{
		{unix.AT_SYMLINK_NOFOLLOW, "AT_SYMLINK_NOFOLLOW"}, {unix.AT_REMOVEDIR, "AT_REMOVEDIR"}, {unix.AT_SYMLINK_FOLLOW, "AT_SYMLINK_FOLLOW"},
		{unix.AT_NO_AUTOMOUNT, "AT_NO_AUTOMOUNT"}, {unix.AT_EMPTY_PATH, "AT_EMPTY_PATH"}, {0, "AT_???"},
	}
	access = flagged(accessFlags)
)

// directory writes the descriptor of a folder.
func directory(c *Call, i int) string {
	if int32(c.raw[i]) == unix.AT_FDCWD {
		return "AT_FDCWD"
	}
	return integer(c, i)
}

func opened(c *Call, i int) string { return openFlags(c.raw[i] & 0xffffffff) }

// mode writes the mode of a file that an open makes, and nothing when it
// makes none.
func mode(c *Call, i int) string {
	if c.raw[i-1]&(unix.O_CREAT|unix.O_TMPFILE&^unix.O_DIRECTORY) == 0 {
		return ""
	}
	return fmt.Sprintf("%#03o", c.raw[i]&0o7777)
}

func octal(c *Call, i int) string { return fmt.Sprintf("%#03o", c.raw[i]&0o7777) }

// otherForms are calls that have to do neither with sockets nor with a
// program's own life. They are shown only when every call is.
func otherForms() map[string]*form {
	at := func(args ...argument) *form { return &form{concern: Other, args: args} }
	return map[string]*form{
		"open":            at(path, opened, mode),
		"openat":          at(directory, path, opened, mode),
		"access":          at(path, access),
		"faccessat":       at(directory, path, access),
		"stat":            at(path, pointer),
		"lstat":           at(path, pointer),
		"fstat":           at(integer, pointer),
		"newfstatat":      at(directory, path, pointer, flagged(atFlags)),
		"readlink":        at(path, pointer, unsigned),
		"readlinkat":      at(directory, path, pointer, unsigned),
		"unlink":          at(path),
		"unlinkat":        at(directory, path, flagged(atFlags)),
		"mkdir":           at(path, octal),
		"mkdirat":         at(directory, path, octal),
		"chdir":           at(path),
		"lseek":           at(integer, signed, named(seeks)),
		"pread64":         at(integer, pointer, unsigned, signed),
		"pwrite64":        at(integer, dataIn, unsigned, signed),
		"getdents64":      at(integer, pointer, unsigned),
		"mmap":            at(pointer, unsigned, flagged(protection), flagged(mapFlags), integer, pointer),
		"mprotect":        at(pointer, unsigned, flagged(protection)),
		"munmap":          at(pointer, unsigned),
		"mremap":          at(pointer, unsigned, unsigned, integer, pointer),
		"madvise":         at(pointer, unsigned, integer),
		"brk":             at(pointer),
		"getpid":          at(),
		"getppid":         at(),
		"gettid":          at(),
		"getuid":          at(),
		"getgid":          at(),
		"geteuid":         at(),
		"getegid":         at(),
		"sched_yield":     at(),
		"futex":           at(pointer, pointer, integer, pointer, pointer, pointer),
		"getrandom":       at(pointer, unsigned, pointer),
		"arch_prctl":      at(pointer, pointer),
		"set_tid_address": at(pointer),
		"set_robust_list": at(pointer, unsigned),
		"rseq":            at(pointer, unsigned, pointer, pointer),
		"prlimit64":       at(integer, integer, pointer, pointer),
		"sigaltstack":     at(pointer, pointer),
		"getcwd":          at(pointer, unsigned),
		"uname":           at(pointer),
		"sysinfo":         at(pointer),
		"clock_gettime":   at(named(clocks), pointer),
	}
}

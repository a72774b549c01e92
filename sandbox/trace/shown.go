//go:build linux

package trace

import (
	"path"
	"slices"
	"strings"

	"fivetuple/sandbox/call"
)

// shows says whether a call that a thread is about to make is shown: one
// about sockets, or one that concerns the program's own life once it has
// begun. Calls about other files are not, and neither are those that the C
// library, or Go's, makes behind the program's back when it resolves a name.
func (t *Tracer) shows(th *thread, c *call.Call, info *syscallInfo) bool {
	p := th.program
	if c.MakesLibrarySocket() && fromLibrary(th, info) || p.mode.Go && c.MakesGoSocket() && p.mode.Resolves(th.pid, th.tid) {
		th.quiet = true
		return p.mode.All
	}
	if p.mode.All {
		fd, ok := c.FD()
		return !ok || p.mode.Ours == "" || file(th.pid, fd) != p.mode.Ours
	}
	switch c.Concern() {
	case call.Sockets:
		if t.aboutQuiet(th, c) {
			return false
		}
		p.begun = true
		return true
	case call.Files:
		return t.aboutShown(th, c)
	case call.Own, call.Waits:
		return p.hasBegun(th.tid) && !t.aboutQuiet(th, c) && !(p.mode.Go && aboutFile(th, c))
	}
	return false
}

// hasBegun says whether the program's own code runs, and not only what
// starts it: an interpreter reads its modules first.
func (p *program) hasBegun(tid int) bool {
	p.begun = p.begun || p.mode.Began != nil && p.mode.Began(tid)
	return p.begun
}

// aboutQuiet says whether the call is about a socket of the library's own.
func (t *Tracer) aboutQuiet(th *thread, c *call.Call) bool {
	if len(t.quiet) == 0 {
		return false
	}
	return slices.ContainsFunc(c.FDs(), func(fd int) bool {
		inode, _ := Inode(th.pid, fd)
		return t.quiet[inode]
	})
}

// aboutFile says whether the call is about a file with a name. Go's runtime
// has its epoll watch each file that is opened, or tries to.
func aboutFile(th *thread, c *call.Call) bool {
	return slices.ContainsFunc(c.FDs(), func(fd int) bool { return strings.HasPrefix(file(th.pid, fd), "/") })
}

// aboutShown says whether one of the descriptors of a call is a socket, a
// pipe that the program made, or what it waits with for several of them; or
// is not open at all, which is an error of the program's own making.
func (t *Tracer) aboutShown(th *thread, c *call.Call) bool {
	for _, fd := range t.fds(th, c) {
		switch link := file(th.pid, fd); {
		case strings.HasPrefix(link, "socket:["):
			inode, _ := Inode(th.pid, fd)
			if !t.quiet[inode] {
				return true
			}
			if _, _, closes := c.Closes(); closes {
				delete(t.quiet, inode)
			}
		case t.pipes[link], link == "anon_inode:[eventpoll]", link == "anon_inode:[eventfd]", link == "":
			if th.program.hasBegun(th.tid) {
				return true
			}
		}
	}
	return false
}

// fds are the descriptors that a call is about.
func (t *Tracer) fds(th *thread, c *call.Call) []int {
	first, last, ok := c.Range()
	switch {
	case !ok:
		return c.FDs()
	case first > last: // an error of the program's own making
		return []int{first}
	}
	return Descriptors(th.pid, first, last)
}

// remember takes in the pipes that a call made.
func (t *Tracer) remember(th *thread, c *call.Call) {
	for _, fd := range c.Made() {
		if link := file(th.pid, fd); strings.HasPrefix(link, "pipe:[") {
			t.pipes[link] = true
		}
	}
}

// fromLibrary says whether the C library itself, and not the program, makes
// the call that the thread is at: the function that called the library's
// wrapper lies in the library too.
func fromLibrary(th *thread, info *syscallInfo) bool {
	instruction, _ := info.pointers()
	library := mapping(th.pid, instruction)
	if !strings.HasPrefix(path.Base(library), "libc.") {
		return false
	}
	return mapping(th.pid, caller(th.tid, info)) == library
}

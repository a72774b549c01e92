//go:build linux

package trace

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
)

// file is what /proc calls the file that is descriptor fd of a process:
// socket:[4711], pipe:[12], anon_inode:[eventpoll], or a path; empty when the
// descriptor is not open.
func file(pid, fd int) string {
	link, _ := os.Readlink(fmt.Sprintf("%s/fd/%d", Proc(pid), fd))
	return link
}

// Descriptors are the open descriptors of a process from first to last; of a
// single one it is not asked whether it is open.
func Descriptors(pid, first, last int) (fds []int) {
	if first == last {
		return []int{first}
	}
	all, _ := os.ReadDir(Proc(pid) + "/fd") // of a process that has ended there are none
	for _, entry := range all {
		if fd, err := strconv.Atoi(entry.Name()); err == nil && first <= fd && fd <= last {
			fds = append(fds, fd)
		}
	}
	slices.Sort(fds)
	return fds
}

// Inode is the inode number of the socket that is descriptor fd of a
// process; ok is false when fd is not a socket.
func Inode(pid, fd int) (inode string, ok bool) {
	inode, ok = strings.CutPrefix(file(pid, fd), "socket:[")
	return strings.TrimSuffix(inode, "]"), ok
}

// Interface implements call.Process: it looks where the kernel lists the
// interfaces with their numbers in the thread's own network namespace.
func (m memory) Interface(index uint32) string {
	for _, list := range []struct {
		file        string
		index, name int
		base        int
	}{{"if_inet6", 1, 5, 16}, {"igmp", 0, 1, 10}} {
		f, err := os.Open(Proc(int(m)) + "/net/" + list.file)
		if err != nil {
			continue
		}
		name := listed(bufio.NewScanner(f), index, list.index, list.name, list.base)
		f.Close()
		if name != "" {
			return name
		}
	}
	return ""
}

func listed(lines *bufio.Scanner, index uint32, at, nameAt, base int) string {
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) <= max(at, nameAt) {
			continue
		}
		if n, err := strconv.ParseUint(fields[at], base, 32); err == nil && uint32(n) == index {
			return strings.TrimSuffix(fields[nameAt], ":")
		}
	}
	return ""
}

// mapping is the file that is mapped at an address of a process.
func mapping(pid int, address uint64) string {
	f, err := os.Open(Proc(pid) + "/maps")
	if err != nil {
		return ""
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		var from, to uint64
		if _, err := fmt.Sscanf(fields[0], "%x-%x", &from, &to); err == nil && len(fields) >= 6 && from <= address && address < to {
			return fields[5]
		}
	}
	return ""
}

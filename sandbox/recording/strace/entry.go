package strace

import "fivetuple/sandbox/event"

// filled says of calls whose arguments the kernel fills in which is the
// first that strace prints only on return.
var filled = map[string]int{
	"accept": 1, "accept4": 1, "getsockname": 1, "getpeername": 1, "getsockopt": 3, "socketpair": 3,
	"read": 1, "readv": 1, "pread64": 1, "preadv": 1, "recvfrom": 1, "recvmsg": 1, "recvmmsg": 1,
	"pipe": 0, "pipe2": 0, "epoll_wait": 1, "epoll_pwait": 1, "epoll_pwait2": 1,
	"nanosleep": 1, "clock_nanosleep": 3, "wait4": 1, "waitid": 2,
}

// atEntry is how many arguments strace prints before a call returns. Of
// calls that are not in the table those count that the return did not
// change.
func atEntry(enter, returned *event.Event) int {
	if n, ok := filled[enter.Name]; ok {
		return min(n, len(enter.Args))
	}
	if returned == nil {
		return len(enter.Args)
	}
	for i, arg := range enter.Args {
		if i >= len(returned.Args) || returned.Args[i] != arg {
			return i
		}
	}
	return len(enter.Args)
}

//go:build linux

package call

import "golang.org/x/sys/unix"

// forms is the table of calls common to all machines, and of those that only
// this one has.
func forms() Table {
	t := Table{
		unix.SYS_SOCKET:      {name: "socket", fd: -1, args: []argument{domain, socketType, protocol}},
		unix.SYS_SOCKETPAIR:  {name: "socketpair", fd: -1, args: []argument{domain, socketType, protocol, pairOut}},
		unix.SYS_BIND:        {name: "bind", args: []argument{integer, addressIn(2), unsigned}},
		unix.SYS_CONNECT:     {name: "connect", args: []argument{integer, addressIn(2), unsigned}},
		unix.SYS_LISTEN:      {name: "listen", args: []argument{integer, integer}},
		unix.SYS_ACCEPT:      {name: "accept", args: []argument{integer, addressOut(2), lengthOut}},
		unix.SYS_ACCEPT4:     {name: "accept4", args: []argument{integer, addressOut(2), lengthOut, socketFlags}},
		unix.SYS_GETSOCKNAME: {name: "getsockname", args: []argument{integer, addressOut(2), lengthOut}},
		unix.SYS_GETPEERNAME: {name: "getpeername", args: []argument{integer, addressOut(2), lengthOut}},
		unix.SYS_SENDTO:      {name: "sendto", args: []argument{integer, dataIn, unsigned, messageFlags, addressIn(5), unsigned}},
		unix.SYS_RECVFROM:    {name: "recvfrom", args: []argument{integer, dataOut, unsigned, messageFlags, addressOut(5), lengthOut}},
		unix.SYS_SENDMSG:     {name: "sendmsg", args: []argument{integer, messageIn, messageFlags}},
		unix.SYS_RECVMSG:     {name: "recvmsg", args: []argument{integer, messageOut, messageFlags}},
		unix.SYS_READ:        {name: "read", anyFile: true, args: []argument{integer, dataOut, unsigned}},
		unix.SYS_WRITE:       {name: "write", anyFile: true, args: []argument{integer, dataIn, unsigned}},
		unix.SYS_SHUTDOWN:    {name: "shutdown", args: []argument{integer, how}},
		unix.SYS_CLOSE:       {name: "close", anyFile: true, args: []argument{integer}},
		unix.SYS_DUP:         {name: "dup", anyFile: true, args: []argument{integer}},
		unix.SYS_DUP3:        {name: "dup3", anyFile: true, args: []argument{integer, integer, descriptorFlags}},
		unix.SYS_SETSOCKOPT:  {name: "setsockopt", args: []argument{integer, level, option, optionIn, integer}},
		unix.SYS_GETSOCKOPT:  {name: "getsockopt", args: []argument{integer, level, option, optionOut, lengthOut}},
		unix.SYS_PPOLL:       {name: "ppoll", fd: -1, args: []argument{pollIn, unsigned, timespec, pointer, unsigned}, text: pollText},
	}
	addMachine(t)
	return t
}

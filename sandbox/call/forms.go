//go:build linux

package call

import "maps"

// forms are how the calls are read, by name. A machine that lacks one of
// them has no number for it.
func forms() map[string]*form {
	all := map[string]*form{}
	for _, some := range []map[string]*form{socketForms(), messageForms(), optionForms(), fileForms(), waitForms(), processForms(), signalForms(), otherForms()} {
		maps.Copy(all, some)
	}
	return all
}

// first says that a call is about the descriptor that is its first argument.
var first = []int{0}

func socketForms() map[string]*form {
	accepted := []argument{integer, addressOut(2), lengthOut}
	return map[string]*form{
		"socket":      {args: []argument{named(families), socketType, protocol}, made: resulting},
		"socketpair":  {args: []argument{named(families), socketType, protocol, pairOut}, filled: []int{3}, made: pair(3)},
		"bind":        {fds: first, args: []argument{integer, addressIn(2), integer}},
		"connect":     {fds: first, args: []argument{integer, addressIn(2), integer}},
		"listen":      {fds: first, args: []argument{integer, integer}},
		"accept":      {fds: first, args: accepted, filled: []int{1, 2}, made: resulting},
		"accept4":     {fds: first, args: append(accepted[:3:3], flagged(socketTypeFlags)), filled: []int{1, 2}, made: resulting},
		"getsockname": {fds: first, args: accepted, filled: []int{1, 2}},
		"getpeername": {fds: first, args: accepted, filled: []int{1, 2}},
		"shutdown":    {fds: first, args: []argument{integer, named(hows)}},
	}
}

func messageForms() map[string]*form {
	flags := flagged(messageFlagNames)
	return map[string]*form{
		"sendto":   {fds: first, args: []argument{integer, dataIn, unsigned, flags, addressIn(5), unsigned}},
		"recvfrom": {fds: first, args: []argument{integer, dataOut, unsigned, flags, addressOut(5), lengthOut}, filled: []int{1, 4, 5}},
		"sendmsg":  {fds: first, args: []argument{integer, messageIn, flags}},
		"recvmsg":  {fds: first, args: []argument{integer, messageOut, flags}, filled: []int{1}, made: rights},
		"sendmmsg": {fds: first, args: []argument{integer, messagesIn, integer, flags}, filled: []int{1}},
		"recvmmsg": {fds: first, args: []argument{integer, messagesOut, integer, flags, timespecIn}, filled: []int{1}, text: messagesText},
	}
}

func optionForms() map[string]*form {
	return map[string]*form{
		"setsockopt": {fds: first, args: []argument{integer, named(levels), option, optionIn, integer}},
		"getsockopt": {fds: first, args: []argument{integer, named(levels), option, optionOut, lengthOut}, filled: []int{3, 4}},
	}
}

func fileForms() map[string]*form {
	duplicate := func(args ...argument) *form { return &form{concern: Files, fds: first, args: args, made: resulting} }
	both := []int{0, 2}
	return map[string]*form{
		"read":   {concern: Files, fds: first, args: []argument{integer, dataOut, unsigned}, filled: []int{1}},
		"write":  {concern: Files, fds: first, args: []argument{integer, dataIn, unsigned}},
		"readv":  {concern: Files, fds: first, args: []argument{integer, vectorsOut, unsigned}, filled: []int{1}},
		"writev": {concern: Files, fds: first, args: []argument{integer, vectorsIn, unsigned}},
		"close":  {concern: Files, fds: first, args: []argument{integer}},
		// It is about each descriptor between the two: see Range.
		"close_range": {concern: Files, args: []argument{unsigned, unsigned, flagged(closeRangeFlags)}},
		"preadv2":     {concern: Files, fds: first, args: []argument{integer, vectorsOut, unsigned, signed, readWriteFlags}, filled: []int{1}},
		"pwritev2":    {concern: Files, fds: first, args: []argument{integer, vectorsIn, unsigned, signed, readWriteFlags}},
		"dup":         duplicate(integer),
		"dup2":        duplicate(integer, integer),
		"dup3":        duplicate(integer, integer, flagged(closeOnExec)),
		"fcntl":       {concern: Files, fds: first, args: []argument{integer, named(fcntlCommands), fcntlArgument}, filled: []int{2}, text: fcntlText, made: duplicated},
		"ioctl":       {concern: Files, fds: first, args: []argument{integer, ioctlRequest, ioctlArgument}, filled: []int{2}},
		"splice":      {concern: Files, fds: both, args: []argument{integer, offsetOut, integer, offsetOut, unsigned, flagged(spliceFlags)}},
		"tee":         {concern: Files, fds: []int{0, 1}, args: []argument{integer, integer, unsigned, flagged(spliceFlags)}},
		"vmsplice":    {concern: Files, fds: first, args: []argument{integer, vectorsIn, unsigned, flagged(spliceFlags)}},
		"sendfile":    {concern: Files, fds: []int{0, 1}, args: []argument{integer, integer, offsetOut, unsigned}, filled: []int{2}},
	}
}

func waitForms() map[string]*form {
	operation := []argument{integer, named(epollOperations), integer, epollEventIn}
	epoll := []argument{integer, epollEventsOut, integer, integer}
	sets := func(time argument) []argument { return []argument{integer, setIn, setIn, setIn, time} }
	return map[string]*form{
		"poll":          {concern: Waits, args: []argument{pollIn, unsigned, integer}, text: pollText},
		"ppoll":         {concern: Waits, args: []argument{pollIn, unsigned, timespecIn, signalMask, unsigned}, text: pollText},
		"select":        {concern: Waits, args: sets(timevalIn), text: selectText},
		"pselect6":      {concern: Waits, args: append(sets(timespecIn), selectMask), text: selectText},
		"epoll_create":  {concern: Waits, args: []argument{integer}, made: resulting},
		"epoll_create1": {concern: Waits, args: []argument{flagged(epollFlags)}, made: resulting},
		"epoll_ctl":     {concern: Waits, fds: []int{0, 2}, args: operation},
		"epoll_wait":    {concern: Waits, fds: first, args: epoll, filled: []int{1}},
		"epoll_pwait":   {concern: Waits, fds: first, args: append(epoll[:4:4], signalMask, unsigned), filled: []int{1}},
		"epoll_pwait2":  {concern: Waits, fds: first, args: append(epoll[:3:3], timespecIn, signalMask, unsigned), filled: []int{1}},
		"eventfd":       {concern: Own, args: []argument{unsigned}, made: resulting},
		"eventfd2":      {concern: Own, args: []argument{unsigned, flagged(eventFlags)}, made: resulting},
		"pipe":          {concern: Own, args: []argument{pairOut}, filled: []int{0}, made: pair(0)},
		"pipe2":         {concern: Own, args: []argument{pairOut, pipeFlags}, filled: []int{0}, made: pair(0)},
	}
}

func processForms() map[string]*form {
	clone := []argument{cloneStack, cloneHow, clonePointers}
	return map[string]*form{
		"fork":            {concern: Own},
		"vfork":           {concern: Own},
		"clone":           {concern: Own, args: clone, filled: []int{2}},
		"execve":          {concern: Own, args: []argument{path, arguments, environment}},
		"execveat":        {concern: Own, args: []argument{directory, path, arguments, environment, flagged(atFlags)}},
		"exit":            {concern: Own, args: []argument{integer}},
		"exit_group":      {concern: Own, args: []argument{integer}},
		"wait4":           {concern: Own, args: []argument{integer, waitStatus, flagged(waitOptions), usage}, filled: []int{1, 3}},
		"waitid":          {concern: Own, args: []argument{named(idTypes), integer, waitInfo, flagged(waitOptions), usage}, filled: []int{2, 4}},
		"nanosleep":       {concern: Own, args: []argument{timespecIn, remaining}, filled: []int{1}},
		"clock_nanosleep": {concern: Own, args: []argument{named(clocks), flagged(timerFlags), timespecIn, remaining}, filled: []int{3}},
		"restart_syscall": {concern: Own},
		"pause":           {concern: Own},
	}
}

func signalForms() map[string]*form {
	return map[string]*form{
		"kill":            {concern: Own, args: []argument{integer, signalArgument}},
		"tkill":           {concern: Own, args: []argument{integer, signalArgument}},
		"tgkill":          {concern: Own, args: []argument{integer, integer, signalArgument}},
		"alarm":           {concern: Own, args: []argument{integer}},
		"setitimer":       {concern: Own, args: []argument{named(intervalTimers), interval, intervalOut}, filled: []int{2}},
		"rt_sigsuspend":   {concern: Own, args: []argument{signalMask, unsigned}},
		"rt_sigaction":    {concern: Other, args: []argument{signalArgument, action, action, unsigned}, filled: []int{2}},
		"rt_sigprocmask":  {concern: Other, args: []argument{named(maskChanges), signalMask, maskOut, unsigned}, filled: []int{2}},
		"rt_sigpending":   {concern: Other, args: []argument{maskOut, unsigned}, filled: []int{0}},
		"rt_sigreturn":    {concern: Other},
		"rt_sigqueueinfo": {concern: Own, args: []argument{integer, signalArgument, pointer}},
	}
}

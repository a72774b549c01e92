//go:build linux

package worker

import (
	"os"

	"fivetuple/sandbox/confine"
	"fivetuple/sandbox/host"
)

// streams are our ends of a program's standard streams.
type streams struct {
	stdin, stdout, stderr *os.File
	theirs                [3]*os.File // until the program has them
}

func newStreams() (s *streams, err error) {
	s = &streams{}
	if s.theirs[0], s.stdin, err = os.Pipe(); err != nil {
		return nil, err
	}
	if s.stdout, s.theirs[1], err = os.Pipe(); err != nil {
		return nil, err
	}
	s.stderr, s.theirs[2], err = os.Pipe()
	return s, err
}

// launch starts a launcher with these streams on a host, and returns it when
// it is confined: its process, the thread that will become the program, and
// the socket by which it is told to.
func (s *streams) launch(l confine.Launch, on *host.Host) (pid, tid int, conn *os.File, err error) {
	err = on.Do(func() (err error) {
		pid, conn, err = confine.Start(l, s.theirs[0], s.theirs[1], s.theirs[2])
		return err
	})
	for _, f := range s.theirs {
		f.Close()
	}
	if err == nil {
		tid, err = confine.Ready(conn)
	}
	return pid, tid, conn, err
}

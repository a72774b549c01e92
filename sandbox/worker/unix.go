//go:build linux

package worker

import (
	"strconv"

	"fivetuple/sandbox/diag"
)

// lookUnix asks the kernel for every Unix-domain socket that a program
// holds, and tells what changed: what one end does changes the other.
func (s *sockets) lookUnix() {
	for _, k := range s.all {
		if k.kind == "" || len(k.holders) == 0 {
			continue
		}
		inode, err := strconv.ParseUint(k.inode, 10, 32)
		if err != nil {
			continue
		}
		found, err := s.diags[k.host].FindUnix(uint32(inode))
		if err != nil {
			continue // it is about to go
		}
		s.seenUnix(k, found)
	}
}

func (s *sockets) seenUnix(k *socket, d diag.UnixSocket) {
	peer := k.peer
	if d.Peer != 0 {
		inode := itoa(d.Peer)
		peer = s.find(func(p *socket) bool { return p.inode == inode })
	}
	changed := peer != k.peer
	k.peer = peer
	if k.program == "" {
		s.place(k)
	}
	s.tell(k, d.State, changed)
	s.queues(k, queues{recv: int(d.Recv), send: int(d.Send)})
}

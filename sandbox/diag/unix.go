//go:build linux

package diag

import (
	"encoding/binary"
	"errors"

	"golang.org/x/sys/unix"
)

// UnixSocket is what the kernel says of a Unix-domain socket.
type UnixSocket struct {
	State      State  // Established, Listen or Close
	Peer       uint32 // inode of the socket at the other end, 0 when there is none
	Recv, Send uint32 // of a listener: connections not yet accepted, and its backlog
	Cookie     uint64
	Type       int // SOCK_STREAM, SOCK_DGRAM or SOCK_SEQPACKET
}

// Sizes of struct unix_diag_req and struct unix_diag_msg.
const (
	unixRequestLen = 24
	unixMessageLen = 16
)

// What to show (UDIAG_SHOW_PEER, UDIAG_SHOW_RQLEN), and the attributes that
// show it (UNIX_DIAG_PEER, UNIX_DIAG_RQLEN).
const (
	showPeer   = 0x04
	showQueues = 0x10

	attributePeer   = 2
	attributeQueues = 4
)

// FindUnix returns the Unix-domain socket with this inode, or ErrNotFound.
//
// Source: sock_diag(7), linux/unix_diag.h.
func (c *Conn) FindUnix(inode uint32) (UnixSocket, error) {
	body := make([]byte, unixRequestLen)
	body[0] = unix.AF_UNIX
	binary.NativeEndian.PutUint32(body[4:], 0xffffffff) // in any state
	binary.NativeEndian.PutUint32(body[8:], inode)
	binary.NativeEndian.PutUint32(body[12:], showPeer|showQueues)
	binary.NativeEndian.PutUint64(body[16:], ^uint64(0)) // with any cookie
	var found UnixSocket
	err := c.exchange(unix.NLM_F_REQUEST, body, func(b []byte) {
		if len(b) >= unixMessageLen {
			found = unixSocketOf(b)
		}
	})
	if errors.Is(err, unix.ENOENT) {
		err = ErrNotFound
	}
	return found, err
}

// unixSocketOf reads a struct unix_diag_msg with its attributes.
func unixSocketOf(b []byte) UnixSocket {
	s := UnixSocket{Type: int(b[1]), State: State(b[2]), Cookie: uint64(binary.NativeEndian.Uint32(b[8:])) | uint64(binary.NativeEndian.Uint32(b[12:]))<<32}
	eachAttribute(b[unixMessageLen:], func(typ uint16, value []byte) {
		switch {
		case typ == attributePeer && len(value) >= 4:
			s.Peer = binary.NativeEndian.Uint32(value)
		case typ == attributeQueues && len(value) >= 8:
			s.Recv, s.Send = binary.NativeEndian.Uint32(value), binary.NativeEndian.Uint32(value[4:])
		}
	})
	return s
}

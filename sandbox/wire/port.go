//go:build linux

package wire

import (
	"encoding/binary"
	"errors"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// Port is a packet socket on one link: what the link's other end sends can
// be read, what is written arrives there.
//
// Source: packet(7).
type Port struct {
	file *os.File
}

// OpenPort opens the link with this index in the calling thread's network
// namespace. Frames that leave by the link are not read, only those that
// arrive. It needs CAP_NET_RAW there.
func OpenPort(index int) (*Port, error) {
	// With protocol 0 at creation and the real one at bind the kernel does
	// not wait for a grace period (about 10 ms).
	fd, err := unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, 0)
	if err != nil {
		return nil, os.NewSyscallError("socket", err)
	}
	file := os.NewFile(uintptr(fd), "packet socket")
	port, err := bindPort(file, fd, index)
	if err != nil {
		file.Close()
		return nil, err
	}
	return port, nil
}

func bindPort(file *os.File, fd, index int) (*Port, error) {
	if err := unix.SetsockoptInt(fd, unix.SOL_PACKET, unix.PACKET_IGNORE_OUTGOING, 1); err != nil {
		return nil, os.NewSyscallError("setsockopt PACKET_IGNORE_OUTGOING", err)
	}
	// Best effort: a longer queue than the machine's default for bursts.
	_ = unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_RCVBUF, 4<<20)
	if err := unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_TIMESTAMPNS, 1); err != nil {
		return nil, os.NewSyscallError("setsockopt SO_TIMESTAMPNS", err)
	}
	all := uint16(unix.ETH_P_ALL)
	if err := unix.Bind(fd, &unix.SockaddrLinklayer{Protocol: all<<8 | all>>8, Ifindex: index}); err != nil {
		return nil, os.NewSyscallError("bind", err)
	}
	return &Port{file}, nil
}

// Only has the port read nothing but IPv4 packets from or to the network
// 127.x.y.0/24 of this address, of a link that others use too. What came
// before is lost.
//
// Source: the header of Ethernet, which lo has, is 14 bytes long; RFC 791.
func (p *Port) Only(own [4]byte) error {
	const load, half = unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, unix.BPF_LD | unix.BPF_H | unix.BPF_ABS
	network := uint32(own[0])<<16 | uint32(own[1])<<8 | uint32(own[2])
	is := func(k uint32, yes, no uint8) unix.SockFilter {
		return unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: k, Jt: yes, Jf: no}
	}
	shift := unix.SockFilter{Code: unix.BPF_ALU | unix.BPF_RSH | unix.BPF_K, K: 8}
	filter := []unix.SockFilter{
		{Code: half, K: 12}, is(unix.ETH_P_IP, 0, 7),
		{Code: load, K: 14 + 12}, shift, is(network, 3, 0),
		{Code: load, K: 14 + 16}, shift, is(network, 0, 1),
		{Code: unix.BPF_RET | unix.BPF_K, K: 1 << 18},
		{Code: unix.BPF_RET | unix.BPF_K, K: 0},
	}
	raw, err := p.file.SyscallConn()
	if err != nil {
		return err
	}
	failed := raw.Control(func(fd uintptr) {
		err = unix.SetsockoptSockFprog(int(fd), unix.SOL_SOCKET, unix.SO_ATTACH_FILTER, &unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]})
		for b := []byte{0}; err == nil; { // what the others sent until now
			if _, e := unix.Read(int(fd), b); e != nil {
				break
			}
		}
	})
	return os.NewSyscallError("setsockopt SO_ATTACH_FILTER", errors.Join(failed, err))
}

// each calls take whenever there is something to read, until the port is
// closed; take reads until there is nothing more.
func (p *Port) each(take func(fd uintptr) (more bool)) error {
	raw, err := p.file.SyscallConn()
	if err != nil {
		return err
	}
	for {
		if err := raw.Read(take); err != nil {
			return err
		}
	}
}

// now calls take at once, whether there is something to read or not.
func (p *Port) now(take func(fd uintptr) (more bool)) {
	raw, err := p.file.SyscallConn()
	if err != nil {
		return
	}
	_ = raw.Control(func(fd uintptr) { take(fd) }) // closed: nothing is left to read
}

// longest is the length of the longest frame: one of lo, whose MTU is 64 KiB,
// with its Ethernet header.
const longest = 64<<10 + 14

// read reads a frame, and says when the kernel took it from its sender: a
// busy machine may let us read it later.
func read(fd int, buf []byte) (n int, sent time.Time, err error) {
	var control [64]byte
	n, more, _, _, err := unix.Recvmsg(fd, buf, control[:], 0)
	sent = time.Now()
	if err != nil {
		return 0, sent, err
	}
	head, data, _, err := unix.ParseOneSocketControlMessage(control[:more])
	if err == nil && head.Level == unix.SOL_SOCKET && head.Type == unix.SCM_TIMESTAMPNS {
		stamp := time.Unix(int64(binary.NativeEndian.Uint64(data)), int64(binary.NativeEndian.Uint64(data[8:])))
		sent = sent.Add(-max(0, sent.Sub(stamp))) // on our own clock, which nobody sets
	}
	return n, sent, nil
}

// Write gives a frame to the link. When it returns the receiving kernel has
// the frame and, as a rule, has dealt with it.
func (p *Port) Write(frame []byte) error {
	_, err := p.file.Write(frame)
	return err
}

// Close closes the socket; a Read that waits returns an error.
func (p *Port) Close() error { return p.file.Close() }

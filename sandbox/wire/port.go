//go:build linux

package wire

import (
	"os"

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
	all := uint16(unix.ETH_P_ALL)
	if err := unix.Bind(fd, &unix.SockaddrLinklayer{Protocol: all<<8 | all>>8, Ifindex: index}); err != nil {
		return nil, os.NewSyscallError("bind", err)
	}
	return &Port{file}, nil
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

// Write gives a frame to the link. When it returns the receiving kernel has
// the frame and, as a rule, has dealt with it.
func (p *Port) Write(frame []byte) error {
	_, err := p.file.Write(frame)
	return err
}

// Close closes the socket; a Read that waits returns an error.
func (p *Port) Close() error { return p.file.Close() }

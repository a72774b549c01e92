//go:build !linux

package frames

import "net"

// sample knows nothing: tcp_info is Linux's.
func sample(net.Conn) *TCP { return nil }

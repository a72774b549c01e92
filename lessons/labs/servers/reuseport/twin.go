package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"sync/atomic"
	"syscall"
)

const SO_REUSEPORT = 15 // from <asm-generic/socket.h>; the package syscall has no name for it

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func share(network, address string, connection syscall.RawConn) (err error) {
	connection.Control(func(fd uintptr) {
		err = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, SO_REUSEPORT, 1)
	})
	return err
}

// listen asks for plain TCP: by itself Go would take Multipath TCP.
func listen(address string) net.Listener {
	config := net.ListenConfig{Control: share} // called before bind
	config.SetMultipathTCP(false)
	listener, err := config.Listen(context.Background(), "tcp4", address)
	check(err)
	return listener
}

func main() {
	listener := listen("server:8080")
	var clients atomic.Int32
	served := 0
	for {
		client, err := listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			break
		}
		check(err)
		_, err = client.Write([]byte("B"))
		check(err)
		served++
		clients.Add(1)
		go func() {
			client.Read(make([]byte, 1)) // the end of this client's stream
			client.Close()
			if clients.Add(-1) == 0 {
				listener.Close() // the last one has gone
			}
		}()
	}
	fmt.Println("B served", served)
}

package main

import (
	"context"
	"fmt"
	"log"
	"net"
)

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// listen asks for plain TCP: by itself Go would take Multipath TCP.
func listen(address string) net.Listener {
	var config net.ListenConfig
	config.SetMultipathTCP(false)
	listener, err := config.Listen(context.Background(), "tcp4", address)
	check(err)
	return listener
}

func main() {
	listener := listen("host1:8080")
	for range 2 {
		connection, err := listener.Accept()
		check(err)
		line := make([]byte, 100)
		count, err := connection.Read(line) // waits for this client, and for no other
		check(err)
		_, err = fmt.Fprintf(connection, "hello, %s", line[:count])
		check(err)
		connection.Close()
	}
	listener.Close()
}

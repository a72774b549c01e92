package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
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
	listener := listen("server:8080")
	connection, err := listener.Accept()
	check(err)
	length := make([]byte, 2)
	_, err = io.ReadFull(connection, length)
	check(err)
	note := make([]byte, binary.BigEndian.Uint16(length))
	_, err = io.ReadFull(connection, note)
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		check(err)
		fmt.Printf("note: %s\n", note)
		_, err = connection.Write([]byte("thanks"))
		check(err)
	}
	connection.Close()
}

package main

import (
	"context"
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
	for range 2 {
		connection, err := listener.Accept()
		check(err)
		question, err := io.ReadAll(connection)
		check(err)
		_, err = connection.Write([]byte("4 euros"))
		check(err)
		fmt.Printf("asked: %s answered: 4 euros\n", question)
		connection.Close()
	}
}

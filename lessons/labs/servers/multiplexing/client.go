package main

import (
	"io"
	"log"
	"net"
)

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	connection, err := net.Dial("tcp4", "server:8080")
	check(err)
	_, err = connection.Write([]byte("more than one byte"))
	check(err)
	_, err = connection.Read(make([]byte, 1))
	if err != io.EOF {
		check(err)
	}
}

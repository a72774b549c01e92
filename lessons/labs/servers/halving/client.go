package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"log"
	"net"
	"os"
	"time"
)

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	note := "hello"
	message := binary.NativeEndian.AppendUint16(nil, uint16(len(note)))
	message = append(message, note...)
	connection, err := net.Dial("tcp4", "server:8080")
	check(err)
	_, err = connection.Write(message)
	check(err)
	answer := make([]byte, 100)
	check(connection.SetReadDeadline(time.Now().Add(1500 * time.Millisecond)))
	count, err := connection.Read(answer)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		fmt.Println("the server hangs")
	} else {
		check(err)
		fmt.Printf("%s\n", answer[:count])
	}
	connection.Close()
}

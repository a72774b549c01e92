package main

import (
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
	for range 2 {
		connection, err := net.DialTimeout("tcp4", "server:8080", 2*time.Second)
		check(err)
		_, err = connection.Write([]byte("price of tea?"))
		check(err)
		answer := make([]byte, 100)
		check(connection.SetReadDeadline(time.Now().Add(2 * time.Second)))
		count, err := connection.Read(answer)
		if errors.Is(err, os.ErrDeadlineExceeded) {
			fmt.Println("no answer in 2 seconds, restarting")
		} else {
			check(err)
			fmt.Printf("answer: %s\n", answer[:count])
		}
		connection.Close()
	}
}

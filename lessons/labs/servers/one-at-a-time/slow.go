package main

import (
	"fmt"
	"log"
	"net"
	"time"
)

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	connection, err := net.Dial("tcp4", "host1:8080")
	check(err)
	time.Sleep(2 * time.Second) // thinks about what to say
	_, err = connection.Write([]byte("slow one"))
	check(err)
	answer := make([]byte, 100)
	count, err := connection.Read(answer)
	check(err)
	fmt.Printf("b'%s'\n", answer[:count])
	connection.Close()
}

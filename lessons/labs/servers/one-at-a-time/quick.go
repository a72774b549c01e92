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
	time.Sleep(500 * time.Millisecond) // comes second
	began := time.Now()
	connection, err := net.Dial("tcp4", "host1:8080")
	check(err)
	fmt.Printf("connected after %.2f\n", time.Since(began).Seconds())
	_, err = connection.Write([]byte("quick one"))
	check(err)
	answer := make([]byte, 100)
	count, err := connection.Read(answer)
	check(err)
	fmt.Printf("b'%s' after %.2f\n", answer[:count], time.Since(began).Seconds())
	connection.Close()
}

package main

import (
	"fmt"
	"log"
	"net"
)

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	server, err := net.ResolveTCPAddr("tcp4", "server:8080")
	check(err)
	answers := make([]byte, 40)
	for number := range answers {
		connection, err := net.DialTCP("tcp4", nil, server)
		check(err)
		defer connection.Close() // stays open to the end
		_, err = connection.Read(answers[number : number+1])
		check(err)
	}
	fmt.Println(string(answers))
}

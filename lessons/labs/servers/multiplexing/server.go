package main

import (
	"fmt"
	"log"
	"net"
	"syscall"
)

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// listening makes the calls that net.Listen would make.
func listening(name string) int {
	found, err := net.ResolveTCPAddr("tcp4", name)
	check(err)
	address := &syscall.SockaddrInet4{Port: found.Port, Addr: [4]byte(found.IP.To4())}
	listener, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	check(err)
	check(syscall.SetsockoptInt(listener, syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1))
	check(syscall.Bind(listener, address))
	check(syscall.Listen(listener, 128))
	return listener
}

// ask asks three times whether there is something to read, and reads nothing.
func ask(name string, connection int, events uint32) {
	poller, err := syscall.EpollCreate1(0)
	check(err)
	event := syscall.EpollEvent{Events: events, Fd: int32(connection)}
	check(syscall.EpollCtl(poller, syscall.EPOLL_CTL_ADD, connection, &event))
	fmt.Print(name)
	for range 3 {
		count, err := syscall.EpollWait(poller, make([]syscall.EpollEvent, 1), 50)
		check(err)
		fmt.Print(" ", count)
	}
	fmt.Println()
	syscall.Close(poller)
}

func main() {
	listener := listening("server:8080") // by hand: a net.Conn has an epoll already, that of Go's runtime
	connection, _, err := syscall.Accept(listener)
	check(err)
	_, _, err = syscall.Recvfrom(connection, make([]byte, 1), 0) // the rest lies there unread
	check(err)

	ask("level", connection, syscall.EPOLLIN)
	ask("edge", connection, syscall.EPOLLIN|-syscall.EPOLLET) // a negative number there

	_, _, err = syscall.Recvfrom(connection, make([]byte, 1024), 0) // a close with bytes unread would reset the connection
	check(err)
}

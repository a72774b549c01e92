#include <arpa/inet.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void check(int result, const char *call) {
    if (result < 0) {
        perror(call);
        exit(1);
    }
}

static struct sockaddr_in address_of(const char *name, int port) {
    struct addrinfo hints = {.ai_family = AF_INET}, *found;
    if (getaddrinfo(name, NULL, &hints, &found) != 0)
        exit(1);
    struct sockaddr_in address = *(struct sockaddr_in *)found->ai_addr;
    address.sin_port = htons(port);
    freeaddrinfo(found);
    return address;
}

static void print_received(int connection) {
    char data[100];
    int count = recv(connection, data, sizeof data, 0);
    check(count, "recv");
    printf("b'%.*s'\n", count, data);
}

int main(void) {
    struct sockaddr_in address = address_of("server", 8080);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    check(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");
    check(listen(listener, 128), "listen");

    int connection = accept(listener, NULL, NULL);
    check(connection, "accept");
    struct pollfd readable = {.fd = connection, .events = POLLIN};
    int ready = poll(&readable, 1, 400); // it may wait, but not for ever
    check(ready, "poll");
    if (ready)
        print_received(connection);
    else
        printf("nobody said anything: timed out\n");
    print_received(connection);
}

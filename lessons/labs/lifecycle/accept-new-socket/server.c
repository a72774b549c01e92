#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

// Prints a socket's descriptor and its own address; the end of the line is left to the caller.
static void print_socket(const char *name, int descriptor) {
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    check(getsockname(descriptor, (struct sockaddr *)&address, &length), "getsockname");
    printf("%s %d %s:%d", name, descriptor, inet_ntoa(address.sin_addr), ntohs(address.sin_port));
}

static void print_peer(int descriptor) {
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    check(getpeername(descriptor, (struct sockaddr *)&address, &length), "getpeername");
    printf(" %s:%d\n", inet_ntoa(address.sin_addr), ntohs(address.sin_port));
}

int main(void) {
    struct sockaddr_in address = address_of("server", 8080);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    check(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");
    check(listen(listener, 128), "listen");

    int first = accept(listener, NULL, NULL);
    check(first, "accept");
    int second = accept(listener, NULL, NULL);
    check(second, "accept");
    print_socket("listener", listener);
    printf("\n");
    print_socket("first", first);
    print_peer(first);
    print_socket("second", second);
    print_peer(second);
    char data[10];
    if (recv(listener, data, sizeof data, 0) < 0)
        printf("recv on the listener: %s\n", strerror(errno));

    check(send(first, "you are the first", 17, 0), "send");
    check(send(second, "you are the second", 18, 0), "send");
    close(first);
    close(second);
    close(listener);
}

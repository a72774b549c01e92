#include <arpa/inet.h>
#include <netdb.h>
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

static void print_address(const char *name, struct sockaddr_in address) {
    printf("%s ('%s', %d)\n", name, inet_ntoa(address.sin_addr), ntohs(address.sin_port));
}

int main(void) {
    struct sockaddr_in address = address_of("client", 9000);
    int lonely = socket(AF_INET, SOCK_STREAM, 0);
    check(bind(lonely, (struct sockaddr *)&address, sizeof address), "bind");
    check(connect(lonely, (struct sockaddr *)&address, sizeof address), "connect"); // no listener, no second socket
    struct sockaddr_in own, peer;
    socklen_t length = sizeof own;
    check(getsockname(lonely, (struct sockaddr *)&own, &length), "getsockname");
    check(getpeername(lonely, (struct sockaddr *)&peer, &length), "getpeername");
    print_address("own address ", own);
    print_address("peer address", peer);
    check(send(lonely, "is anybody there?", 17, 0), "send");
    char data[1024];
    int count = recv(lonely, data, sizeof data, 0);
    check(count, "recv");
    printf("received b'%.*s'\n", count, data);
    close(lonely);
}

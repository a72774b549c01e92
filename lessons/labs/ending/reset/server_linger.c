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

int main(void) {
    struct sockaddr_in address = address_of("server", 8080);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    check(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");
    check(listen(listener, 128), "listen");

    int connection = accept(listener, NULL, NULL);
    check(connection, "accept");
    char data[1024];
    int count = recv(connection, data, sizeof data, 0);
    check(count, "recv");
    printf("received b'%.*s'\n", count, data);
    struct linger slam = {.l_onoff = 1, .l_linger = 0}; // on, for 0 seconds
    check(setsockopt(connection, SOL_SOCKET, SO_LINGER, &slam, sizeof slam), "setsockopt");
    close(connection);
    close(listener);
}

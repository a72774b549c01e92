#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/select.h>
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
    struct sockaddr_in server = address_of("server", 8080);
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    check(fcntl(connection, F_SETFL, O_NONBLOCK), "fcntl");
    int result = connect(connection, (struct sockaddr *)&server, sizeof server);
    printf("%d\n", result < 0 ? errno : 0); // 115 is EINPROGRESS: under way

    fd_set writable;
    FD_ZERO(&writable);
    FD_SET(connection, &writable);
    struct timeval limit = {.tv_sec = 5};
    int ready = select(connection + 1, NULL, &writable, NULL, &limit);
    check(ready, "select");
    int error;
    socklen_t length = sizeof error;
    check(getsockopt(connection, SOL_SOCKET, SO_ERROR, &error, &length), "getsockopt");
    printf("%s %d\n", ready ? "writable" : "nothing happened", error);
    close(connection);
}

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/tcp.h>
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

static void set(int connection, int level, int option, int value) {
    check(setsockopt(connection, level, option, &value, sizeof value), "setsockopt");
}

int main(void) {
    struct sockaddr_in server = address_of("server", 8080);
    int plain = socket(AF_INET, SOCK_STREAM, 0);
    check(connect(plain, (struct sockaddr *)&server, sizeof server), "connect");

    int watchful = socket(AF_INET, SOCK_STREAM, 0);
    set(watchful, SOL_SOCKET, SO_KEEPALIVE, 1);
    set(watchful, IPPROTO_TCP, TCP_KEEPIDLE, 1);
    set(watchful, IPPROTO_TCP, TCP_KEEPINTVL, 1);
    set(watchful, IPPROTO_TCP, TCP_KEEPCNT, 2);
    check(connect(watchful, (struct sockaddr *)&server, sizeof server), "connect");

    char data[1024];
    if (recv(watchful, data, sizeof data, 0) < 0)
        printf("watchful: %s\n", strerror(errno));

    int sent = send(plain, "hello", 5, 0);
    check(sent, "send");
    printf("plain: sent %d\n", sent);
    close(plain);
    close(watchful);
}

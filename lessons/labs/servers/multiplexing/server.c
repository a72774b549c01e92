#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
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

static int listening(struct sockaddr_in address) {
    int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    check(setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), "setsockopt");
    check(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");
    check(listen(listener, 128), "listen");
    return listener;
}

// Asks three times whether there is something to read, and reads nothing.
static void ask(const char *name, int connection, uint32_t events) {
    int poller = epoll_create1(0);
    check(poller, "epoll_create1");
    struct epoll_event event = {.events = events, .data.fd = connection};
    check(epoll_ctl(poller, EPOLL_CTL_ADD, connection, &event), "epoll_ctl");
    printf("%s", name);
    for (int i = 0; i < 3; i++) {
        int count = epoll_wait(poller, &event, 1, 50);
        check(count, "epoll_wait");
        printf(" %d", count);
    }
    printf("\n");
    close(poller);
}

int main(void) {
    int listener = listening(address_of("server", 8080));
    int connection = accept(listener, NULL, NULL);
    check(connection, "accept");
    char data[1024];
    check(recv(connection, data, 1, 0), "recv"); // the rest lies there unread

    ask("level", connection, EPOLLIN);
    ask("edge", connection, EPOLLIN | EPOLLET);

    check(recv(connection, data, sizeof data, 0), "recv"); // a close with bytes unread would reset the connection
}

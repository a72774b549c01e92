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
    check(setsockopt(listener, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on), "setsockopt");
    check(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");
    check(listen(listener, 64), "listen");
    return listener;
}

static void watch(int poller, int descriptor) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = descriptor};
    check(epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event), "epoll_ctl");
}

int main(void) {
    int listener = listening(address_of("server", 8080));
    int poller = epoll_create1(0);
    check(poller, "epoll_create1");
    watch(poller, listener);
    int clients = 0, served = 0;
    while (clients > 0 || served == 0) { // until the last one has gone
        struct epoll_event ready[64];
        int count = epoll_wait(poller, ready, 64, -1);
        check(count, "epoll_wait");
        for (int i = 0; i < count; i++)
            if (ready[i].data.fd == listener) {
                int client = accept(listener, NULL, NULL);
                check(client, "accept");
                check(send(client, "B", 1, 0), "send");
                watch(poller, client);
                clients++;
                served++;
            } else { // the end of this client's stream
                close(ready[i].data.fd);
                clients--;
            }
    }
    printf("B served %d\n", served);
}

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
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

static void join(int member, struct in_addr own) {
    struct ip_mreq group = {.imr_interface = own};
    inet_pton(AF_INET, "239.1.2.3", &group.imr_multiaddr);
    check(setsockopt(member, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group, sizeof group), "setsockopt");
}

// Prints what comes and from where, until nothing has come for two seconds.
static void hear(int member) {
    struct timeval limit = {.tv_sec = 2};
    check(setsockopt(member, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit), "setsockopt");
    for (;;) {
        char data[1024];
        struct sockaddr_in from;
        socklen_t length = sizeof from;
        int count = recvfrom(member, data, sizeof data, 0, (struct sockaddr *)&from, &length);
        if (count < 0 && errno == EAGAIN)
            return;
        check(count, "recvfrom");
        printf("(b'%.*s', ('%s', %d))\n", count, data, inet_ntoa(from.sin_addr), ntohs(from.sin_port));
    }
}

int main(void) {
    int member = socket(AF_INET, SOCK_DGRAM, 0);
    join(member, address_of("host3", 0).sin_addr);
    struct sockaddr_in anywhere = {.sin_family = AF_INET, .sin_port = htons(5000)};
    check(bind(member, (struct sockaddr *)&anywhere, sizeof anywhere), "bind");
    hear(member);
    close(member);
}

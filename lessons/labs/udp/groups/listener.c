#include <arpa/inet.h>
#include <errno.h>
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

// Prints what comes and from where, until nothing has come for two seconds.
static void hear(int listener) {
    struct timeval limit = {.tv_sec = 2};
    check(setsockopt(listener, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit), "setsockopt");
    for (;;) {
        char data[1024];
        struct sockaddr_in from;
        socklen_t length = sizeof from;
        int count = recvfrom(listener, data, sizeof data, 0, (struct sockaddr *)&from, &length);
        if (count < 0 && errno == EAGAIN)
            return;
        check(count, "recvfrom");
        printf("(b'%.*s', ('%s', %d))\n", count, data, inet_ntoa(from.sin_addr), ntohs(from.sin_port));
    }
}

int main(void) {
    int listener = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in anywhere = {.sin_family = AF_INET, .sin_port = htons(5000)};
    check(bind(listener, (struct sockaddr *)&anywhere, sizeof anywhere), "bind");
    hear(listener);
    close(listener);
}

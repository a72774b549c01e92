#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static void check(int result, const char *call) {
    if (result < 0) {
        perror(call);
        exit(1);
    }
}

static void rest(long milliseconds) {
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    nanosleep(&time, NULL);
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

static int bound_socket(void) {
    struct sockaddr_in address = address_of("server", 8080);
    int server = socket(AF_INET, SOCK_DGRAM, 0);
    int size = 2048, on = 1;
    check(setsockopt(server, SOL_SOCKET, SO_RCVBUF, &size, sizeof size), "setsockopt");
    check(setsockopt(server, SOL_SOCKET, SO_RXQ_OVFL, &on, sizeof on), "setsockopt");
    check(bind(server, (struct sockaddr *)&address, sizeof address), "bind");
    return server;
}

// Reads until nothing has come for a second, and returns the number of letters.
static int read_letters(int server, struct sockaddr_in *client) {
    struct timeval second = {.tv_sec = 1};
    check(setsockopt(server, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof second), "setsockopt");
    for (int received = 0;; received++) {
        char data[1024];
        socklen_t length = sizeof *client;
        int count = recvfrom(server, data, sizeof data, 0, (struct sockaddr *)client, &length);
        if (count < 0 && errno == EAGAIN)
            return received;
        check(count, "recvfrom");
        printf("read %.*s\n", count, data);
    }
}

// Prints what the kernel notes beside the next datagram.
static void print_notes(int server) {
    char data[1024];
    _Alignas(struct cmsghdr) char notes[CMSG_SPACE(sizeof(uint32_t))];
    struct iovec bytes = {data, sizeof data};
    struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1,
                             .msg_control = notes, .msg_controllen = sizeof notes};
    check(recvmsg(server, &message, 0), "recvmsg");
    for (struct cmsghdr *note = CMSG_FIRSTHDR(&message); note != NULL; note = CMSG_NXTHDR(&message, note)) {
        uint32_t value;
        memcpy(&value, CMSG_DATA(note), sizeof value);
        printf("thrown away by my kernel: %u\n", value);
    }
}

int main(void) {
    int server = bound_socket();
    rest(2000); // busy with something else

    struct sockaddr_in client = {0};
    int received = read_letters(server, &client);
    char answer[32];
    int length = snprintf(answer, sizeof answer, "%d received", received);
    check(sendto(server, answer, length, 0, (struct sockaddr *)&client, sizeof client), "sendto");

    print_notes(server);
    close(server);
}

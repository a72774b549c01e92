#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
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

static double seconds(void) {
    struct timespec now;
    check(clock_gettime(CLOCK_MONOTONIC, &now), "clock_gettime");
    return now.tv_sec + now.tv_nsec / 1e9;
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

// Waits until there is something to read, and reads it: the end, once the server has accepted and closed.
static void read_end(int connection) {
    struct pollfd readable = {.fd = connection, .events = POLLIN};
    if (poll(&readable, 1, 30000) != 1) {
        fprintf(stderr, "nobody came in 30 seconds\n");
        exit(1);
    }
    char byte;
    check(recv(connection, &byte, 1, 0), "recv");
}

int main(void) {
    struct sockaddr_in server = address_of("server", 8080);
    double began = seconds();
    int connections[5];
    for (int i = 0; i < 5; i++) {
        connections[i] = socket(AF_INET, SOCK_STREAM, 0);
        check(fcntl(connections[i], F_SETFL, O_NONBLOCK), "fcntl");
        int result = connect(connections[i], (struct sockaddr *)&server, sizeof server);
        if (result < 0 && errno != EINPROGRESS)
            check(result, "connect");
        rest(100); // who asks in the same instant may get a cookie, and be forgotten
    }

    for (int i = 0; i < 5; i++)
        read_end(connections[i]);
    printf("all served after %.1f\n", seconds() - began);
}

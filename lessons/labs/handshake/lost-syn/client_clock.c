#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
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

// Returns what became of a connect that does not wait.
static int error_of(int connection) {
    int error;
    socklen_t length = sizeof error;
    check(getsockopt(connection, SOL_SOCKET, SO_ERROR, &error, &length), "getsockopt");
    return error;
}

int main(void) {
    struct sockaddr_in server = address_of("server", 8080);
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    check(fcntl(connection, F_SETFL, O_NONBLOCK), "fcntl");
    double begin = seconds();
    int result = connect(connection, (struct sockaddr *)&server, sizeof server);
    if (result < 0 && errno != EINPROGRESS)
        check(result, "connect");
    struct pollfd writable = {.fd = connection, .events = POLLOUT};
    int ready = poll(&writable, 1, 2500);
    check(ready, "poll");
    int error = ready ? error_of(connection) : 0;
    const char *said = !ready ? "timed out" : error ? strerror(error) : "connected";
    printf("%s after %.2f s\n", said, seconds() - begin);
    close(connection);
}

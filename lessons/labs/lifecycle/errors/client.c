#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/tcp.h>
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

// Connects, and prints how that failed and after how many seconds; tries is for TCP_SYNCNT, 0 leaves it alone.
static void attempt(const char *name, struct sockaddr_in address, int tries) {
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    if (tries > 0)
        check(setsockopt(connection, IPPROTO_TCP, TCP_SYNCNT, &tries, sizeof tries), "setsockopt");
    double began = seconds();
    if (connect(connection, (struct sockaddr *)&address, sizeof address) < 0)
        printf("%s %d %.2f\n", name, errno, seconds() - began);
    close(connection);
}

int main(void) {
    attempt("nobody listens", address_of("server", 9), 0);
    attempt("no answer", address_of("server", 8080), 1);
    attempt("no such host", address_of("10.0.0.9", 8080), 0);

    struct sockaddr_in address = address_of("client", 9000);
    int first = socket(AF_INET, SOCK_STREAM, 0);
    check(bind(first, (struct sockaddr *)&address, sizeof address), "bind");
    int second = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(second, (struct sockaddr *)&address, sizeof address) < 0)
        printf("taken %d 0\n", errno);
}

#include <arpa/inet.h>
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

enum { PIECES = 40, SIZE = 1000, MOST = 2 * PIECES }; // room for some that come twice

static int number_of(const char *piece) {
    return (piece[0] - '0') * 10 + piece[1] - '0';
}

static int contains(const int *numbers, int count, int number) {
    while (count > 0)
        if (numbers[--count] == number)
            return 1;
    return 0;
}

static void report(const char *name, const int *numbers, int count, double took) {
    int ordered = 1;
    for (int i = 1; i < count; i++)
        if (numbers[i] < numbers[i - 1])
            ordered = 0;
    printf("%s: %d pieces, %s, missing [", name, count, ordered ? "in order" : "not in order");
    const char *between = "";
    for (int number = 0; number < PIECES; number++)
        if (!contains(numbers, count, number)) {
            printf("%s%d", between, number);
            between = ", ";
        }
    printf("], %.0f ms\n", 1000 * took);
}

static void receive_stream(int listener) {
    int connection = accept(listener, NULL, NULL);
    check(connection, "accept");
    static char data[65536];
    int length = 0, count;
    double first = 0, last = 0;
    while ((count = recv(connection, data + length, sizeof data - length, 0)) > 0) {
        last = seconds();
        if (length == 0)
            first = last;
        length += count;
    }
    check(count, "recv");

    int numbers[MOST], pieces = 0;
    for (int at = 0; at < length; at += SIZE)
        numbers[pieces++] = number_of(data + at);
    report("TCP", numbers, pieces, last - first);
    check(send(connection, "thank you", 9, 0), "send");
    close(connection);
}

static void receive_datagrams(int udp) {
    int numbers[MOST], pieces = 0;
    double first = 0, last = 0;
    struct pollfd readable = {.fd = udp, .events = POLLIN};
    int limit = -1; // milliseconds; for the first piece as long as it takes
    while (pieces < MOST && poll(&readable, 1, limit) > 0) {
        char piece[SIZE];
        check(recv(udp, piece, sizeof piece, 0), "recv");
        last = seconds();
        if (pieces == 0)
            first = last;
        numbers[pieces++] = number_of(piece);
        limit = 2000;
    }
    report("UDP", numbers, pieces, last - first);
}

int main(void) {
    struct sockaddr_in address = address_of("server", 8080);
    int udp = socket(AF_INET, SOCK_DGRAM, 0);
    check(bind(udp, (struct sockaddr *)&address, sizeof address), "bind");
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    check(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");
    check(listen(listener, 128), "listen");

    receive_stream(listener);
    receive_datagrams(udp);
}

#include <arpa/inet.h>
#include <netdb.h>
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

// Keeps the last three bytes of the stream when count bytes of data have come.
static void remember(char last[3], const char *data, int count) {
    int added = count < 3 ? count : 3;
    memmove(last, last + added, 3 - added);
    memcpy(last + 3 - added, data + count - added, added);
}

int main(void) {
    struct sockaddr_in address = address_of("server", 8080);
    int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    check(setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), "setsockopt");
    check(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");
    check(listen(listener, 128), "listen");
    int connection = accept(listener, NULL, NULL);
    check(connection, "accept");
    rest(1000); // busy: reads nothing yet

    static char data[262144];
    char last[3] = "";
    int bytes = 0, count;
    while ((count = recv(connection, data, sizeof data, 0)) > 0) {
        bytes += count;
        remember(last, data, count);
    }
    check(count, "recv");
    printf("%d bytes, %s\n", bytes, memcmp(last, "END", 3) == 0 ? "whole" : "the END is missing");
    close(connection);
}

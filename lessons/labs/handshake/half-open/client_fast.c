#include <arpa/inet.h>
#include <netdb.h>
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

int main(void) {
    struct sockaddr_in server = address_of("server", 8080);
    for (int number = 0; number < 2; number++) {
        double began = seconds();
        int connection = socket(AF_INET, SOCK_STREAM, 0);
        check(sendto(connection, "hello", 5, MSG_FASTOPEN, (struct sockaddr *)&server, sizeof server), "sendto"); // connect and send in one
        char data[100];
        int count = recv(connection, data, sizeof data, 0);
        check(count, "recv");
        printf("b'%.*s' after %.0f ms\n", count, data, 1000 * (seconds() - began));
        check(recv(connection, data, sizeof data, 0), "recv");
        close(connection);
    }
}

#include <arpa/inet.h>
#include <errno.h>
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
    const char *names[] = {"192.0.2.1", "10.0.0.9"};
    for (int i = 0; i < 2; i++) {
        struct sockaddr_in address = address_of(names[i], 8080);
        int connection = socket(AF_INET, SOCK_STREAM, 0);
        double began = seconds();
        if (connect(connection, (struct sockaddr *)&address, sizeof address) < 0)
            printf("%s %d %s %.2f\n", names[i], errno, strerror(errno), seconds() - began);
        close(connection);
    }
}

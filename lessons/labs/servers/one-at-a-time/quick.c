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

static int connected(struct sockaddr_in server) {
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    check(connect(connection, (struct sockaddr *)&server, sizeof server), "connect");
    return connection;
}

int main(void) {
    rest(500); // comes second
    double began = seconds();
    int connection = connected(address_of("host1", 8080));
    printf("connected after %.2f\n", seconds() - began);
    check(send(connection, "quick one", 9, 0), "send");
    char answer[100];
    int count = recv(connection, answer, sizeof answer, 0);
    check(count, "recv");
    printf("b'%.*s' after %.2f\n", count, answer, seconds() - began);
    close(connection);
}

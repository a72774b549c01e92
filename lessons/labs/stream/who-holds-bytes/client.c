#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/sockios.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>

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

static double seconds(void) {
    struct timespec now;
    check(clock_gettime(CLOCK_MONOTONIC, &now), "clock_gettime");
    return now.tv_sec + now.tv_nsec / 1e9;
}

int main(void) {
    struct sockaddr_in server = address_of("server", 8080);
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    check(connect(connection, (struct sockaddr *)&server, sizeof server), "connect");
    check(fcntl(connection, F_SETFL, O_NONBLOCK), "fcntl");
    static const char data[100000];
    long sent = 0;
    double began = seconds();
    while (seconds() - began < 0.5) {
        int count = send(connection, data, sizeof data, 0);
        if (count >= 0)
            sent += count;
        else if (errno == EAGAIN)
            rest(50);
        else
            check(count, "send");
    }

    rest(700);   // what is under way arrives
    int waiting; // how many bytes are not acknowledged yet
    check(ioctl(connection, SIOCOUTQ, &waiting), "ioctl");
    printf("%ld %d\n", sent, waiting);
    rest(1000);
}

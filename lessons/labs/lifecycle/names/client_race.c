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

static double seconds(void) {
    struct timespec now;
    check(clock_gettime(CLOCK_MONOTONIC, &now), "clock_gettime");
    return now.tv_sec + now.tv_nsec / 1e9;
}

// An address in figures; the text holds until the next call.
static const char *text_of(const struct sockaddr *address, socklen_t length) {
    static char text[NI_MAXHOST];
    if (getnameinfo(address, length, text, sizeof text, NULL, 0, NI_NUMERICHOST) != 0)
        exit(1);
    return text;
}

enum { MOST = 8 };

static struct pollfd attempts[MOST]; // those that have failed have descriptor -1, which poll passes over

// Begins an attempt, and does not wait for it.
static int begin(const struct addrinfo *to) {
    int attempt = socket(to->ai_family, to->ai_socktype, to->ai_protocol);
    check(fcntl(attempt, F_SETFL, O_NONBLOCK), "fcntl");
    int result = connect(attempt, to->ai_addr, to->ai_addrlen);
    if (result < 0 && errno != EINPROGRESS)
        check(result, "connect");
    return attempt;
}

// Waits for one of the attempts, at most so many milliseconds, or without end if that is -1.
// Returns the descriptor that is connected, or -1; *left counts the attempts that have not failed.
static int winner(int count, int patience, int *left) {
    int connected = -1;
    check(poll(attempts, count, patience), "poll");
    *left = 0;
    for (int i = 0; i < count; i++) {
        int error = 0;
        socklen_t length = sizeof error;
        if (attempts[i].fd < 0)
            continue;
        if (attempts[i].revents != 0)
            check(getsockopt(attempts[i].fd, SOL_SOCKET, SO_ERROR, &error, &length), "getsockopt");
        if (error != 0) {
            close(attempts[i].fd);
            attempts[i].fd = -1;
            continue;
        }
        if (attempts[i].revents != 0 && connected < 0)
            connected = attempts[i].fd;
        ++*left;
    }
    return connected;
}

int main(void) {
    int families[] = {AF_INET6, AF_INET}; // the order that most systems prefer
    double began = seconds();
    int count = 0, left = 0, connected = -1;
    for (int i = 0; i < 2; i++) {
        struct addrinfo hints = {.ai_family = families[i], .ai_socktype = SOCK_STREAM}, *found;
        if (getaddrinfo("server", "8080", &hints, &found) != 0)
            exit(1);
        for (struct addrinfo *one = found; one != NULL && connected < 0 && count < MOST; one = one->ai_next) {
            attempts[count].fd = begin(one);
            attempts[count].events = POLLOUT;
            count++;
            connected = winner(count, 250, &left); // if there is none yet, then the next one, too
        }
        freeaddrinfo(found);
    }
    while (connected < 0 && left > 0) // all have begun: now as long as it takes
        connected = winner(count, -1, &left);
    if (connected < 0) {
        fprintf(stderr, "no address of server answers\n");
        exit(1);
    }
    struct sockaddr_storage peer;
    socklen_t length = sizeof peer;
    check(getpeername(connected, (struct sockaddr *)&peer, &length), "getpeername");
    printf("connected to %s after %.2f s\n", text_of((struct sockaddr *)&peer, length), seconds() - began);
    for (int i = 0; i < count; i++)
        if (attempts[i].fd >= 0)
            close(attempts[i].fd);
}

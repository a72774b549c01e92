#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void check(int result, const char *call) {
    if (result < 0) {
        perror(call);
        exit(1);
    }
}

// The addresses of one family at which the server can be asked for.
static struct addrinfo *find(int family) {
    struct addrinfo hints = {.ai_family = family, .ai_socktype = SOCK_STREAM}, *found;
    if (getaddrinfo("server", "8080", &hints, &found) != 0)
        exit(1);
    return found;
}

// An address in figures; the text holds until the next call.
static const char *text_of(const struct sockaddr *address, socklen_t length) {
    static char text[NI_MAXHOST];
    if (getnameinfo(address, length, text, sizeof text, NULL, 0, NI_NUMERICHOST) != 0)
        exit(1);
    return text;
}

// Returns a connected socket, or -1 when that is refused.
static int attempt(const struct addrinfo *to) {
    int connection = socket(to->ai_family, to->ai_socktype, to->ai_protocol);
    check(connection, "socket");
    if (connect(connection, to->ai_addr, to->ai_addrlen) == 0)
        return connection;
    printf("tried %s %s\n", text_of(to->ai_addr, to->ai_addrlen), strerror(errno));
    close(connection);
    return -1;
}

int main(void) {
    int families[] = {AF_INET6, AF_INET}; // the order that most systems prefer
    const char *names[] = {"AF_INET6", "AF_INET"};
    struct addrinfo *found[2], *one;
    for (int i = 0; i < 2; i++) {
        found[i] = find(families[i]);
        for (one = found[i]; one != NULL; one = one->ai_next)
            printf("found %s %s\n", names[i], text_of(one->ai_addr, one->ai_addrlen));
    }

    int connection = -1;
    for (int i = 0; i < 2; i++) {
        for (one = found[i]; one != NULL && connection < 0; one = one->ai_next)
            connection = attempt(one);
        freeaddrinfo(found[i]);
    }
    struct sockaddr_storage peer;
    socklen_t length = sizeof peer;
    check(getpeername(connection, (struct sockaddr *)&peer, &length), "getpeername");
    printf("connected to %s\n", text_of((struct sockaddr *)&peer, length));

    char data[100];
    int count = recv(connection, data, sizeof data, 0);
    check(count, "recv");
    printf("b'%.*s'\n", count, data);
    close(connection);
}

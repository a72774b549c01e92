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

// An address in figures; the text holds until the next call.
static const char *text_of(const struct sockaddr *address, socklen_t length) {
    static char text[NI_MAXHOST];
    if (getnameinfo(address, length, text, sizeof text, NULL, 0, NI_NUMERICHOST) != 0)
        exit(1);
    return text;
}

static void look_up(const char *name, int family) {
    struct addrinfo hints = {.ai_family = family, .ai_socktype = SOCK_STREAM}, *found;
    int error = getaddrinfo(name, "8080", &hints, &found);
    if (error != 0) {
        printf("%s has none: %s\n", name, gai_strerror(error));
        return;
    }
    printf("%s is %s\n", name, text_of(found->ai_addr, found->ai_addrlen));
    freeaddrinfo(found);
}

// Tries the addresses of a name one after another, and returns a connected socket, or -1 when none is.
static int connection_to(const char *name) {
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found;
    if (getaddrinfo(name, "8080", &hints, &found) != 0)
        exit(1);
    int connection = -1, refused = 0;
    for (struct addrinfo *one = found; one != NULL && connection < 0; one = one->ai_next) {
        connection = socket(one->ai_family, one->ai_socktype, one->ai_protocol);
        check(connection, "socket");
        if (connect(connection, one->ai_addr, one->ai_addrlen) < 0) {
            refused = errno;
            close(connection);
            connection = -1;
        }
    }
    freeaddrinfo(found);
    errno = refused;
    return connection;
}

int main(void) {
    const char *names[] = {"localhost", "server", "10.0.0.2", "no-such-name"};
    for (int i = 0; i < 4; i++) {
        look_up(names[i], AF_INET6);
        look_up(names[i], AF_INET);
    }

    if (connection_to("localhost") < 0)
        printf("localhost: %s\n", strerror(errno)); // this host, and the server is another

    int connection = connection_to("server");
    struct sockaddr_storage peer;
    socklen_t length = sizeof peer;
    check(getpeername(connection, (struct sockaddr *)&peer, &length), "getpeername");
    printf("server: %s\n", text_of((struct sockaddr *)&peer, length));
    char data[100];
    check(recv(connection, data, sizeof data, 0), "recv");
    close(connection);
}

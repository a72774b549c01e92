#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
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

static int receive(int connection, char *data, size_t room, int flags) {
    int count = recv(connection, data, room, flags);
    check(count, "recv");
    return count;
}

int main(void) {
    struct sockaddr_in address = address_of("server", 8080);
    int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    check(setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), "setsockopt");
    check(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");
    check(listen(listener, 128), "listen");
    int connection = accept(listener, NULL, NULL);
    check(connection, "accept");
    char first[10], second[10];
    receive(connection, first, 1, 0);
    int looked = receive(connection, first, 10, MSG_PEEK);
    int read = receive(connection, second, 10, 0);
    printf("b'%.*s' b'%.*s'\n", looked, first, read, second);

    check(send(connection, "go on", 5, 0), "send");
    read = receive(connection, first, 4, MSG_WAITALL);
    printf("b'%.*s'\n", read, first);

    check(send(connection, "go on", 5, 0), "send");
    rest(500);
    read = receive(connection, first, 10, 0);
    int urgent = receive(connection, second, 10, MSG_OOB);
    printf("b'%.*s' b'%.*s'\n", read, first, urgent, second);
}

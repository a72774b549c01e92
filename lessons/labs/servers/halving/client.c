#include <arpa/inet.h>
#include <netdb.h>
#include <poll.h>
#include <stdint.h>
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

// Waits a second and a half at most until there is something to read.
static int readable(int connection) {
    struct pollfd waiting = {.fd = connection, .events = POLLIN};
    int count = poll(&waiting, 1, 1500);
    check(count, "poll");
    return count > 0;
}

int main(void) {
    const char *note = "hello";
    uint16_t length = strlen(note);
    char message[100];
    memcpy(message, &length, 2);
    memcpy(message + 2, note, length);
    int connection = connected(address_of("server", 8080));
    check(send(connection, message, 2 + length, 0), "send");
    if (readable(connection)) {
        char answer[100];
        int count = recv(connection, answer, sizeof answer, 0);
        check(count, "recv");
        printf("%.*s\n", count, answer);
    } else
        printf("the server hangs\n");
    close(connection);
}

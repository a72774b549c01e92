#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
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

static int listening(struct sockaddr_in address) {
    int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    check(setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), "setsockopt");
    check(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");
    check(listen(listener, 128), "listen");
    return listener;
}

int main(void) {
    int listener = listening(address_of("server", 8080));
    for (int turn = 0; turn < 2; turn++) {
        int connection = accept(listener, NULL, NULL);
        check(connection, "accept");
        char question[1024];
        int length = 0, count;
        while ((count = recv(connection, question + length, sizeof question - length, 0)) > 0)
            length += count;
        check(count, "recv");
        check(send(connection, "4 euros", 7, 0), "send");
        printf("asked: %.*s answered: 4 euros\n", length, question);
        close(connection);
    }
}

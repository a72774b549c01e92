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

int main(void) {
    struct sockaddr_in address = address_of("server", 8080);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    check(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");

    int bell = socket(AF_INET, SOCK_DGRAM, 0);
    check(bind(bell, (struct sockaddr *)&address, sizeof address), "bind");
    char data[1024];
    socklen_t length = sizeof address;
    check(recvfrom(bell, data, sizeof data, 0, (struct sockaddr *)&address, &length), "recvfrom");

    check(listen(listener, 128), "listen");
    check(sendto(bell, "now I listen", 12, 0, (struct sockaddr *)&address, length), "sendto");
    close(bell);

    int connection = accept(listener, NULL, NULL);
    check(connection, "accept");
    int count = recv(connection, data, sizeof data, 0);
    check(count, "recv");
    printf("b'%.*s'\n", count, data);
    close(connection);
    close(listener);
}

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

static int connection_to(struct sockaddr_in address) {
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    check(connect(connection, (struct sockaddr *)&address, sizeof address), "connect");
    return connection;
}

static void print_received(int connection) {
    char data[100];
    int count = recv(connection, data, sizeof data, 0);
    check(count, "recv");
    printf("%.*s\n", count, data);
}

int main(void) {
    struct sockaddr_in server = address_of("server", 8080);
    int a = connection_to(server);
    int b = connection_to(server);
    print_received(a);
    print_received(b);
    close(a);
    close(b);
}

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
    struct sockaddr_in server = address_of("server", 8080);
    int early = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(early, (struct sockaddr *)&server, sizeof server) < 0)
        perror("connect");
    close(early);

    int bell = socket(AF_INET, SOCK_DGRAM, 0);
    check(sendto(bell, "please listen", 13, 0, (struct sockaddr *)&server, sizeof server), "sendto");
    char data[1024];
    int count = recv(bell, data, sizeof data, 0);
    check(count, "recv");
    printf("b'%.*s'\n", count, data);
    close(bell);

    int connection = socket(AF_INET, SOCK_STREAM, 0);
    check(connect(connection, (struct sockaddr *)&server, sizeof server), "connect");
    check(send(connection, "hello", 5, 0), "send");
    close(connection);
}

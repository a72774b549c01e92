#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

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
    int ports[] = {8080, 9999};
    for (int i = 0; i < 2; i++) {
        struct sockaddr_in server = address_of("server", ports[i]);
        int connection = socket(AF_INET, SOCK_STREAM, 0); // neither is closed before both are tried
        if (connect(connection, (struct sockaddr *)&server, sizeof server) == 0)
            printf("%d connected\n", ports[i]);
        else
            printf("%d %s\n", ports[i], errno == ECONNREFUSED ? "ECONNREFUSED" : strerror(errno));
    }
}

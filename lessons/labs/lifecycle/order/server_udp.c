#include <arpa/inet.h>
#include <ctype.h>
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
    int server = socket(AF_INET, SOCK_DGRAM, 0);
    check(bind(server, (struct sockaddr *)&address, sizeof address), "bind");
    char request[1024];
    socklen_t length = sizeof address;
    int count = recvfrom(server, request, sizeof request, 0, (struct sockaddr *)&address, &length);
    check(count, "recvfrom");
    for (int i = 0; i < count; i++)
        request[i] = toupper((unsigned char)request[i]);
    check(sendto(server, request, count, 0, (struct sockaddr *)&address, length), "sendto");
    close(server);
}

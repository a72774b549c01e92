#include <arpa/inet.h>
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
    int client = socket(AF_INET, SOCK_DGRAM, 0);

    const char *letters[] = {"one", "two", "", "1234567890", "last"};
    for (int i = 0; i < 5; i++)
        check(sendto(client, letters[i], strlen(letters[i]), 0, (struct sockaddr *)&server, sizeof server), "sendto");

    static const char zeros[65508];
    if (sendto(client, zeros, sizeof zeros, 0, (struct sockaddr *)&server, sizeof server) < 0)
        printf("%s\n", strerror(errno));

    char answer[1024];
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    int count = recvfrom(client, answer, sizeof answer, 0, (struct sockaddr *)&address, &length);
    check(count, "recvfrom");
    printf("%.*s from %s, port %d\n", count, answer, inet_ntoa(address.sin_addr), ntohs(address.sin_port));
    close(client);
}

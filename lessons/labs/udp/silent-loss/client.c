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
    int client = socket(AF_INET, SOCK_DGRAM, 0);
    for (int number = 0; number < 20; number++) {
        char letter[32];
        int length = snprintf(letter, sizeof letter, "letter %d", number);
        check(sendto(client, letter, length, 0, (struct sockaddr *)&server, sizeof server), "sendto");
    }
    printf("20 letters sent, no error\n");

    char answer[1024];
    int count = recvfrom(client, answer, sizeof answer, 0, NULL, NULL);
    check(count, "recvfrom");
    printf("the server says: %.*s\n", count, answer);
    check(sendto(client, "one more", 8, 0, (struct sockaddr *)&server, sizeof server), "sendto");
    close(client);
}

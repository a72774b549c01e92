#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

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

int main(void) {
    struct sockaddr_in server = address_of("server", 8080);
    int client = socket(AF_INET, SOCK_STREAM, 0);
    unsigned limit = 1500; // milliseconds
    check(setsockopt(client, IPPROTO_TCP, TCP_USER_TIMEOUT, &limit, sizeof limit), "setsockopt");
    check(connect(client, (struct sockaddr *)&server, sizeof server), "connect");

    rest(4000);
    int sent = send(client, "hello", 5, 0);
    check(sent, "send");
    printf("sent %d\n", sent);
    char data[1024];
    if (recv(client, data, sizeof data, 0) < 0)
        printf("%s\n", strerror(errno));
}

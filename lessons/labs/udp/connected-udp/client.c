#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
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

static void report(const char *what, int result) {
    if (result < 0)
        printf("%s failed: %s\n", what, strerror(errno));
    else
        printf("%s returned %d\n", what, result);
    rest(1000);
}

int main(void) {
    struct sockaddr_in nobody = address_of("server", 9999), server = address_of("server", 8080);
    int plain = socket(AF_INET, SOCK_DGRAM, 0);
    report("sendto a", sendto(plain, "a", 1, 0, (struct sockaddr *)&nobody, sizeof nobody));
    report("sendto b", sendto(plain, "b", 1, 0, (struct sockaddr *)&nobody, sizeof nobody));

    int client = socket(AF_INET, SOCK_DGRAM, 0);
    check(connect(client, (struct sockaddr *)&nobody, sizeof nobody), "connect");
    report("send c", send(client, "c", 1, 0));
    report("send d", send(client, "d", 1, 0));

    check(connect(client, (struct sockaddr *)&server, sizeof server), "connect");
    report("send e", send(client, "e", 1, 0));
    char data[1024];
    int count = recv(client, data, sizeof data, 0);
    check(count, "recv");
    printf("%.*s\n", count, data);
    close(client);
    close(plain);
}

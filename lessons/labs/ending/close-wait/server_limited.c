#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
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

static void answer(int connection, const char *question, int count) {
    char text[1100];
    int length = snprintf(text, sizeof text, "answer to %.*s", count, question);
    check(send(connection, text, length, 0), "send");
}

int main(void) {
    struct rlimit six = {6, 6}; // descriptors 0 to 5
    check(setrlimit(RLIMIT_NOFILE, &six), "setrlimit");

    struct sockaddr_in address = address_of("server", 8080);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    check(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");
    check(listen(listener, 128), "listen");

    for (int turn = 0; turn < 6; turn++) {
        int connection = accept(listener, NULL, NULL);
        if (connection < 0) {
            printf("accept failed: %s\n", strerror(errno));
            rest(1000);
            continue;
        }
        char question[1024];
        int count = recv(connection, question, sizeof question, 0);
        check(count, "recv");
        answer(connection, question, count); // and nobody closes the connection
    }
}

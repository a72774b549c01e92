#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <signal.h>
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
    signal(SIGPIPE, SIG_IGN); // a send that fails shall not end the program, but return
    struct sockaddr_in server = address_of("server", 8080);
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    check(connect(connection, (struct sockaddr *)&server, sizeof server), "connect");
    char data[1024];
    int count = recv(connection, data, sizeof data, 0);
    check(count, "recv");
    printf("received %d bytes\n", count);

    const char *words[] = {"one", "two"};
    for (int i = 0; i < 2; i++) {
        int sent = send(connection, words[i], 3, 0);
        if (sent >= 0)
            printf("%s sent: %d\n", words[i], sent);
        else
            printf("%s failed: %s\n", words[i], strerror(errno));
        rest(1000);
    }
    close(connection);
}

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <signal.h>
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
    signal(SIGPIPE, SIG_IGN); // a send that fails shall not end the program, but return
    struct sockaddr_in server = address_of("server", 8080);
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    check(connect(connection, (struct sockaddr *)&server, sizeof server), "connect");
    check(send(connection, "pear apple fig", 14, 0), "send");
    check(shutdown(connection, SHUT_WR), "shutdown");
    if (send(connection, "plum", 4, 0) < 0)
        printf("%s\n", strerror(errno));

    char data[1024];
    int count;
    while ((count = recv(connection, data, sizeof data, 0)) > 0)
        printf("received b'%.*s'\n", count, data);
    check(count, "recv");
    printf("end of the stream\n");
    close(connection);
}

#include <arpa/inet.h>
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

int main(void) {
    struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_port = htons(8080)}; // ::
    int listener = socket(AF_INET6, SOCK_STREAM, 0), off = 0;
    check(setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off), "setsockopt"); // IPv4 too
    check(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");
    check(listen(listener, 128), "listen");
    socklen_t length = sizeof address;
    int connection = accept(listener, (struct sockaddr *)&address, &length);
    check(connection, "accept");
    char text[INET6_ADDRSTRLEN];
    printf("from %s\n", inet_ntop(AF_INET6, &address.sin6_addr, text, sizeof text));
    check(send(connection, "here I am", 9, 0), "send");
    close(connection);
    close(listener);
}

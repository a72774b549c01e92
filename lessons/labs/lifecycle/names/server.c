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
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(8080)}; // IPv4 alone
    inet_pton(AF_INET, "10.0.0.2", &address.sin_addr);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    check(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");
    check(listen(listener, 128), "listen");
    socklen_t length = sizeof address;
    int connection = accept(listener, (struct sockaddr *)&address, &length);
    check(connection, "accept");
    printf("from %s\n", inet_ntoa(address.sin_addr));
    check(send(connection, "here I am", 9, 0), "send");
    close(connection);
    close(listener);
}

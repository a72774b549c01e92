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

static struct in_addr own_address(int descriptor) {
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    check(getsockname(descriptor, (struct sockaddr *)&address, &length), "getsockname");
    return address.sin_addr;
}

int main(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(8080)}; // at every address of this host
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    check(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");
    check(listen(listener, 128), "listen");
    for (int number = 0; number < 2; number++) {
        int connection = accept(listener, NULL, NULL);
        check(connection, "accept");
        printf("%s became ", inet_ntoa(own_address(listener)));
        printf("%s\n", inet_ntoa(own_address(connection)));
        check(send(connection, "!", 1, 0), "send");
        close(connection);
    }
    close(listener);
}

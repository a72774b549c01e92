#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void check(int result, const char *call) {
    if (result < 0) {
        perror(call);
        exit(1);
    }
}

static struct sockaddr_un address_of(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, path, sizeof address.sun_path - 1);
    return address;
}

int main(void) {
    int connection = socket(AF_UNIX, SOCK_STREAM, 0);
    struct sockaddr_un door = address_of("/tmp/door");
    check(connect(connection, (struct sockaddr *)&door, sizeof door), "connect");
    check(send(connection, "knock", 5, 0), "send");
    char data[100];
    int count = recv(connection, data, sizeof data, 0);
    check(count, "recv");
    printf("b\"%.*s\"\n", count, data);
    close(connection);
}

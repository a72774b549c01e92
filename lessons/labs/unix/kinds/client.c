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
    int outbox = socket(AF_UNIX, SOCK_DGRAM, 0);
    struct sockaddr_un inbox = address_of("/tmp/inbox");
    for (int number = 0; number < 20; number++) {
        char letter[12];
        int length = snprintf(letter, sizeof letter, "%d", number);
        check(sendto(outbox, letter, length, 0, (struct sockaddr *)&inbox, sizeof inbox), "sendto");
    }
    check(sendto(outbox, "end", 3, 0, (struct sockaddr *)&inbox, sizeof inbox), "sendto");
    close(outbox);

    int connection = socket(AF_UNIX, SOCK_SEQPACKET, 0);
    struct sockaddr_un door = address_of("/tmp/door");
    check(connect(connection, (struct sockaddr *)&door, sizeof door), "connect");
    check(send(connection, "first", 5, 0), "send");
    check(send(connection, "second", 6, 0), "send");
    close(connection);
}

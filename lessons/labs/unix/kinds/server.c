#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
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

static void rest(long milliseconds) {
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    nanosleep(&time, NULL);
}

int main(void) {
    int inbox = socket(AF_UNIX, SOCK_DGRAM, 0);
    struct sockaddr_un address = address_of("/tmp/inbox");
    check(bind(inbox, (struct sockaddr *)&address, sizeof address), "bind");
    int door = socket(AF_UNIX, SOCK_SEQPACKET, 0);
    address = address_of("/tmp/door");
    check(bind(door, (struct sockaddr *)&address, sizeof address), "bind");
    check(listen(door, 128), "listen");

    rest(1500); // busy with something else
    printf("letters");
    for (;;) {
        char letter[100];
        int count = recv(inbox, letter, sizeof letter, 0);
        check(count, "recv");
        if (count == 3 && memcmp(letter, "end", 3) == 0)
            break;
        printf(" %.*s", count, letter);
    }
    printf("\n");
    close(inbox);

    int connection = accept(door, NULL, NULL);
    check(connection, "accept");
    printf("messages");
    for (int i = 0; i < 3; i++) {
        char message[100];
        int count = recv(connection, message, sizeof message, 0);
        check(count, "recv");
        printf(" b'%.*s'", count, message);
    }
    printf("\n");
    close(connection);
    close(door);
}

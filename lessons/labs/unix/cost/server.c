#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { SIZE = 2000000 };

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

static int listen_tcp(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(8080)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int tcp = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    check(setsockopt(tcp, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), "setsockopt");
    check(bind(tcp, (struct sockaddr *)&address, sizeof address), "bind");
    check(listen(tcp, 128), "listen");
    return tcp;
}

static int listen_unix(void) {
    unlink("/tmp/door"); // what an earlier run may have left
    struct sockaddr_un door = address_of("/tmp/door");
    int local = socket(AF_UNIX, SOCK_STREAM, 0);
    check(bind(local, (struct sockaddr *)&door, sizeof door), "bind");
    check(listen(local, 128), "listen");
    return local;
}

// Answers one question; returns 0 when the client has no more.
static int answer(int connection) {
    static char data[SIZE];
    char question;
    int count = recv(connection, &question, 1, 0);
    check(count, "recv");
    if (count == 0)
        return 0;
    if (question == '!')
        check(recv(connection, data, SIZE, MSG_WAITALL), "recv"); // all of it, in one call
    check(send(connection, ".", 1, 0), "send");
    return 1;
}

int main(void) {
    int tcp = listen_tcp(), local = listen_unix();
    int both[2];
    both[0] = accept(tcp, NULL, NULL);
    check(both[0], "accept");
    check(send(both[0], ".", 1, 0), "send"); // now both doors are open
    both[1] = accept(local, NULL, NULL);
    check(both[1], "accept");

    while (answer(both[0]) && answer(both[1]))
        ; // by turns, as the client asks
    close(both[0]);
    close(both[1]);
    close(tcp);
    close(local);
    check(unlink("/tmp/door"), "unlink");
}

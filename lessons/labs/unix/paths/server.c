#include <errno.h>
#include <stddef.h>
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

// An abstract name begins with a zero byte in place of a path, and ends where its length says.
static struct sockaddr_un abstract(const char *name, socklen_t *length) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path + 1, name, sizeof address.sun_path - 1);
    *length = offsetof(struct sockaddr_un, sun_path) + 1 + strlen(name);
    return address;
}

static void attempt(const char *name, int (*call)(int, const struct sockaddr *, socklen_t),
                    struct sockaddr_un address, socklen_t length) {
    int s = socket(AF_UNIX, SOCK_STREAM, 0);
    if (call(s, (struct sockaddr *)&address, length) == 0)
        printf("%s ok\n", name);
    else
        printf("%s %d %s\n", name, errno, strerror(errno));
    close(s);
}

// Sends back what the client says, and its address: a client that has no name has an empty one.
static void answer(int connection, struct sockaddr_un client, socklen_t length) {
    char data[100], reply[300];
    int count = recv(connection, data, sizeof data, 0);
    check(count, "recv");
    int named = length - offsetof(struct sockaddr_un, sun_path);
    int size = snprintf(reply, sizeof reply, "%.*s, and who are you? '%.*s'",
                        count, data, named, client.sun_path);
    check(send(connection, reply, size, 0), "send");
}

int main(void) {
    const char *path = "/tmp/door";
    struct sockaddr_un door = address_of(path);
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    check(bind(listener, (struct sockaddr *)&door, sizeof door), "bind");
    check(listen(listener, 128), "listen");
    struct sockaddr_un client;
    socklen_t length = sizeof client;
    int connection = accept(listener, (struct sockaddr *)&client, &length);
    check(connection, "accept");
    answer(connection, client, length);
    close(connection);
    close(listener);

    printf("file %s\n", access(path, F_OK) == 0 ? "True" : "False");
    attempt("bind again", bind, door, sizeof door);
    attempt("connect", connect, door, sizeof door);
    check(unlink(path), "unlink");
    attempt("bind after unlink", bind, door, sizeof door);
    struct sockaddr_un name = abstract("door", &length);
    attempt("abstract", bind, name, length);
    attempt("abstract again", bind, name, length);
}

#define _GNU_SOURCE
#include <errno.h>
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

// Receives bytes as a string, and the one descriptor that came beside them.
static int receive_descriptor(int connection, char *text, size_t size) {
    struct iovec bytes = {text, size - 1};
    _Alignas(struct cmsghdr) char ancillary[CMSG_SPACE(sizeof(int))];
    struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1,
                             .msg_control = ancillary, .msg_controllen = sizeof ancillary};
    int count = recvmsg(connection, &message, 0);
    check(count, "recvmsg");
    text[count] = '\0';

    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (header == NULL || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) {
        fprintf(stderr, "no descriptor came\n");
        exit(1);
    }
    int descriptor;
    memcpy(&descriptor, CMSG_DATA(header), sizeof descriptor);
    return descriptor;
}

static void try_read(int number) {
    char data[100];
    int count = read(number, data, sizeof data);
    if (count < 0)
        printf("%d fails: %s\n", number, strerror(errno));
    else
        printf("%d gives b'%.*s'\n", number, count, data);
}

int main(void) {
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    struct sockaddr_un address = address_of("/tmp/door");
    check(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");
    check(listen(listener, 128), "listen");
    int connection = accept(listener, NULL, NULL);
    check(connection, "accept");
    struct ucred peer;
    socklen_t length = sizeof peer;
    check(getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &length), "getsockopt");
    printf("process %d of user %u\n", peer.pid, peer.uid);

    rest(700); // meanwhile the client closes all that it has
    char text[100];
    int arrived = receive_descriptor(connection, text, sizeof text);
    printf("came as %d\n", arrived);
    try_read(atoi(text));
    try_read(arrived);
    close(arrived);
    close(connection);
    close(listener);
}

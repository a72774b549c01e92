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

// Sends bytes with a descriptor beside them.
static void send_descriptor(int connection, char *text, int descriptor) {
    struct iovec bytes = {text, strlen(text)};
    _Alignas(struct cmsghdr) char ancillary[CMSG_SPACE(sizeof(int))] = {0};
    struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1,
                             .msg_control = ancillary, .msg_controllen = sizeof ancillary};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof descriptor);
    memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
    check(sendmsg(connection, &message, 0), "sendmsg");
}

int main(void) {
    int ends[2];
    check(pipe(ends), "pipe");
    int reading = ends[0], writing = ends[1];
    check(write(writing, "through the pipe", 16), "write");
    int connection = socket(AF_UNIX, SOCK_STREAM, 0);
    struct sockaddr_un door = address_of("/tmp/door");
    check(connect(connection, (struct sockaddr *)&door, sizeof door), "connect");
    printf("process %d gives %d\n", getpid(), reading);
    char text[12];
    snprintf(text, sizeof text, "%d", reading);
    send_descriptor(connection, text, reading);
    close(reading);
    close(writing);
    close(connection);
}

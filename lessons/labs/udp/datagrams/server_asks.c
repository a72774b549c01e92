#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

static void check(int result, const char *call) {
    if (result < 0) {
        perror(call);
        exit(1);
    }
}

static struct sockaddr_in address_of(const char *name, int port) {
    struct addrinfo hints = {.ai_family = AF_INET}, *found;
    if (getaddrinfo(name, NULL, &hints, &found) != 0)
        exit(1);
    struct sockaddr_in address = *(struct sockaddr_in *)found->ai_addr;
    address.sin_port = htons(port);
    freeaddrinfo(found);
    return address;
}

int main(void) {
    struct sockaddr_in address = address_of("server", 8080);
    int server = socket(AF_INET, SOCK_DGRAM, 0);
    check(bind(server, (struct sockaddr *)&address, sizeof address), "bind");

    struct sockaddr_in client;
    struct msghdr message = {.msg_name = &client};
    int sizes[] = {1024, 1024, 1024, 4, 1024};
    for (int i = 0; i < 5; i++) {
        char data[1024];
        struct iovec room = {data, sizes[i]};
        message.msg_iov = &room;
        message.msg_iovlen = 1;
        message.msg_namelen = sizeof client;
        int count = recvmsg(server, &message, 0);
        check(count, "recvmsg");
        printf("%d bytes: %.*s %s\n", count, count, data, message.msg_flags & MSG_TRUNC ? "(cut)" : "(whole)");
    }

    check(sendto(server, "got it", 6, 0, (struct sockaddr *)&client, message.msg_namelen), "sendto");
    close(server);
}

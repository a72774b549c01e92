#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static void check(int result, const char *call) {
    if (result < 0) {
        perror(call);
        exit(1);
    }
}

static void rest(long milliseconds) {
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    nanosleep(&time, NULL);
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

static void print_address(const char *name, struct sockaddr_in address) {
    printf("%s ('%s', %d)\n", name, inet_ntoa(address.sin_addr), ntohs(address.sin_port));
}

int main(void) {
    struct sockaddr_in own = address_of("server", 9000), other = address_of("client", 9000);
    int meeting = socket(AF_INET, SOCK_STREAM, 0);
    check(bind(meeting, (struct sockaddr *)&own, sizeof own), "bind"); // and no listen: nobody waits for anybody
    while (connect(meeting, (struct sockaddr *)&other, sizeof other) < 0)
        rest(100); // refused: the other one was not there yet
    socklen_t length = sizeof other;
    check(getpeername(meeting, (struct sockaddr *)&other, &length), "getpeername");
    print_address("connected with", other);

    check(send(meeting, "hello from the server", 21, 0), "send");
    char data[1024];
    int count = recv(meeting, data, sizeof data, 0);
    check(count, "recv");
    printf("received b'%.*s'\n", count, data);
    rest(1000);
    close(meeting); // and the other one closes at the same moment
}

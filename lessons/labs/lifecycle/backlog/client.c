#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
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

static int state_of(int connection) {
    struct tcp_info info;
    socklen_t length = sizeof info;
    check(getsockopt(connection, IPPROTO_TCP, TCP_INFO, &info, &length), "getsockopt");
    return info.tcpi_state;
}

int main(void) {
    struct sockaddr_in server = address_of("server", 8080);
    int connections[5];
    for (int i = 0; i < 5; i++) {
        connections[i] = socket(AF_INET, SOCK_STREAM, 0);
        check(fcntl(connections[i], F_SETFL, O_NONBLOCK), "fcntl");
        int result = connect(connections[i], (struct sockaddr *)&server, sizeof server);
        if (result < 0 && errno != EINPROGRESS)
            check(result, "connect");
        rest(100);
    }

    rest(1200); // time enough to ask again
    int connected = 0, asking = 0;
    for (int i = 0; i < 5; i++) {
        int state = state_of(connections[i]);
        connected += state == TCP_ESTABLISHED;
        asking += state == TCP_SYN_SENT;
    }
    printf("%d connected, %d still asking\n", connected, asking);
    for (int i = 0; i < 5; i++)
        close(connections[i]);
}

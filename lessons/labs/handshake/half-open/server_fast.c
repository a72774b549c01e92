#include <arpa/inet.h>
#include <ctype.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
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
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    int most = 16; // that wait with data in their SYN
    check(setsockopt(listener, IPPROTO_TCP, TCP_FASTOPEN, &most, sizeof most), "setsockopt");
    check(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");
    check(listen(listener, 16), "listen");
    for (int number = 0; number < 2; number++) {
        int connection = accept(listener, NULL, NULL);
        check(connection, "accept");
        char data[100];
        int count = recv(connection, data, sizeof data, 0);
        check(count, "recv");
        for (int i = 0; i < count; i++)
            data[i] = toupper((unsigned char)data[i]);
        check(send(connection, data, count, 0), "send");
        close(connection);
    }
    close(listener);
}

#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

enum { PIECES = 40, SIZE = 1000 };

// A piece begins with its number, in two digits; the rest is dots.
static void make(char *piece, int number) {
    memset(piece, '.', SIZE);
    piece[0] = '0' + number / 10;
    piece[1] = '0' + number % 10;
}

int main(void) {
    struct sockaddr_in server = address_of("server", 8080);
    char piece[SIZE], answer[1024];

    int tcp = socket(AF_INET, SOCK_STREAM, 0);
    check(connect(tcp, (struct sockaddr *)&server, sizeof server), "connect");
    for (int number = 0; number < PIECES; number++) {
        make(piece, number);
        check(send(tcp, piece, SIZE, 0), "send");
    }
    check(shutdown(tcp, SHUT_WR), "shutdown");
    int count = recv(tcp, answer, sizeof answer, 0);
    check(count, "recv");
    printf("TCP: the server says b'%.*s'\n", count, answer);
    close(tcp);

    int udp = socket(AF_INET, SOCK_DGRAM, 0);
    for (int number = 0; number < PIECES; number++) {
        make(piece, number);
        check(sendto(udp, piece, SIZE, 0, (struct sockaddr *)&server, sizeof server), "sendto");
    }
    printf("UDP: nobody says anything\n");
    close(udp);
}

#include <arpa/inet.h>
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

// The value of so many bytes in the order of the network: the first counts most.
static unsigned number(const unsigned char *bytes, int count) {
    unsigned sum = 0;
    for (int i = 0; i < count; i++)
        sum = sum * 256 + bytes[i];
    return sum;
}

static void print_header(const unsigned char *tcp, int length) {
    printf("source port %u\n", number(tcp, 2));
    printf("destination port %u\n", number(tcp + 2, 2));
    printf("sequence number %u\n", number(tcp + 4, 4));
    printf("acknowledgement number %u\n", number(tcp + 8, 4));
    printf("data offset %d words\n", tcp[12] >> 4);
    printf("flags ");
    for (int bit = 7; bit >= 0; bit--)
        printf("%d", tcp[13] >> bit & 1);
    printf("\nwindow %u\n", number(tcp + 14, 2));
    printf("checksum %04x\n", number(tcp + 16, 2));
    printf("urgent pointer %u\n", number(tcp + 18, 2));
    printf("options");
    for (int i = 20; i < length; i++)
        printf(" %02x", tcp[i]);
    printf("\n");
}

int main(void) {
    struct sockaddr_in address = address_of("server", 8080);
    int listener = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
    check(setsockopt(listener, IPPROTO_TCP, TCP_SAVE_SYN, &yes, sizeof yes), "setsockopt");
    check(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");
    check(listen(listener, 128), "listen");
    int connection = accept(listener, NULL, NULL);
    check(connection, "accept");

    unsigned char packet[120];
    socklen_t length = sizeof packet;
    check(getsockopt(connection, IPPROTO_TCP, TCP_SAVED_SYN, packet, &length), "getsockopt");
    unsigned char *tcp = packet + (packet[0] & 15) * 4; // after the IP header
    print_header(tcp, packet + length - tcp);

    char data[100];
    int count;
    while ((count = recv(connection, data, sizeof data, 0)) > 0) {
        printf("heard %.*s\n", count, data);
        check(send(connection, "k", 1, 0), "send");
    }
    check(count, "recv");
    close(connection);
    close(listener);
}

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

static const char *MESSAGES[] = {"name: kim", "first line\nsecond line", "bye"};

// A framer writes a message to data as it shall be sent, and returns how many bytes that are.
static size_t plain(char *data, const char *message) {
    size_t length = strlen(message);
    memcpy(data, message, length);
    return length;
}

static size_t with_newline(char *data, const char *message) {
    size_t length = plain(data, message);
    data[length] = '\n';
    return length + 1;
}

static size_t with_length(char *data, const char *message) {
    size_t length = plain(data + 2, message);
    data[0] = length >> 8;
    data[1] = length & 255;
    return 2 + length;
}

// Sends the messages in two segments, with the cut in the middle of a message.
static void cut(size_t (*framer)(char *, const char *)) {
    char data[256];
    size_t length = 0;
    for (int i = 0; i < 3; i++)
        length += framer(data + length, MESSAGES[i]);

    struct sockaddr_in server = address_of("server", 8080);
    int connection = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    check(connect(connection, (struct sockaddr *)&server, sizeof server), "connect");
    check(setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "setsockopt");
    check(send(connection, data, 15, 0), "send");
    rest(200);
    check(send(connection, data + 15, length - 15, 0), "send");
    close(connection);
}

int main(void) {
    cut(plain);
    cut(with_newline);
    cut(with_length);
}

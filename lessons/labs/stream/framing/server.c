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

// What has been received and is no whole message yet; the longest message has its length in two bytes.
struct buffer {
    char data[2 + 65535 + 20];
    size_t length;
};

// Adds what one recv brings; returns 0 at the end of the stream.
static int receive(int connection, struct buffer *rest) {
    if (sizeof rest->data - rest->length < 20) {
        fprintf(stderr, "the message is too long\n");
        exit(1);
    }
    int count = recv(connection, rest->data + rest->length, 20, 0);
    check(count, "recv");
    rest->length += count;
    return count > 0;
}

static void drop(struct buffer *rest, size_t count) {
    rest->length -= count;
    memmove(rest->data, rest->data + count, rest->length);
}

static void show(int number, const char *message, size_t length) {
    printf(number == 0 ? "b'" : ", b'");
    for (size_t i = 0; i < length; i++)
        if (message[i] == '\n')
            printf("\\n");
        else
            putchar(message[i]);
    printf("'");
}

// What recv returns, as it comes.
static void pieces(int connection) {
    struct buffer rest = {.length = 0};
    for (int number = 0; receive(connection, &rest); number++) {
        show(number, rest.data, rest.length);
        drop(&rest, rest.length);
    }
}

// Messages that end with a newline.
static void lines(int connection) {
    struct buffer rest = {.length = 0};
    int number = 0;
    while (receive(connection, &rest)) {
        char *newline;
        while ((newline = memchr(rest.data, '\n', rest.length)) != NULL) {
            size_t size = newline - rest.data;
            show(number++, rest.data, size);
            drop(&rest, size + 1);
        }
    }
}

// The length that stands before the first message, in two bytes.
static size_t announced(const struct buffer *rest) {
    const unsigned char *data = (const unsigned char *)rest->data;
    return data[0] << 8 | data[1];
}

// Messages with their length before them, in two bytes.
static void counted(int connection) {
    struct buffer rest = {.length = 0};
    int number = 0;
    while (receive(connection, &rest))
        while (rest.length >= 2 && rest.length >= 2 + announced(&rest)) {
            size_t size = announced(&rest);
            show(number++, rest.data + 2, size);
            drop(&rest, 2 + size);
        }
}

int main(void) {
    struct sockaddr_in address = address_of("server", 8080);
    int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    check(setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), "setsockopt");
    check(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");
    check(listen(listener, 128), "listen");
    const char *names[] = {"pieces", "lines", "counted"};
    void (*framers[])(int) = {pieces, lines, counted};
    for (int i = 0; i < 3; i++) {
        int connection = accept(listener, NULL, NULL);
        check(connection, "accept");
        printf("%s [", names[i]);
        framers[i](connection);
        printf("]\n");
        close(connection);
    }
    close(listener);
}

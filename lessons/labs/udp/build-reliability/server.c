#include <arpa/inet.h>
#include <netdb.h>
#include <poll.h>
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

// Adds a word to those that are there.
static void append(char *words, size_t size, const char *word) {
    size_t end = strlen(words);
    snprintf(words + end, size - end, "%s%s", end > 0 ? " " : "", word);
}

int main(void) {
    struct sockaddr_in address = address_of("server", 8080), client;
    int server = socket(AF_INET, SOCK_DGRAM, 0);
    check(bind(server, (struct sockaddr *)&address, sizeof address), "bind");

    char words[1024] = "";
    int expected = 0;
    struct pollfd readable = {.fd = server, .events = POLLIN};
    int limit = -1; // milliseconds; for the first word as long as it takes
    while (poll(&readable, 1, limit) > 0) {
        char data[101], word[101], answer[12];
        socklen_t length = sizeof client;
        int count = recvfrom(server, data, sizeof data - 1, 0, (struct sockaddr *)&client, &length);
        check(count, "recvfrom");
        data[count] = '\0';
        int number;
        if (sscanf(data, "%d %100s", &number, word) != 2)
            continue;
        if (number == expected) {
            append(words, sizeof words, word);
            expected++;
        } else
            printf("not taken: %d, I am waiting for %d\n", number, expected);
        int size = snprintf(answer, sizeof answer, "%d", expected);
        check(sendto(server, answer, size, 0, (struct sockaddr *)&client, length), "sendto");
        limit = 3000; // my last answer may be lost, too: so stay for a while
    }
    printf("%s\n", words);
    close(server);
}

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

static double seconds(void) {
    struct timespec now;
    check(clock_gettime(CLOCK_MONOTONIC, &now), "clock_gettime");
    return now.tv_sec + now.tv_nsec / 1e9;
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

static const char *WORDS[] = {"the", "code", "of", "the", "safe", "is", "four", "seven", "one", "nine"};
enum { COUNT = sizeof WORDS / sizeof WORDS[0] };
enum { ATTEMPTS = 20 }; // then nobody is there

// Waits for the answer to a word; 0 when none comes in time.
static int answered(int client, int number) {
    for (;;) {
        char answer[100];
        int count = recv(client, answer, sizeof answer - 1, 0);
        if (count < 0 && errno == EAGAIN)
            return 0;
        check(count, "recv");
        answer[count] = '\0';
        if (atoi(answer) > number)
            return 1; // and not a late answer, to a word before this one
    }
}

// Sends a word until it is answered, and returns how often that was.
static int deliver(int client, int number) {
    char data[100];
    int length = snprintf(data, sizeof data, "%d %s", number, WORDS[number]);
    for (int sent = 1;; sent++) {
        check(send(client, data, length, 0), "send");
        if (answered(client, number))
            return sent;
        printf("no answer to %d\n", number);
        if (sent == ATTEMPTS) {
            fprintf(stderr, "nobody is there\n");
            exit(1);
        }
    }
}

int main(void) {
    struct sockaddr_in server = address_of("server", 8080);
    int client = socket(AF_INET, SOCK_DGRAM, 0);
    check(connect(client, (struct sockaddr *)&server, sizeof server), "connect");
    struct timeval limit = {.tv_usec = 300000}; // the way there and back takes 0.1 s
    check(setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit), "setsockopt");

    double start = seconds();
    int sent = 0;
    for (int number = 0; number < COUNT; number++)
        sent += deliver(client, number);
    printf("%d words, %d datagrams, %.1f s\n", COUNT, sent, seconds() - start);
    close(client);
}

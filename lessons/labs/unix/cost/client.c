#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { SIZE = 2000000 };
enum { SMALL = 31, LARGE = 3 }; // rounds; on your own machine, where nobody looks at each call: 10000, 100
enum { MOST = SMALL > LARGE ? SMALL : LARGE };

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

static struct sockaddr_un address_of(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, path, sizeof address.sun_path - 1);
    return address;
}

// Microseconds until the answer is there.
static double ask(int connection, const char *question, size_t length) {
    char answer;
    double began = seconds();
    check(send(connection, question, length, 0), "send");
    check(recv(connection, &answer, 1, 0), "recv");
    return 1e6 * (seconds() - began);
}

static int compare(const void *a, const void *b) {
    double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

static void report(const char *way, size_t length, double *took, int rounds) {
    qsort(took, rounds, sizeof *took, compare);
    printf("%s, %zu B: median %.0f us, from %.0f to %.0f\n",
           way, length, took[rounds / 2], took[0], took[rounds - 1]);
}

static void measure(int tcp, int local, const char *question, size_t length, int rounds) {
    double by_tcp[MOST], by_unix[MOST];
    for (int i = 0; i < rounds; i++) {
        by_tcp[i] = ask(tcp, question, length); // by turns: what disturbs the one disturbs the other
        by_unix[i] = ask(local, question, length);
    }
    report("TCP", length, by_tcp, rounds);
    report("Unix", length, by_unix, rounds);
}

int main(void) {
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(8080)};
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int tcp = socket(AF_INET, SOCK_STREAM, 0);
    check(connect(tcp, (struct sockaddr *)&server, sizeof server), "connect");
    char open;
    check(recv(tcp, &open, 1, 0), "recv"); // the server has both doors open
    struct sockaddr_un door = address_of("/tmp/door");
    int local = socket(AF_UNIX, SOCK_STREAM, 0);
    check(connect(local, (struct sockaddr *)&door, sizeof door), "connect");

    static char large[1 + SIZE] = "!";
    measure(tcp, local, "?", 1, SMALL);
    measure(tcp, local, large, sizeof large, LARGE);
    close(tcp);
    close(local);
}

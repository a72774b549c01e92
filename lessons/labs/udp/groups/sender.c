#include <arpa/inet.h>
#include <errno.h>
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

// Returns what sendto does.
static int say(int sender, const char *text, const char *to) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(5000)};
    inet_pton(AF_INET, to, &address.sin_addr);
    return sendto(sender, text, strlen(text), 0, (struct sockaddr *)&address, sizeof address);
}

int main(void) {
    int sender = socket(AF_INET, SOCK_DGRAM, 0), on = 1;

    if (say(sender, "to everybody", "10.0.0.255") < 0)
        printf("%s\n", strerror(errno));

    check(setsockopt(sender, SOL_SOCKET, SO_BROADCAST, &on, sizeof on), "setsockopt");
    check(say(sender, "to everybody", "10.0.0.255"), "sendto");

    check(say(sender, "to the members", "239.1.2.3"), "sendto");
    close(sender);
}

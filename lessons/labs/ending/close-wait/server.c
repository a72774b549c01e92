#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

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

int main(void) {
    struct sockaddr_in address = address_of("server", 8080);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    check(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");
    check(listen(listener, 128), "listen");

    int served[3], turn;
    for (turn = 0; turn < 3; turn++) {
        int connection = accept(listener, NULL, NULL);
        check(connection, "accept");
        char question[1024], answer[1100];
        int count = recv(connection, question, sizeof question, 0);
        check(count, "recv");
        int length = snprintf(answer, sizeof answer, "answer to %.*s", count, question);
        check(send(connection, answer, length, 0), "send");
        served[turn] = connection; // for the statistics, some day
    }

    rest(2000);
    printf("%d connections still open, the last is descriptor %d\n", turn, served[turn - 1]);
}

#include <arpa/inet.h>
#include <netdb.h>
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

static int compare(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

// Writes the words into sorted, in their order and with a space between them; sorted has room for as much as words.
static void sort(char *words, char *sorted) {
    char *found[512];
    size_t count = 0;
    for (char *word = strtok(words, " "); word != NULL; word = strtok(NULL, " "))
        found[count++] = word;
    qsort(found, count, sizeof found[0], compare);
    sorted[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            strcat(sorted, " ");
        strcat(sorted, found[i]);
    }
}

int main(void) {
    struct sockaddr_in address = address_of("server", 8080);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    check(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");
    check(listen(listener, 128), "listen");

    int connection = accept(listener, NULL, NULL);
    check(connection, "accept");
    char words[1024];
    size_t length = 0;
    int count;
    while ((count = recv(connection, words + length, sizeof words - 1 - length, 0)) > 0)
        length += count;
    check(count, "recv");
    words[length] = '\0';
    printf("end of the stream after %s\n", words);

    rest(1000);
    char reply[sizeof words];
    sort(words, reply);
    check(send(connection, reply, strlen(reply), 0), "send");
    close(connection);
    close(listener);
}

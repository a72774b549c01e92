#include <stdio.h>

int main(void) {
    printf("nobody here has a socket\n");
}

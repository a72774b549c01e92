// Processes, threads, signals and sleep.
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void caught(int signal) { (void)signal; }

static void *run(void *fd)
{
	write(*(int *)fd, "thread", 6);
	return NULL;
}

int main(void)
{
	int s[2], status;
	socketpair(AF_UNIX, SOCK_STREAM, 0, s); // from now on the program's life is shown
	pid_t p = fork();
	if (p == 0) {
		write(s[0], "child", 5);
		_exit(3);
	}
	waitpid(p, &status, 0);
	p = vfork();
	if (p == 0) {
		execl("/nonexistent", "x", (char *)NULL);
		execl("/bin/true", "true", "a b", "a long argument that is longer than is shown", (char *)NULL);
	}
	waitpid(p, &status, 0);
	waitpid(-1, &status, WNOHANG);
	p = fork();
	if (p == 0)
		kill(getpid(), SIGTERM);
	wait(NULL);
	pthread_t t;
	pthread_create(&t, NULL, run, s);
	pthread_join(t, NULL);
	struct timespec moment = {0, 1000000}, left;
	nanosleep(&moment, NULL);
	clock_nanosleep(CLOCK_MONOTONIC, 0, &moment, NULL);
	signal(SIGALRM, caught);
	setitimer(ITIMER_REAL, &(struct itimerval){{0, 0}, {0, 20000}}, NULL);
	moment.tv_sec = 2;
	nanosleep(&moment, &left);
	raise(SIGALRM);
	close(s[1]);
	signal(SIGPIPE, SIG_IGN);
	write(s[0], "x", 1);
	signal(SIGPIPE, SIG_DFL);
	write(s[0], "x", 1);
	return 0;
}

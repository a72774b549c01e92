// Waiting for several descriptors.
#define _GNU_SOURCE
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
	int s[2], p[2];
	socketpair(AF_UNIX, SOCK_STREAM, 0, s);
	pipe(p);
	sigset_t one, most;
	sigemptyset(&one), sigaddset(&one, SIGINT), sigfillset(&most), sigdelset(&most, SIGUSR1);
	struct epoll_event e = {EPOLLIN | EPOLLET | EPOLLRDHUP, {.fd = s[1]}}, came[10];
	int ep = epoll_create1(EPOLL_CLOEXEC);
	epoll_ctl(ep, EPOLL_CTL_ADD, s[1], &e);
	e.data.u64 = 0x1234567890ab;
	epoll_ctl(ep, EPOLL_CTL_MOD, s[1], &e);
	write(s[0], "x", 1);
	epoll_wait(ep, came, 10, 1000);
	epoll_wait(ep, came, 10, 0);
	epoll_pwait(ep, came, 10, 0, NULL);
	epoll_pwait(ep, came, 10, 0, &one);
	epoll_ctl(ep, EPOLL_CTL_DEL, s[1], NULL);
	epoll_ctl(ep, EPOLL_CTL_DEL, s[1], NULL);
	struct pollfd f[] = {{s[1], POLLIN | POLLOUT, 0}, {p[0], POLLIN, 0}, {-1, POLLIN, 0}};
	struct timespec t = {1, 5};
	write(p[1], "x", 1);
	poll(f, 3, -1);
	ppoll(f, 2, &t, &most);
	poll(NULL, 0, 1);
	f[0].events = POLLPRI;
	poll(f, 1, 0);
	fd_set in, out;
	struct timeval v = {1, 5};
	FD_ZERO(&in);
	FD_ZERO(&out);
	FD_SET(s[1], &in);
	FD_SET(p[0], &in);
	FD_SET(s[1], &out);
	select(20, &in, &out, NULL, &v);
	FD_ZERO(&in);
	FD_SET(s[0], &in);
	t = (struct timespec){0, 1000};
	pselect(20, &in, NULL, NULL, &t, &one);
	select(0, NULL, NULL, NULL, &(struct timeval){0, 10});
	int ev = eventfd(1, EFD_NONBLOCK);
	unsigned long long n;
	read(ev, &n, sizeof n);
	read(ev, &n, sizeof n);
	close(ev);
#ifdef SYS_eventfd
	close(syscall(SYS_eventfd, 3));
#endif
	close(ep);
	return 0;
}

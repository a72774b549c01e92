// Sockets and pipes as files.
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/close_range.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

int main(void)
{
	int s[2], p[2], n = 1, u = socket(AF_INET, SOCK_DGRAM, 0);
	char buf[40];
	socketpair(AF_UNIX, SOCK_STREAM, 0, s);
	pipe2(p, O_CLOEXEC | O_NONBLOCK);
	struct iovec in[] = {{"abc", 3}, {"defghijklmnopqrstuvwxyz0123456789ABCDEF", 39}}, out[] = {{buf, 2}, {buf + 2, 10}};
	writev(s[0], in, 2);
	readv(s[1], out, 2);
	writev(s[0], in, 0);
	pwritev2(s[0], in, 2, -1, 0);
	preadv2(s[1], out, 2, -1, RWF_NOWAIT);
	preadv2(s[1], out, 2, 7, RWF_HIPRI | 0x1000);
	read(s[1], buf, sizeof buf);
	write(s[0], "line\n\t\"quoted\"\\ \0018", 19);
	ioctl(s[1], FIONREAD, &n);
	read(s[1], buf, sizeof buf);
	int f = open("/proc/self/cmdline", O_RDONLY);
	off_t offset = 2;
	sendfile(s[0], f, &offset, 5);
	sendfile(s[0], f, NULL, 5);
	splice(s[1], NULL, p[1], NULL, 5, SPLICE_F_MOVE | SPLICE_F_MORE);
	read(p[0], buf, 3);
	read(p[0], buf, 3);
	read(p[0], buf, 3);
	fcntl(s[0], F_GETFL);
	fcntl(s[0], F_SETFL, O_RDWR | O_NONBLOCK);
	fcntl(s[0], F_GETFL);
	fcntl(s[0], F_GETFD);
	fcntl(s[0], F_SETFD, FD_CLOEXEC);
	fcntl(s[0], F_GETFD);
	close(fcntl(s[0], F_DUPFD_CLOEXEC, 20));
	close(fcntl(s[0], F_DUPFD, 20));
	fcntl(s[0], F_SETPIPE_SZ, 4096);
	ioctl(u, TIOCOUTQ, &n);
	ioctl(s[0], SIOCATMARK, &n);
	n = 1;
	ioctl(s[0], FIONBIO, &n);
	ioctl(s[0], FIONBIO, NULL);
	ioctl(s[0], FIOCLEX);
	ioctl(s[0], 0x1234, &n);
	struct ifreq r = {.ifr_name = "lo"};
	int requests[] = {SIOCGIFINDEX, SIOCGIFMTU, SIOCGIFADDR, SIOCGIFFLAGS};
	for (int i = 0; i < 4; i++)
		ioctl(u, requests[i], &r);
	strcpy(r.ifr_name, "none");
	ioctl(u, SIOCGIFMTU, &r);
	dup(u);
	dup2(u, 30);
	dup3(u, 31, O_CLOEXEC);
	shutdown(u, SHUT_WR);
	close(u);
	close(u);
	close_range(30, 31, CLOSE_RANGE_CLOEXEC);
	close_range(31, 30, 0);
	close_range(30, ~0u, CLOSE_RANGE_UNSHARE);
	close_range(3, 5, 8);
	close_range(3, ~0u, 0);
	return 0;
}

// Addresses of every family that a program may use, good and bad ones.
#include <arpa/inet.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int main(void)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(8080)};
	struct sockaddr_in6 b = {.sin6_family = AF_INET6, .sin6_port = htons(99), .sin6_flowinfo = htonl(7), .sin6_scope_id = 1};
	struct sockaddr_un u = {.sun_family = AF_UNIX, .sun_path = "/tmp/strace-sock"}, v = {.sun_family = AF_UNIX, .sun_path = "\0name"};
	struct sockaddr_nl n = {.nl_family = AF_NETLINK, .nl_groups = 1};
	struct sockaddr_storage s = {.ss_family = 55};
	socklen_t len = sizeof s;
	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	bind(fd, (void *)&a, 1);
	bind(fd, NULL, 16);
	bind(fd, (void *)&a, 6);
	bind(fd, (void *)&a, -1);
	bind(fd, (void *)&s, 20);
	bind(fd, (void *)&a, sizeof a);
	listen(fd, 5);
	int c = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, IPPROTO_TCP);
	connect(c, (void *)&a, sizeof a);
	int d = accept(fd, (void *)&s, &len);
	getpeername(d, (void *)&s, &len);
	len = 4;
	getsockname(d, (void *)&s, &len);
	s.ss_family = AF_UNSPEC;
	connect(c, (void *)&s, 2);
	fd = socket(AF_INET6, SOCK_DGRAM, 0);
	inet_pton(AF_INET6, "fe80::1", &b.sin6_addr);
	connect(fd, (void *)&b, sizeof b);
	b.sin6_scope_id = 77;
	connect(fd, (void *)&b, sizeof b);
	inet_pton(AF_INET6, "::1", &b.sin6_addr);
	connect(fd, (void *)&b, sizeof b);
	unlink(u.sun_path);
	fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	bind(fd, (void *)&u, sizeof u);
	len = sizeof s;
	getsockname(fd, (void *)&s, &len);
	c = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bind(c, (void *)&v, sizeof(sa_family_t) + 5);
	len = sizeof s;
	getsockname(c, (void *)&s, &len);
	char buf[100];
	for (int i = 0; i < 2; i++) {
		sendto(c, "hi", 2, 0, (void *)&u, sizeof u);
		len = i ? 3 : sizeof s;
		recvfrom(fd, buf, sizeof buf, MSG_TRUNC, (void *)&s, &len);
	}
	fd = socket(AF_UNIX, SOCK_SEQPACKET, 0);
	len = sizeof s;
	getsockname(fd, (void *)&s, &len);
	close(fd);
	close(c);
	fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
	bind(fd, (void *)&n, sizeof n);
	socket(55, 66, 77);
	socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 200);
	return 0;
}

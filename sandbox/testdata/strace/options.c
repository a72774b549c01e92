// Every option of every level, asked for; and the ones with a structure, set.
#include <arpa/inet.h>
#include <linux/filter.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <sys/socket.h>

static void all(int fd, int level, int from, int to)
{
	for (int option = from; option < to; option++) {
		int value = 0;
		socklen_t len = sizeof value;
		if (level == SOL_SOCKET && (option == SO_COOKIE || option == 77))
			continue; // no two kernels agree
		if (level == SOL_TCP && (option == 24 || option == 26 || option > 37))
			continue; // the time, what the congestion control says of itself, newer than strace
		getsockopt(fd, level, option, &value, &len);
	}
}

int main(void)
{
	int t = socket(AF_INET, SOCK_STREAM, 0), u = socket(AF_INET, SOCK_DGRAM, 0), x = socket(AF_INET6, SOCK_DGRAM, 0), one = 1;
	all(t, SOL_SOCKET, 1, 76);
	all(u, SOL_IP, 1, 51);
	all(t, SOL_TCP, 1, 38);
	all(x, SOL_IPV6, 1, 62);
	all(u, IPPROTO_UDP, 1, 2);
	struct linger l = {1, 5};
	setsockopt(t, SOL_SOCKET, SO_LINGER, &l, sizeof l);
	struct timeval tv = {1, 500000};
	setsockopt(t, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv);
	struct tcp_info info;
	socklen_t len = sizeof info;
	getsockopt(t, SOL_TCP, TCP_INFO, &info, &len);
	char name[16];
	setsockopt(t, SOL_TCP, TCP_CONGESTION, "reno", 4);
	len = sizeof name;
	getsockopt(t, SOL_TCP, TCP_CONGESTION, name, &len);
	struct sock_filter code[] = {{0x28, 0, 0, 12}, {0x6, 0, 0, 0}};
	struct sock_fprog filter = {2, code};
	setsockopt(u, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter);
	setsockopt(u, SOL_SOCKET, SO_DETACH_FILTER, &one, sizeof one);
	setsockopt(t, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3);
	struct ip_mreqn m = {.imr_ifindex = 1};
	inet_aton("239.1.2.3", &m.imr_multiaddr);
	setsockopt(u, SOL_IP, IP_ADD_MEMBERSHIP, &m, sizeof m);
	unsigned char ttl = 3;
	setsockopt(u, SOL_IP, IP_MULTICAST_TTL, &ttl, 1);
	struct ipv6_mreq g = {.ipv6mr_interface = 1};
	inet_pton(AF_INET6, "ff02::5", &g.ipv6mr_multiaddr);
	setsockopt(x, SOL_IPV6, IPV6_ADD_MEMBERSHIP, &g, sizeof g);
	setsockopt(t, SOL_SOCKET, 99, "abcdefgh", 8);
	setsockopt(t, 9, 9, NULL, 4);
	setsockopt(t, SOL_SOCKET, SO_KEEPALIVE, &one, 2);
	setsockopt(t, SOL_SOCKET, SO_KEEPALIVE, NULL, 4);
	getsockopt(t, SOL_SOCKET, SO_KEEPALIVE, NULL, NULL);
	setsockopt(t, SOL_SOCKET, SO_KEEPALIVE, (void *)7, 4);
	return 0;
}

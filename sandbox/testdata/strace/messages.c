// Messages with their ancillary data.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char control[256], room[30];
static struct sockaddr_storage from;

static struct msghdr empty(struct iovec *io, int n)
{
	return (struct msghdr){.msg_name = &from, .msg_namelen = sizeof from, .msg_iov = io, .msg_iovlen = n, .msg_control = control, .msg_controllen = sizeof control};
}

static void descriptors(struct iovec *in, struct iovec *out)
{
	int pair[2], one = 1;
	socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	struct ucred me;
	socklen_t len = sizeof me;
	getsockopt(pair[0], SOL_SOCKET, SO_PEERCRED, &me, &len);
	setsockopt(pair[1], SOL_SOCKET, SO_PASSCRED, &one, sizeof one);
	union { char bytes[CMSG_SPACE(8) + CMSG_SPACE(sizeof me)]; struct cmsghdr aligned; } data = {{0}};
	struct msghdr m = {.msg_iov = in, .msg_iovlen = 2, .msg_control = &data, .msg_controllen = sizeof data};
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);
	c->cmsg_level = SOL_SOCKET, c->cmsg_type = SCM_RIGHTS, c->cmsg_len = CMSG_LEN(8);
	((int *)CMSG_DATA(c))[0] = pair[0], ((int *)CMSG_DATA(c))[1] = pair[1];
	c = CMSG_NXTHDR(&m, c);
	c->cmsg_level = SOL_SOCKET, c->cmsg_type = SCM_CREDENTIALS, c->cmsg_len = CMSG_LEN(sizeof me);
	me.pid = getpid(), me.uid = getuid(), me.gid = getgid();
	memcpy(CMSG_DATA(c), &me, sizeof me);
	sendmsg(pair[0], &m, MSG_NOSIGNAL);
	m = empty(out, 2);
	recvmsg(pair[1], &m, MSG_CMSG_CLOEXEC);
	m.msg_control = NULL, m.msg_controllen = 0;
	recvmsg(pair[1], &m, MSG_DONTWAIT);
	recvmsg(pair[1], &m, MSG_DONTWAIT);
	sendmsg(pair[0], NULL, 0);
}

int main(void)
{
	struct iovec in[] = {{"abc", 3}, {"defghijklmnopqrstuvwxyz0123456789ABCDEF", 39}}, out[] = {{room, 20}, {room + 20, 10}};
	descriptors(in, out);
	int u = socket(AF_INET, SOCK_DGRAM, 0), v = socket(AF_INET, SOCK_DGRAM, 0), one = 1;
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(8090)};
	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	bind(u, (void *)&a, sizeof a);
	int wanted[][2] = {{SOL_SOCKET, SO_TIMESTAMP}, {SOL_SOCKET, SO_RXQ_OVFL}, {SOL_IP, IP_RECVTTL}, {SOL_IP, IP_PKTINFO}, {SOL_IP, IP_RECVTOS}};
	for (int i = 0; i < 5; i++)
		setsockopt(u, wanted[i][0], wanted[i][1], &one, sizeof one);
	struct mmsghdr mm[3] = {{.msg_hdr = {.msg_name = &a, .msg_namelen = sizeof a, .msg_iov = in, .msg_iovlen = 1}}};
	mm[1] = mm[0], mm[1].msg_hdr.msg_iovlen = 2;
	sendmmsg(v, mm, 2, MSG_CONFIRM);
	for (int i = 0; i < 3; i++)
		mm[i].msg_hdr = empty(out, 2);
	struct timespec wait = {1, 5};
	recvmmsg(u, mm, 3, MSG_WAITFORONE, &wait);
	recvmmsg(u, mm, 3, MSG_DONTWAIT, NULL);
	sendto(v, "xyz", 3, 0, (void *)&a, sizeof a);
	struct msghdr m = empty(out, 1);
	m.msg_controllen = 20, m.msg_namelen = 2;
	recvmsg(u, &m, 0);
	setsockopt(u, SOL_SOCKET, SO_TIMESTAMPNS, &one, sizeof one);
	sendto(v, "x", 1, 0, (void *)&a, sizeof a);
	m = empty(out, 1);
	recvmsg(u, &m, 0);
	setsockopt(v, SOL_IP, IP_RECVERR, &one, sizeof one);
	a.sin_port = htons(9);
	connect(v, (void *)&a, sizeof a);
	send(v, "x", 1, 0);
	struct pollfd p = {v, POLLIN | POLLERR, 0};
	poll(&p, 1, 1000);
	m = empty(out, 1);
	recvmsg(v, &m, MSG_ERRQUEUE);
	return 0;
}

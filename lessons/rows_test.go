package lessons_test

import (
	"slices"
	"strings"
	"testing"

	"fivetuple/lessons"
	"fivetuple/sandbox/check"
)

// measured are the experiments of which it was measured what the kernel does,
// and the function of the lab's checks.star that says the same of every run,
// as a relation.
var measured = []struct{ what, lab, function string }{
	{"open, open, close the first, open gives 3, 4, 3", "endpoints/descriptor", "check_three_four_three"},
	{"a second bind of a port: EADDRINUSE; of port 80: EACCES", "endpoints/addresses-ports", "check_what_bind_says"},
	{"bind to port 0 gives a port", "endpoints/addresses-ports", "check_port_zero"},
	{"port 42613 is a675 on the wire", "endpoints/byte-order", "check_port_on_the_wire"},
	{"port 42613 is A675 in /proc/net/tcp", "endpoints/byte-order", "check_proc_net_tcp"},
	{"forty clients on one port", "endpoints/five-tuple", "break_forty"},
	{"three sends: TCP gives one piece, UDP three", "endpoints/domains-types", "check_internet_kinds"},
	{"a peer of IPv4 is ::ffff:127.0.0.1", "endpoints/domains-types", "check_mapped_address"},

	{"connect before accept: both ends are ESTABLISHED", "lifecycle/order", "check_connected_before_accept"},
	{"connect before accept: data is queued", "lifecycle/order", "check_queued_before_accept"},
	{"connect before listen: ECONNREFUSED, at once", "lifecycle/order", "break_early"},
	{"accept sleeps in inet_csk_accept", "lifecycle/blocking", "check_accept_sleeps"},
	{"some is taken, then EAGAIN", "lifecycle/blocking", "check_full"},
	{"listen(1), five connects: two ESTABLISHED, three SYN_SENT", "lifecycle/backlog", "check_two_of_five"},
	{"a full queue drops, and does not refuse", "lifecycle/backlog", "check_dropped_not_refused"},
	{"refused after a round trip", "lifecycle/errors", "check_refused"},
	{"every SYN lost, TCP_SYNCNT=1: ETIMEDOUT after 3 s", "lifecycle/errors", "check_timed_out"},
	{"first SYN lost: connected after 1 s", "handshake/lost-syn", "check_about_a_second"},

	{"the SYN in flight: SYN_SENT, LISTEN", "handshake/three-way", "check_syn_in_flight"},
	{"the SYN-ACK in flight: SYN_SENT, SYN_RECV", "handshake/three-way", "check_synack_in_flight"},
	{"the ACK in flight: ESTABLISHED, SYN_RECV", "handshake/three-way", "check_ack_in_flight"},

	{"three sends, one recv", "stream/no-boundaries", "check_three_sends_one_recv"},
	{"one send, many recvs", "stream/no-boundaries", "check_one_send_many_recvs"},
	{"send takes less than it is given", "stream/short-writes", "check_short"},
	{"most of what nobody reads is at the sender", "stream/who-holds-bytes", "check_sender_holds_more"},
	{"abc out of band: ab, and c beside it", "stream/flags", "check_out_of_band"},

	{"a hole is repaired before the timer would", "reliability/seq-ack", "check_before_the_timer"},
	{"a cut: a probe before the timer, then the window is one", "reliability/retransmission", "check_a_probe_comes_first"},
	{"a cut: each wait is twice the one before", "reliability/retransmission", "check_backs_off"},
	{"a slow reader: little at the receiver, much at the sender", "reliability/flow-control", "check_where_the_bytes_wait"},
	{"a slow reader: probes back off", "reliability/flow-control", "check_probe_pauses_grow"},
	{"a slow reader: all arrives after draining", "reliability/flow-control", "check_nothing_is_lost"},
	{"write, write, read: 44 ms, and nearly none with NODELAY", "reliability/nagle", "check_two_writes_wait"},
	{"a cork holds what is sent for 200 ms", "reliability/nagle", "break_cork"},
	{"MSS of lo", "reliability/nagle", "check_mss_of_lo"},
	{"MSS 1448 on lo, and longer frames", "reliability/nagle", "break_uncut"},

	{"two descriptors: the last close sends the FIN", "ending/four-way", "break_copy"},
	{"half closed: the late reply arrives", "ending/half-close", "check_reply_arrives_in_fin_wait2"},
	{"who closes first waits", "ending/time-wait", "check_first_closer_waits"},
	{"both close at once: both wait", "handshake/states", "break_meet"},
	{"SO_REUSEADDR helps when the old socket had it", "ending/time-wait", "break_reuse"},
	{"SO_REUSEADDR of the new socket alone does not", "ending/time-wait", "break_reuse_late"},
	{"the peer closed, we did not: CLOSE_WAIT", "ending/close-wait", "check_three_in_close_wait"},
	{"the peer closed, we did not: FIN_WAIT2 there", "ending/close-wait", "check_three_in_fin_wait2"},
	{"nobody is there: the first send succeeds", "ending/reset", "check_first_send_succeeds"},
	{"nobody is there: the second is EPIPE", "ending/reset", "check_second_send_fails"},
	{"LINGER 0: ECONNRESET, no TIME_WAIT", "ending/reset", "break_linger"},
	{"idle and cut: ESTABLISHED", "ending/dead-peer", "check_both_ends_stay"},
	{"keepalive: ETIMEDOUT after 3 s", "ending/dead-peer", "check_keepalive_gives_up"},
	{"TCP_USER_TIMEOUT: ETIMEDOUT after 2 s", "ending/dead-peer", "break_patience"},

	{"recv(4) of ten bytes, the rest is gone", "udp/datagrams", "check_truncated"},
	{"recv(4) of ten bytes: MSG_TRUNC", "udp/datagrams", "break_asks"},
	{"a datagram of no bytes", "udp/datagrams", "check_one_packet_for_each_sendto"},
	{"65507 bytes go, 65508 are EMSGSIZE", "udp/datagrams", "break_large"},
	{"RCVBUF: every send succeeds", "udp/silent-loss", "check_every_send_succeeds"},
	{"RCVBUF: what is missing is counted", "udp/silent-loss", "check_the_kernel_counts"},
	{"connect of UDP sends nothing", "udp/connected-udp", "check_connect_sends_nothing"},
	{"unconnected: both sends return 1", "udp/connected-udp", "check_plain_sends_succeed"},
	{"connected: 1, then ECONNREFUSED", "udp/connected-udp", "check_connected_socket_is_told"},
	{"no SO_BROADCAST: EACCES", "udp/groups", "check_broadcast_needs_permission"},
	{"both members receive", "udp/groups", "check_members_get_the_multicast"},

	{"three polls of unread data: level 1, 1, 1", "servers/multiplexing", "check_level"},
	{"three polls of unread data: edge 1, 0, 0", "servers/multiplexing", "check_edge"},
	{"40 connections to two listeners", "servers/reuseport", "check_both_get_some"},

	{"the file of a closed socket: EADDRINUSE, ECONNREFUSED", "unix/paths", "check_file_remains"},
	{"a full inbox: EAGAIN, and all that was taken is read", "unix/kinds", "break_hurry"},
	{"a descriptor arrives under another number, and reads the pipe", "unix/passing-fds", "check_same_pipe"},
	{"the key of RFC 6455's sample", "web/websocket", "check_accept"},
}

// TestMeasured: each of them is claimed of the recorded run, and holds there.
func TestMeasured(t *testing.T) {
	course, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range measured {
		t.Run(tt.what, func(t *testing.T) {
			kind, name, _ := strings.Cut(tt.function, "_")
			name = strings.ReplaceAll(name, "_", "-") // as it stands in the lesson
			step := ""
			if kind == "break" {
				step = name
			}
			made := course.Recording(tt.lab, step)
			if made == nil {
				t.Fatalf("%s has no recorded run of %q that fits", tt.lab, step)
			}
			run, err := made.Read()
			if err != nil {
				t.Fatal(err)
			}
			if step != "" {
				if err := check.Break(t.Context(), made.Lab, run.Events, step); err != nil {
					t.Error(err)
				}
				return
			}
			results, err := check.Run(t.Context(), made.Lab, run.Events)
			if err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(results, func(r check.Result) bool { return r.Name == tt.function })
			if i < 0 {
				t.Fatalf("%s has no %s", tt.lab, tt.function)
			}
			if results[i].Err != nil {
				t.Error(results[i].Err)
			}
		})
	}
}

package lessons_test

import (
	"slices"
	"strings"
	"testing"

	"fivetuple/lessons"
)

// topics are what the course must teach, each under the name that its lesson
// has for it in its front matter, with a word that the text cannot do without
// in each language.
var topics = []struct{ lesson, name, en, ko string }{
	{"endpoints/two-programs", "socket-as-endpoint", "endpoint", "종단점"},
	{"endpoints/two-programs", "telephone-analogy", "telephone", "전화"},
	{"endpoints/two-programs", "client-and-server-roles", "client", "클라이언트"},
	{"endpoints/two-programs", "client-server-architecture", "architecture", "클라이언트–서버 구조"},
	{"endpoints/descriptor", "file-descriptor", "file descriptor", "파일 디스크립터"},
	{"endpoints/descriptor", "socket-as-io-interface", "operating system", "운영체제"},
	{"endpoints/descriptor", "wrappers-of-languages", "Java", "자바"},
	{"endpoints/addresses-ports", "ip-address", "IP address", "IP 주소"},
	{"endpoints/addresses-ports", "port", "port", "포트"},
	{"endpoints/addresses-ports", "protocol", "protocol", "프로토콜"},
	{"endpoints/addresses-ports", "ephemeral-ports", "ephemeral", "임시 포트"},
	{"endpoints/addresses-ports", "privileged-ports", "1024", "1024"},
	{"endpoints/addresses-ports", "one-port-one-owner", "EADDRINUSE", "EADDRINUSE"},
	{"endpoints/five-tuple", "five-tuple", "five-tuple", "5-튜플"},
	{"endpoints/domains-types", "stream-and-datagram", "datagram", "데이터그램"},
	{"endpoints/layers-history", "berkeley-sockets", "4.2BSD", "4.2BSD"},
	{"endpoints/layers-history", "posix", "POSIX", "POSIX"},
	{"endpoints/layers-history", "socket-api-is-an-interface", "interface", "인터페이스"},
	{"endpoints/layers-history", "osi-and-tcp-ip", "OSI", "OSI"},
	{"endpoints/layers-history", "where-l3-l4-l7-sit", "L4", "L4"},
	{"endpoints/layers-history", "problems-left-to-tcp", "order", "순서"},
	{"endpoints/layers-history", "circuit-and-packet-switching", "circuit", "회선 교환"},
	{"lifecycle/order", "socket", "socket", "socket"},
	{"lifecycle/order", "bind", "bind", "bind"},
	{"lifecycle/order", "listen", "listen", "listen"},
	{"lifecycle/order", "accept", "accept", "accept"},
	{"lifecycle/order", "connect", "connect", "connect"},
	{"lifecycle/order", "send-recv", "recv", "recv"},
	{"lifecycle/order", "sendto-recvfrom", "recvfrom", "recvfrom"},
	{"lifecycle/order", "close", "close", "close"},
	{"lifecycle/order", "client-does-not-bind", "bind", "bind"},
	{"lifecycle/blocking", "connect-blocks", "connect", "connect"},
	{"lifecycle/blocking", "accept-blocks", "accept", "accept"},
	{"lifecycle/blocking", "recv-blocks", "recv", "recv"},
	{"lifecycle/blocking", "send-blocks", "send", "send"},
	{"lifecycle/blocking", "thread-per-reader", "thread", "스레드"},
	{"lifecycle/accept-new-socket", "accept-returns-new-socket", "new socket", "새 소켓"},
	{"lifecycle/accept-new-socket", "listening-socket-keeps-listening", "listen", "연결"},
	{"lifecycle/accept-new-socket", "close-both", "close", "닫"},
	{"lifecycle/backlog", "listen-queue", "queue", "큐"},
	{"handshake/three-way", "syn", "SYN", "SYN"},
	{"handshake/three-way", "syn-ack", "SYN-ACK", "SYN-ACK"},
	{"handshake/three-way", "ack", "ACK", "ACK"},
	{"handshake/three-way", "why-three", "three", "세"},
	{"handshake/three-way", "initial-sequence-number", "initial sequence number", "초기 순서 번호"},
	{"handshake/three-way", "what-each-end-knows", "knows", "압니다"},
	{"handshake/header", "tcp-header", "20 bytes", "20바이트"},
	{"handshake/header", "header-length-20-to-60", "60", "60"},
	{"handshake/header", "wrap-around", "2³²", "2³²"},
	{"handshake/header", "acknowledgement-number", "next", "다음"},
	{"handshake/header", "data-offset", "data offset", "데이터 오프셋"},
	{"handshake/header", "window", "window", "윈도우"},
	{"handshake/header", "checksum", "checksum", "체크섬"},
	{"handshake/header", "urgent-pointer", "urgent", "긴급"},
	{"handshake/header", "flags", "flags", "플래그"},
	{"handshake/header", "options", "options", "옵션"},
	{"stream/no-boundaries", "one-send-is-not-one-recv", "recv", "recv"},
	{"reliability/seq-ack", "ordering", "order", "순서"},
	{"reliability/seq-ack", "duplicates-removed", "duplicate", "중복"},
	{"reliability/seq-ack", "cumulative-acknowledgement", "cumulative", "누적"},
	{"reliability/retransmission", "error-control", "error control", "오류 제어"},
	{"reliability/retransmission", "retransmission-timeout", "RTO", "RTO"},
	{"reliability/does-it-arrive", "what-tcp-promises", "promise", "약속"},
	{"reliability/does-it-arrive", "application-acknowledgement", "acknowledge", "확인"},
	{"reliability/flow-control", "receive-window", "window", "윈도우"},
	{"reliability/congestion", "slow-start", "slow start", "느린 시작"},
	{"reliability/congestion", "aimd", "AIMD", "AIMD"},
	{"reliability/congestion", "cubic", "CUBIC", "CUBIC"},
	{"reliability/congestion", "bbr", "BBR", "BBR"},
	{"ending/four-way", "four-segments", "FIN", "FIN"},
	{"udp/datagrams", "connectionless", "connectionless", "비연결형"},
	{"udp/datagrams", "sendto-recvfrom", "sendto", "sendto"},
	{"udp/datagrams", "udp-header", "8 bytes", "8바이트"},
	{"udp/datagrams", "checksum", "checksum", "체크섬"},
	{"udp/datagrams", "message-boundaries", "boundar", "경계"},
	{"udp/datagrams", "size-limit", "65,507", "65,507"},
	{"udp/datagrams", "phone-and-letter", "letter", "편지"},
	{"udp/silent-loss", "no-guarantee", "without an error", "오류"},
	{"udp/tcp-or-udp", "tcp-udp-comparison", "TCP", "TCP"},
	{"udp/tcp-or-udp", "connection-or-none", "connection", "연결"},
	{"udp/tcp-or-udp", "unit-stream-or-message", "message", "메시지"},
	{"udp/tcp-or-udp", "header-compared", "8 bytes", "8바이트"},
	{"udp/tcp-or-udp", "speed-compared", "fast", "빠"},
	{"udp/tcp-or-udp", "uses-of-each", "DNS", "DNS"},
	{"udp/tcp-or-udp", "uses-of-each", "games", "게임"},
	{"udp/tcp-or-udp", "uses-of-each", "bank", "금융"},
	{"servers/one-at-a-time", "thread-per-connection", "thread", "스레드"},
	{"unix/paths", "path-address", "path", "경로"},
	{"unix/paths", "ipc", "IPC", "IPC"},
	{"unix/paths", "not-reachable-from-outside", "outside", "밖"},
	{"web/http", "http-over-sockets", "socket", "소켓"},
	{"web/http", "request-response", "request", "요청"},
	{"web/http", "http-keep-alive", "keep-alive", "keep-alive"},
	{"web/http", "http-versus-socket-communication", "socket", "소켓 통신"},
	{"web/websocket", "rfc-6455", "2011", "2011"},
	{"web/websocket", "websocket-upgrade", "101", "101"},
	{"web/websocket", "accept-key", "SHA-1", "SHA-1"},
	{"web/websocket", "websocket-frames", "frame", "프레임"},
	{"web/websocket", "masking", "mask", "마스크"},
	{"web/websocket", "ping-pong", "ping", "핑"},
	{"web/websocket", "close-handshake", "close", "닫기 프레임"},
	{"web/websocket", "ports-80-443", "443", "443"},
	{"web/websocket", "proxies", "prox", "프록시"},
	{"web/websocket", "layer-7-over-tcp", "layer 7", "7계층"},
	{"web/websocket", "does-a-browser-have-to", "browser", "브라우저"},
}

// TestTopics: each stands in the front matter of its lesson, and in its text.
func TestTopics(t *testing.T) {
	c, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, topic := range topics {
		unit, name, _ := strings.Cut(topic.lesson, "/")
		for lang, word := range map[string]string{"en": topic.en, "ko": topic.ko} {
			l, ok := c.Lesson(lang, unit, name)
			if !ok {
				t.Fatalf("there is no %s", topic.lesson)
			}
			if !slices.Contains(l.Teaches, topic.name) {
				t.Errorf("%s %s does not teach %s, but %v", lang, topic.lesson, topic.name, l.Teaches)
			}
			if !strings.Contains(strings.ToLower(words(l)), strings.ToLower(word)) {
				t.Errorf("%s %s: nothing of %q in the text, which should teach %s", lang, topic.lesson, word, topic.name)
			}
		}
	}
}

// TestTopicsHaveOneName: what two lessons teach has the same name in both.
func TestTopicsHaveOneName(t *testing.T) {
	c, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	for _, u := range c.Units {
		for _, name := range u.Lessons {
			l, _ := c.Lesson("en", u.Name, name)
			for _, topic := range l.Teaches {
				plain := strings.TrimSuffix(strings.ReplaceAll(topic, "-", ""), "s")
				if other := names[plain]; other != "" && other != topic {
					t.Errorf("%s/%s teaches %s, another lesson %s", u.Name, name, topic, other)
				}
				names[plain] = topic
			}
		}
	}
}

// words is all that a lesson says.
func words(l *lessons.Lesson) string {
	var all strings.Builder
	for _, b := range l.Blocks {
		switch b := b.(type) {
		case *lessons.Prose:
			all.WriteString(b.HTML)
		case *lessons.Predict:
			all.WriteString(strings.Join(b.Words(), " "))
		case *lessons.Quiz:
			for _, choice := range b.Choices {
				all.WriteString(choice.Text + choice.Why)
			}
		}
	}
	return all.String()
}

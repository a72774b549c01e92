package packet_test

import (
	"bytes"
	"testing"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/packet"
)

func TestWrong(t *testing.T) {
	build := func(s event.Segment) []byte {
		t.Helper()
		frame, err := packet.Build(s, clientMAC, serverMAC)
		if err != nil {
			t.Fatal(err)
		}
		return frame
	}
	tcp4 := build(event.Segment{Src: "10.0.0.1:40000", Dst: "10.0.0.2:8080", Flags: []string{"ACK"}, Payload: "odd"})
	tcp6 := build(event.Segment{Src: "[fd00::1]:40000", Dst: "[fd00::2]:8080", Flags: []string{"ACK"}, Payload: "even"})
	udp4 := build(event.Segment{Proto: "udp", Src: "10.0.0.1:40000", Dst: "10.0.0.2:8080", Payload: "odd"})
	udp6 := build(event.Segment{Proto: "udp", Src: "[fd00::1]:40000", Dst: "[fd00::2]:8080", Payload: "even"})
	set := func(frame []byte, at int, to ...byte) []byte {
		frame = bytes.Clone(frame)
		copy(frame[at:], to)
		return frame
	}
	const ip, after4, after6 = 14, 34, 54
	tests := []struct {
		name  string
		frame []byte
		want  bool
	}{
		{"tcp", tcp4, false},
		{"tcp on IPv6", tcp6, false},
		{"udp", udp4, false},
		{"udp on IPv6", udp6, false},
		{"padded", append(bytes.Clone(tcp4), 0, 0, 0), false},
		{"arp", frame(t, arpFrame), false},
		{"payload of tcp", set(tcp4, len(tcp4)-1, 'D'), true},
		{"payload of tcp on IPv6", set(tcp6, len(tcp6)-1, 'N'), true},
		{"port of udp", set(udp4, after4, 1), true},
		{"payload of udp on IPv6", set(udp6, len(udp6)-1, 'N'), true},
		{"udp without a checksum", set(udp4, after4+6, 0, 0), false},
		{"udp without a checksum on IPv6", set(udp6, after6+6, 0, 0), true},
		{"udp shorter than its header", set(udp4, after4+4, 0, 7), true},
		{"udp longer than it is", set(udp4, after4+4, 0, 99), true},
		{"time to live", set(tcp4, ip+8, 1), true},
		{"hop limit, which no checksum has", set(tcp6, ip+7, 1), false},
		{"longer than it is", set(tcp6, ip+4, 1), true},
		{"cut short", tcp4[:30], true},
		{"a protocol that we do not know", set(tcp6, ip+6, 132), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := packet.Wrong(tt.frame); got != tt.want {
				t.Errorf("got %t", got)
			}
		})
	}
	whole := build(event.Segment{Src: "10.0.0.1:40000", Dst: "10.0.0.2:8080", Flags: []string{"ACK"}, Payload: string(make([]byte, 1000))})
	for i, fragment := range packet.Fragment(whole, 576) {
		if packet.Wrong(fragment) {
			t.Errorf("fragment %d is wrong", i)
		}
	}
}

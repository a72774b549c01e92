package packet_test

import (
	"encoding/hex"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/packet"
)

// Frames written out by hand from the layouts in the RFCs.
const (
	synFrame = "02000000000202000000000108004500003c1c464000400600000a0000010a000002a35a1f90d9a2b1c400000000a002faf000000000020405b40402080a0001e2400000000001030307"
	udpFrame = "02000000000202000000000108004500001f1c464000401100000a0000010a000002a35a1f90000b0000616263"
	arpFrame = "ffffffffffff020000000001080600010800060400010200000000010a0000010000000000000a000002"
)

func frame(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDecode(t *testing.T) {
	seq, window := uint32(0xd9a2b1c4), 0xfaf0
	tests := []struct {
		name, frame string
		want        event.Summary
		protocol    uint8
	}{
		{"tcp syn", synFrame, event.Summary{
			Proto: "TCP", Src: "10.0.0.1:41818", Dst: "10.0.0.2:8080", Flags: []string{"SYN"}, Seq: &seq, Window: &window,
			Options: []string{"mss 1460", "sackOK", "TS val 123456 ecr 0", "wscale 7"},
		}, 6},
		{"udp", udpFrame, event.Summary{Proto: "UDP", Src: "10.0.0.1:41818", Dst: "10.0.0.2:8080", Len: 3, Text: "abc"}, 17},
		{"arp", arpFrame, event.Summary{Proto: "ARP", Src: "10.0.0.1", Dst: "10.0.0.2", Len: 28, Text: "who has 10.0.0.2? tell 10.0.0.1"}, 0},
		{"cut short", arpFrame[:20], event.Summary{Proto: "Ethernet", Len: 10}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := packet.NewDecoder().Decode(frame(t, tt.frame))
			if diff := cmp.Diff(tt.want, got.Summary); diff != "" {
				t.Errorf("summary (-want +got):\n%s", diff)
			}
			if got.Protocol != tt.protocol {
				t.Errorf("protocol %d, want %d", got.Protocol, tt.protocol)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{synFrame, udpFrame, arpFrame} {
		b, err := hex.DecodeString(s)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) { packet.NewDecoder().Decode(b) })
}

func BenchmarkDecode(b *testing.B) {
	d, data := packet.NewDecoder(), frame(b, synFrame)
	b.ReportAllocs()
	for b.Loop() {
		d.Decode(data)
	}
}

package packet_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"net"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/packet"
)

var (
	clientMAC = net.HardwareAddr{2, 0, 0, 0, 0, 1}
	serverMAC = net.HardwareAddr{2, 0, 0, 0, 0, 2}
)

// verify reads a frame with another reader than ours, which checks lengths
// and, by writing it again, checksums.
func verify(t *testing.T, frame []byte) gopacket.Packet {
	t.Helper()
	p := gopacket.NewPacket(frame, layers.LayerTypeEthernet, gopacket.Default)
	if p.ErrorLayer() != nil {
		t.Fatalf("%x: %v", frame, p.ErrorLayer().Error())
	}
	if transport, ok := p.TransportLayer().(interface {
		SetNetworkLayerForChecksum(gopacket.NetworkLayer) error
	}); ok {
		if err := transport.SetNetworkLayerForChecksum(p.NetworkLayer()); err != nil {
			t.Fatal(err)
		}
	}
	again := gopacket.NewSerializeBuffer()
	if err := gopacket.SerializePacket(again, gopacket.SerializeOptions{FixLengths: true, ComputeChecksums: true}, p); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(again.Bytes(), frame) { // it pads short frames
		t.Errorf("frame\n%x, computed anew\n%x", frame, again.Bytes())
	}
	return p
}

func TestBuild(t *testing.T) {
	window := 512
	tests := []struct {
		name string
		s    event.Segment
		want string // flags and payload
	}{
		{"syn", event.Segment{Src: "10.0.0.1:40000", Dst: "10.0.0.2:8080", Flags: []string{"SYN"}, Seq: 7, MSS: 1460}, "[SYN] 7 64240 "},
		{"data", event.Segment{Src: "10.0.0.1:40000", Dst: "10.0.0.2:8080", Flags: []string{"PSH", "ACK"}, Seq: 8, Ack: 9, Window: &window, Payload: "odd"}, "[PSH ACK] 8 512 odd"},
		{"ipv6", event.Segment{Src: "[fd00::1]:40000", Dst: "[fd00::2]:8080", Flags: []string{"RST"}, Seq: 8}, "[RST] 8 64240 "},
		{"udp", event.Segment{Proto: "udp", Src: "10.0.0.1:40000", Dst: "10.0.0.2:8080", Payload: "ping"}, "[] ping"},
		{"udp of ipv6", event.Segment{Proto: "udp", Src: "[fd00::1]:40000", Dst: "[fd00::2]:8080", Payload: "ping"}, "[] ping"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			frame, err := packet.Build(tt.s, clientMAC, serverMAC)
			if err != nil {
				t.Fatal(err)
			}
			verify(t, frame)
			h := packet.NewDecoder().Decode(frame)
			got := "["
			for i, f := range h.Summary.Flags {
				got += map[bool]string{true: " "}[i > 0] + f
			}
			got += "] "
			if h.Summary.Seq != nil {
				got += strconv.Itoa(int(*h.Summary.Seq)) + " " + strconv.Itoa(*h.Summary.Window) + " "
			}
			if diff := cmp.Diff(tt.want, got+h.Summary.Text); diff != "" || h.Summary.Src != tt.s.Src || h.Summary.Dst != tt.s.Dst {
				t.Errorf("from %s to %s (-want +got):\n%s", h.Summary.Src, h.Summary.Dst, diff)
			}
		})
	}
}

func TestBuildRefuses(t *testing.T) {
	wide := 70_000
	for name, s := range map[string]event.Segment{
		"no source":    {Dst: "10.0.0.2:8080"},
		"two families": {Src: "10.0.0.1:1", Dst: "[fd00::2]:2"},
		"flag":         {Src: "10.0.0.1:1", Dst: "10.0.0.2:2", Flags: []string{"SIN"}},
		"window":       {Src: "10.0.0.1:1", Dst: "10.0.0.2:2", Window: &wide},
		"mss":          {Src: "10.0.0.1:1", Dst: "10.0.0.2:2", MSS: -1},
		"protocol":     {Proto: "sctp", Src: "10.0.0.1:1", Dst: "10.0.0.2:2"},
	} {
		if _, err := packet.Build(s, clientMAC, serverMAC); !errors.Is(err, packet.ErrFrame) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFragment(t *testing.T) {
	whole, err := packet.Build(event.Segment{Proto: "udp", Src: "10.0.0.1:40000", Dst: "10.0.0.2:8080", Payload: string(bytes.Repeat([]byte("0123456789"), 100))}, clientMAC, serverMAC)
	if err != nil {
		t.Fatal(err)
	}
	if packet.Fragment(whole, 500) != nil {
		t.Error("a packet whose sender forbids it was fragmented")
	}
	whole[14+6] = 0 // now it may be
	if err := packet.Mend(whole); err != nil {
		t.Fatal(err)
	}
	var body []byte
	fragments := packet.Fragment(whole, 500)
	for i, f := range fragments {
		field := binary.BigEndian.Uint16(f[14+6:])
		if len(f)-14 > 500 || int(field&0x1fff)*8 != len(body) || field&0x2000 != 0 != (i < len(fragments)-1) {
			t.Errorf("fragment %d: %d bytes, flags and offset %#x after %d bytes", i, len(f), field, len(body))
		}
		body = append(body, f[34:]...)
	}
	if !bytes.Equal(body, whole[34:]) {
		t.Error("the fragments are not the whole")
	}
}

func TestTooBig(t *testing.T) {
	for _, tt := range []struct {
		src, dst, from string
		mtu            int
	}{{"10.0.0.1:40000", "10.0.0.2:8080", "10.0.0.254", 576}, {"[fd00::1]:40000", "[fd00::2]:8080", "fd00::fe", 1280}} {
		frame, err := packet.Build(event.Segment{Src: tt.src, Dst: tt.dst, Flags: []string{"ACK"}, Payload: string(make([]byte, 1300))}, clientMAC, serverMAC)
		if err != nil {
			t.Fatal(err)
		}
		message := packet.TooBig(frame, tt.mtu)
		h := packet.NewDecoder().Decode(message)
		if h.Summary.Src != tt.from || h.IPLen > 1280 || packet.TooBig(message, 60) != nil && tt.mtu == 1280 {
			t.Errorf("%+v", h)
		}
		mended := bytes.Clone(message)
		if err := packet.Mend(mended); err != nil || !bytes.Equal(mended, message) {
			t.Errorf("its checksums do not fit: %v", err)
		}
	}
}

func FuzzMend(f *testing.F) {
	frame, err := packet.Build(event.Segment{Src: "10.0.0.1:40000", Dst: "10.0.0.2:8080", Flags: []string{"SYN"}}, clientMAC, serverMAC)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(frame, 600)
	f.Fuzz(func(t *testing.T, b []byte, mtu int) {
		start, end := packet.Transport(b)
		if start > end || end > len(b) {
			t.Errorf("transport from %d to %d of %d", start, end, len(b))
		}
		if mtu >= event.MinMTU && mtu <= event.MaxMTU {
			for _, fragment := range packet.Fragment(b, mtu) {
				if len(fragment) > 14+mtu {
					t.Errorf("a fragment of %d bytes for an mtu of %d", len(fragment), mtu)
				}
			}
			packet.TooBig(b, mtu)
		}
		packet.Wrong(b)
		_ = packet.Mend(b)
	})
}

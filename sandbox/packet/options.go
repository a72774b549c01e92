package packet

import (
	"encoding/binary"
	"fmt"

	"github.com/gopacket/gopacket/layers"
)

// options names the options of a TCP header as tcpdump does. Padding is
// left out.
func options(all []layers.TCPOption) []string {
	var names []string
	for _, o := range all {
		if name := option(o); name != "" {
			names = append(names, name)
		}
	}
	return names
}

func option(o layers.TCPOption) string {
	data := o.OptionData
	switch o.OptionType {
	case layers.TCPOptionKindEndList, layers.TCPOptionKindNop:
		return ""
	case layers.TCPOptionKindMSS:
		if len(data) == 2 {
			return fmt.Sprintf("mss %d", binary.BigEndian.Uint16(data))
		}
	case layers.TCPOptionKindWindowScale:
		if len(data) == 1 {
			return fmt.Sprintf("wscale %d", data[0])
		}
	case layers.TCPOptionKindSACKPermitted:
		return "sackOK"
	case layers.TCPOptionKindTimestamps:
		if len(data) == 8 {
			return fmt.Sprintf("TS val %d ecr %d", binary.BigEndian.Uint32(data), binary.BigEndian.Uint32(data[4:]))
		}
	case layers.TCPOptionKindSACK:
		if len(data)%8 == 0 {
			return sack(data)
		}
	}
	return fmt.Sprintf("option %d, %d bytes", o.OptionType, o.OptionLength)
}

func sack(data []byte) string {
	s := "sack"
	for ; len(data) >= 8; data = data[8:] {
		s += fmt.Sprintf(" {%d:%d}", binary.BigEndian.Uint32(data), binary.BigEndian.Uint32(data[4:]))
	}
	return s
}

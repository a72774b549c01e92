// Package pcapng writes the packets of a run as a capture file that
// Wireshark, tshark and tcpdump read.
//
// Each host has an interface of its name. Times have nanoseconds and count
// from the start of the run, as in its events, so that 1970-01-01 00:00 UTC
// is the start. What happened between two packets, calls and changes of
// state, is written as comments of the second one; what followed the last
// packet as comments of that, marked as such. A packet's first comment says
// what became of it. Which packets there are says [recording.Frame].
//
// Source: draft-ietf-opsawg-pcapng.
package pcapng

import (
	"fmt"
	"io"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/recording"
)

// snapLength is the size in bytes of the longest frame; all interfaces must
// have the same, or tcpdump refuses the file.
const snapLength = 256 << 10

// Write writes the packets among events as a capture file.
func Write(w io.Writer, events []event.Event) error {
	frames := recording.Frames(events)
	hosts := interfaces(events, frames)
	ng, err := open(w, events, hosts)
	if err != nil {
		return err
	}
	comments := newComments(events, frames)
	for i, f := range frames {
		data := f.Data[:min(len(f.Data), snapLength)]
		info := gopacket.CaptureInfo{
			Timestamp: time.Unix(0, f.T), CaptureLength: len(data), Length: len(f.Data),
			InterfaceIndex: slices.Index(hosts, f.Host),
		}
		if err := ng.WritePacketWithOptions(info, data, pcapgo.NgPacketOptions{Comments: comments.of(i)}); err != nil {
			return fmt.Errorf("packet %d: %w", i+1, err)
		}
	}
	return ng.Flush()
}

// interfaces are the names of all interfaces: the hosts, and whatever else a
// packet comes from.
func interfaces(events []event.Event, frames []recording.Frame) []string {
	names := recording.Hosts(events)
	for _, f := range frames {
		if !slices.Contains(names, f.Host) {
			names = append(names, f.Host)
		}
	}
	return names
}

// open writes what stands before the packets.
func open(w io.Writer, events []event.Event, hosts []string) (*pcapgo.NgWriter, error) {
	about := pcapgo.NgSectionInfo{Application: "fivetuple", Comment: "times count from the start of the run"}
	if len(events) > 0 && events[0].Kind == event.KindStart {
		about.Comment = clip(fmt.Sprintf("%s on %s; %s", events[0].Lab, events[0].Topology, about.Comment))
	}
	if len(hosts) == 0 {
		hosts = []string{""} // a capture has at least one
	}
	ng, err := pcapgo.NewNgWriterInterface(w, link(hosts[0]), pcapgo.NgWriterOptions{SectionInfo: about})
	for i := 1; i < len(hosts) && err == nil; i++ {
		_, err = ng.AddInterface(link(hosts[i]))
	}
	return ng, err
}

func link(host string) pcapgo.NgInterface {
	return pcapgo.NgInterface{Name: clip(host), LinkType: layers.LinkTypeEthernet, SnapLength: snapLength}
}

// maxOption is the size in bytes of the longest text: its length is written
// in 16 bits.
const maxOption = 1<<16 - 1

// clip cuts a text that is too long for an option.
func clip(s string) string {
	if len(s) <= maxOption {
		return s
	}
	const mark = "…"
	n := maxOption - len(mark)
	for !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + mark
}

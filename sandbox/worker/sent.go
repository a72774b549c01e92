//go:build linux

package worker

import (
	"golang.org/x/sys/unix"

	"fivetuple/sandbox/diag"
)

// sent is what is told of one end of a connection, known by its cookie.
type sent struct {
	segments, data uint32 // as the kernel counts them: with and without those that carry nothing
	bytes          uint64
	again          uint32 // of the segments, those sent again
	arrived        int    // bytes, those that arrived twice counted twice
	upTo           uint64 // bytes, those sent again counted once
	open           []open // not acknowledged yet, as far as we know
}

// open is a segment that waits for its acknowledgement.
type open struct {
	packet uint64
	upTo   uint64 // bytes sent with it and before it
	fin    bool
	lost   bool // a FIN, when it was last sent
}

// end is what is told of an end: what its handshake took is told already.
func (d *derived) end(c *connection) *sent {
	end := d.ends[c.cookie]
	if end == nil {
		end = &sent{}
		if c.now.Info != nil {
			end.again = c.now.Info.Total_retrans // of SYN or SYN-ACK
		}
		if !c.server { // where what sent the SYN-ACK was another socket
			end.segments = 2 + end.again // SYN and ACK
		}
		d.ends[c.cookie] = end
	}
	return end
}

// data tells of the segments with data that an end has sent since it was last
// seen, by the kernel's counts, and returns how many without it has sent.
func (d *derived) data(k *socket, end *sent, now *unix.TCPInfo) (empty int) {
	segments, data := int(now.Segs_out)-int(end.segments), int(now.Data_segs_out)-int(end.data)
	again := max(int(now.Total_retrans)-int(end.again), 0)
	bytes := int(now.Bytes_sent - end.bytes)
	end.segments, end.data, end.bytes, end.again = max(now.Segs_out, end.segments), now.Data_segs_out, now.Bytes_sent, now.Total_retrans
	if !d.loses(k.protocol, k.local, k.remote) {
		end.arrived += bytes
	}
	waiting := end.open
	for n := data; n > 0; n-- { // how the bytes were divided the kernel does not say
		share := bytes / n
		bytes -= share
		if again > 0 && len(waiting) > 0 && !waiting[0].fin { // which one, neither: as a rule the first
			d.tellAgain(waiting[0].packet, k.host, "TCP", k.local, k.remote, share, "PSH", "ACK")
			again, waiting = again-1, waiting[1:]
			continue
		}
		end.upTo += uint64(share)
		end.open = append(end.open, open{packet: d.tell(k.host, "TCP", k.local, k.remote, share, "PSH", "ACK"), upTo: end.upTo})
	}
	empty = segments - data
	for ; again > 0 && empty > 0 && d.finAgain(k, end); again-- {
		empty--
	}
	return empty
}

// acknowledged lets go of the segments that the kernel has let go of. How many
// it still has does not help: it joins some when it sends them again, and a
// FIN that was lost then goes with them.
func (d *derived) acknowledged(c *connection) {
	end, now := d.ends[c.cookie], c.now.Info
	for len(end.open) > 0 && (now == nil || now.Unacked == 0 || now.Bytes_acked > end.open[0].upTo+1) { // one may be the SYN
		if end.open[0].lost {
			d.finAgain(c.socket, end)
		}
		end.open = end.open[1:]
	}
}

// finAgain tells that a FIN that is not acknowledged was sent again, if there
// is one.
func (d *derived) finAgain(k *socket, end *sent) bool {
	if len(end.open) == 0 || !end.open[len(end.open)-1].fin {
		return false
	}
	last := &end.open[len(end.open)-1]
	last.lost = d.loses(k.protocol, k.local, k.remote)
	d.tellAgain(last.packet, k.host, "TCP", k.local, k.remote, 0, "FIN", "ACK")
	return true
}

// received tells of data of an end of which the kernel has no counts any more,
// by those of the other: its program has closed it, and the last of it was
// sent and acknowledged since we looked.
func (d *derived) received(from, by *connection) {
	if from.now.Info != nil || by.now.Info == nil {
		return
	}
	end := d.ends[from.cookie]
	n := int(by.now.Info.Bytes_received) - end.arrived
	if s := by.now.State; s == diag.CloseWait || s == diag.LastAck || s == diag.Closing {
		n-- // the FIN
	}
	if n <= 0 {
		return
	}
	earlier := uint64(0)
	if len(end.open) > 0 && !end.open[0].fin {
		earlier = end.open[0].packet
	}
	end.arrived += n
	d.tellAgain(earlier, from.host, "TCP", from.local, from.remote, n, "PSH", "ACK")
}

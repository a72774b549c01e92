package tcpdump

import (
	"bytes"
	"strings"
)

// conversation names a TCP conversation by its two ends, the one with the
// lower port first.
type conversation struct {
	lower, higher string // addresses
	ports         [2]uint16
}

// origin is where the numbers of a conversation began: those of its lower
// and of its higher end.
type origin struct{ lower, higher uint32 }

const (
	flagFIN = 1 << iota
	flagSYN
	flagRST
	flagPSH
	flagACK
	flagURG
)

// flagLetters are the letters of the flags, from the lowest bit on.
const flagLetters = "FSRP.UEW"

func flagText(flags uint8) string {
	var text []byte
	for i := range len(flagLetters) {
		if flags&(1<<i) != 0 {
			text = append(text, flagLetters[i])
		}
	}
	if text == nil {
		return "none"
	}
	return string(text)
}

const tcpHeader = 20

func (p *printer) tcp(q packet) {
	p.layer = "tcp"
	b := q.payload
	src, dst := p.u16(b, 0), p.u16(b, 2)
	if p.short {
		p.nameless(q, protoTCP, "")
		return
	}
	p.ends(q, protoTCP, src, dst)
	if p.bytes(b, 0, tcpHeader); p.short {
		return
	}
	header := int(b[12]>>4) * 4
	if header < tcpHeader {
		p.print(" tcp %d [bad hdr length %d - too short, < %d]", q.length-header, header, tcpHeader)
		return
	}
	flags := b[13]
	p.print("Flags [%s]", flagText(flags))
	seq, ack, other := p.relative(q, src, dst, flags)
	if header > q.length {
		p.print(" [bad hdr length %d - too long, > %d]", header, q.length)
		return
	}
	p.segment(q, header, seq, ack, other)
	if length := q.length - header; !p.short && length > 0 && (isHTTP(src) || isHTTP(dst)) {
		p.http(from(b, header), length)
	}
}

// relative gives a segment's numbers relative to those the conversation
// began with, and the number that its sender's SACK blocks count from. A
// segment without ACK, and the first one with ACK, show theirs as they are
// on the wire.
func (p *printer) relative(q packet, src, dst uint16, flags uint8) (seq, ack, other uint32) {
	seq, ack = p.u32(q.payload, 4), p.u32(q.payload, 8)
	if flags&flagACK == 0 {
		return seq, ack, 0
	}
	fromHigher := src > dst || src == dst && q.src > q.dst
	c := conversation{q.src, q.dst, [2]uint16{src, dst}}
	if fromHigher {
		c = conversation{q.dst, q.src, [2]uint16{dst, src}}
	}
	began, known := p.numbers[c]
	if !known || flags&flagSYN != 0 {
		began = origin{seq, ack - 1}
		if fromHigher {
			began = origin{ack - 1, seq}
		}
		p.numbers[c] = began
		known = false
	}
	mine, other := began.lower, began.higher
	if fromHigher {
		mine, other = other, mine
	}
	if known {
		seq, ack = seq-mine, ack-other
	}
	return seq, ack, other
}

// segment prints the fields of a TCP header after the flags.
func (p *printer) segment(q packet, header int, seq, ack, other uint32) {
	b, flags, length := q.payload, q.payload[13], q.length-header
	if length > 0 || flags&(flagSYN|flagFIN|flagRST) != 0 {
		p.print(", seq %d", seq)
		if length > 0 {
			p.print(":%d", seq+uint32(length))
		}
	}
	if flags&flagACK != 0 {
		p.print(", ack %d", ack)
	}
	p.print(", win %d", p.u16(b, 14))
	if flags&flagURG != 0 {
		p.print(", urg %d", p.u16(b, 18))
	}
	if header > tcpHeader {
		p.print(", options [")
		if !p.options(b[tcpHeader:min(header, len(b))], header-tcpHeader, other) {
			return
		}
		p.print("]")
	}
	p.print(", length %d", length)
}

func isHTTP(port uint16) bool { return port == 80 || port == 8080 }

// methods are the words that a request of HTTP begins with.
var methods = strings.Fields(`GET PUT COPY HEAD LOCK MOVE POLL POST BCOPY BMOVE MKCOL TRACE LABEL MERGE DELETE SEARCH
	UNLOCK REPORT UPDATE NOTIFY BDELETE CONNECT OPTIONS CHECKIN PROPFIND CHECKOUT CCM_POST SUBSCRIBE PROPPATCH BPROPFIND
	BPROPPATCH UNCHECKOUT MKACTIVITY MKWORKSPACE UNSUBSCRIBE RPC_CONNECT VERSION-CONTROL BASELINE-CONTROL`)

// http prints the first line of a payload that begins a request or an
// answer of HTTP.
func (p *printer) http(b []byte, length int) {
	p.layer = "http"
	p.print(": HTTP")
	if !beginsHTTP(b) {
		return
	}
	end := bytes.IndexFunc(b, func(r rune) bool { return r != '\t' && (r < ' ' || r > '~') })
	switch {
	case end < 0:
		p.print(": %s", b)
		p.short = true // the line does not end in this packet
	case b[end] == '\n', b[end] == '\r' && end+1 < len(b) && b[end+1] == '\n':
		p.print(": %s", b[:end])
	case b[end] == '\r' && end+1 == len(b) && len(b) < length:
		p.short = true
	}
}

// beginsHTTP says whether a payload begins with a method, or its second word
// is a status.
func beginsHTTP(b []byte) bool {
	word, rest := token(b)
	for _, m := range methods {
		if strings.EqualFold(m, word) {
			return true
		}
	}
	if word == "" {
		return false
	}
	status, _ := token(rest)
	return len(status) == 3 && strings.Trim(status, "0123456789") == ""
}

// maxToken is how long a word may be to be looked at.
const maxToken = 128

// token is the first word of a line and what follows it; empty when there is
// none, or something that cannot be printed.
func token(b []byte) (word string, rest []byte) {
	end := bytes.IndexAny(b, " \t\r\n")
	if end < 0 {
		end = len(b)
	}
	for _, c := range b[:end] {
		if c <= ' ' || c > '~' {
			return "", nil
		}
	}
	if end > maxToken {
		return "", nil
	}
	return string(b[:end]), bytes.TrimLeft(b[end:], " \t")
}

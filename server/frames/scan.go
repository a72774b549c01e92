package frames

import "encoding/binary"

// Frame is one frame of a WebSocket, RFC 6455, section 5.2.
type Frame struct {
	FIN    bool   `json:"fin"`
	RSV    byte   `json:"rsv,omitempty"` // RSV1 to RSV3, from the left
	Opcode byte   `json:"opcode"`
	Masked bool   `json:"masked"`
	Key    []byte `json:"key,omitempty"` // the masking key, four bytes
	Length uint64 `json:"length"`        // of the payload
	Header []byte `json:"header"`        // as it is on the wire, the key included
	Wire   []byte `json:"wire"`          // the beginning of the payload as it is on the wire
	Data   []byte `json:"data"`          // the same without the mask
}

// shown is how many bytes of a payload a frame tells.
const shown = 120

// minHeader is the header of a short frame without a key.
const minHeader = 2

// scanner cuts one direction of a connection into frames. The zero scanner
// stands at the beginning of a frame.
type scanner struct {
	header []byte
	frame  Frame
	left   uint64 // bytes of the payload that have not come
	inside bool   // the header is complete
}

// scan takes the next bytes and returns the frames that they complete.
func (s *scanner) scan(p []byte) (done []Frame) {
	for len(p) > 0 {
		if !s.inside {
			s.header, p = append(s.header, p[0]), p[1:]
			if len(s.header) < s.need() {
				continue
			}
			s.begin()
		}
		p = s.take(p)
		if s.left == 0 {
			done = append(done, s.end())
		}
	}
	return done
}

// need is how long the header is, as far as it has come.
func (s *scanner) need() int {
	if len(s.header) < minHeader {
		return minHeader
	}
	n := minHeader + lengthSize(s.header[1]&0x7f)
	if s.header[1]&0x80 != 0 {
		n += 4
	}
	return n
}

// lengthSize is how many bytes of length follow these seven bits.
func lengthSize(bits byte) int {
	switch bits {
	case 126:
		return 2
	case 127:
		return 8
	}
	return 0
}

func (s *scanner) begin() {
	h := s.header
	f := Frame{FIN: h[0]&0x80 != 0, RSV: h[0] >> 4 & 7, Opcode: h[0] & 15, Masked: h[1]&0x80 != 0, Header: h}
	f.Length = uint64(h[1] & 0x7f)
	switch size := lengthSize(h[1] & 0x7f); size {
	case 2:
		f.Length = uint64(binary.BigEndian.Uint16(h[minHeader:]))
	case 8:
		f.Length = binary.BigEndian.Uint64(h[minHeader:])
	}
	if f.Masked {
		f.Key = h[len(h)-4:]
	}
	s.frame, s.left, s.inside = f, f.Length, true
}

// take takes what is the frame's own of p and returns the rest.
func (s *scanner) take(p []byte) []byte {
	n := len(p)
	if uint64(n) > s.left {
		n = int(s.left)
	}
	if room := shown - len(s.frame.Wire); room > 0 {
		s.frame.Wire = append(s.frame.Wire, p[:min(n, room)]...)
	}
	s.left -= uint64(n)
	return p[n:]
}

func (s *scanner) end() Frame {
	f := s.frame
	f.Data = append([]byte(nil), f.Wire...)
	if f.Masked {
		for i := range f.Data {
			f.Data[i] ^= f.Key[i%4]
		}
	}
	*s = scanner{}
	return f
}

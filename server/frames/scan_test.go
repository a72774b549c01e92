package frames

import (
	"bytes"
	"encoding/hex"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestScan: the examples of RFC 6455, section 5.7.
func TestScan(t *testing.T) {
	tests := []struct {
		name, wire string
		want       Frame
	}{
		{"unmasked text", "810548656c6c6f", Frame{FIN: true, Opcode: 1, Length: 5, Data: []byte("Hello")}},
		{"masked text", "818537fa213d7f9f4d5158", Frame{FIN: true, Opcode: 1, Masked: true, Key: unhex(t, "37fa213d"), Length: 5, Data: []byte("Hello")}},
		{"first fragment", "010348656c", Frame{Opcode: 1, Length: 3, Data: []byte("Hel")}},
		{"last fragment", "80026c6f", Frame{FIN: true, Length: 2, Data: []byte("lo")}},
		{"ping", "890548656c6c6f", Frame{FIN: true, Opcode: 9, Length: 5, Data: []byte("Hello")}},
		{"masked pong", "8a8537fa213d7f9f4d5158", Frame{FIN: true, Opcode: 10, Masked: true, Key: unhex(t, "37fa213d"), Length: 5, Data: []byte("Hello")}},
		{"empty", "8800", Frame{FIN: true, Opcode: 8}},
		{"256 bytes", "827e0100" + hex.EncodeToString(make([]byte, 256)), Frame{FIN: true, Opcode: 2, Length: 256, Data: make([]byte, shown)}},
		{"64 KiB", "827f0000000000010000" + hex.EncodeToString(make([]byte, 65536)), Frame{FIN: true, Opcode: 2, Length: 65536, Data: make([]byte, shown)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wire := unhex(t, tt.wire)
			for _, size := range []int{1, 3, len(wire)} {
				var s scanner
				var got []Frame
				for rest := append(wire, wire...); len(rest) > 0; {
					n := min(size, len(rest))
					got, rest = append(got, s.scan(rest[:n])...), rest[n:]
				}
				if len(got) != 2 || !bytes.HasPrefix(wire, got[0].Header) || !cmp.Equal(got[0], got[1]) {
					t.Fatalf("in pieces of %d: %d frames, the first %+v", size, len(got), got)
				}
				got[0].Header, got[0].Wire = nil, nil
				if diff := cmp.Diff(tt.want, got[0]); diff != "" {
					t.Errorf("in pieces of %d (-want +got):\n%s", size, diff)
				}
			}
		})
	}
}

// FuzzScan: how the bytes come in pieces makes no difference, and a frame
// tells no more than it may.
func FuzzScan(f *testing.F) {
	f.Add(unhex(f, "818537fa213d7f9f4d5158890548656c6c6f"), 3)
	f.Add(unhex(f, "ff7fffffffffffffffff00"), 1)
	f.Fuzz(func(t *testing.T, wire []byte, size int) {
		var whole, pieces scanner
		want := whole.scan(wire)
		var got []Frame
		for rest := wire; len(rest) > 0; {
			n := min(max(size, 1), len(rest))
			got, rest = append(got, pieces.scan(rest[:n])...), rest[n:]
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-whole +pieces):\n%s", diff)
		}
		for _, f := range want {
			if len(f.Data) > shown || len(f.Data) != len(f.Wire) || uint64(len(f.Data)) > f.Length {
				t.Errorf("%d bytes of %d", len(f.Data), f.Length)
			}
		}
	})
}

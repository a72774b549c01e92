package recording_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/recording"
)

var made = recording.Made{At: time.Date(2026, time.November, 28, 9, 0, 0, 0, time.UTC), On: "Linux 6.18.44", Of: "0123"}

// zipped is a text as gzip.
func zipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPack(t *testing.T) {
	packed, err := recording.Pack("a/b", made, unknown)
	if err != nil {
		t.Fatal(err)
	}
	want := recording.Head{Version: 1, Lab: "a/b", Made: &made}
	head, err := recording.UnpackHead(packed)
	if diff := cmp.Diff(want, head); diff != "" || err != nil {
		t.Errorf("head, %v (-want +got):\n%s", err, diff)
	}
	rec, err := recording.Unpack(packed)
	if err != nil || len(rec.Events) != len(unknown) || !cmp.Equal(want, rec.Head) {
		t.Errorf("%+v, %v", rec, err)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	if err := schema(t).Validate(document(t, text)); err != nil {
		t.Error(err)
	}
}

func TestUnpack(t *testing.T) {
	packed, err := recording.Pack("a/b", made, unknown)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name       string
		packed     []byte
		head, body error
	}{
		{"nothing", nil, recording.ErrBroken, recording.ErrBroken},
		{"not packed", []byte(`{"version":1,"lab":"a/b","events":[]}`), recording.ErrBroken, recording.ErrBroken},
		{"cut short", packed[:len(packed)-12], nil, recording.ErrBroken},
		{"cut in its head", packed[:20], recording.ErrBroken, recording.ErrBroken},
		{"a list", zipped(t, `[]`), recording.ErrBroken, recording.ErrBroken},
		{"no events", zipped(t, `{"version":1,"lab":"a/b"}`), recording.ErrBroken, recording.ErrBroken},
		{"no version", zipped(t, `{"lab":"a/b","events":[]}`), recording.ErrBroken, recording.ErrBroken},
		{"made of another form", zipped(t, `{"version":1,"made":7,"events":[]}`), recording.ErrBroken, recording.ErrBroken},
		{"newer, of another form", zipped(t, `{"version":2,"lab":["x"],"made":7}`), recording.ErrNewer, recording.ErrNewer},
		{"it does not say how it was made", zipped(t, `{"version":1,"lab":"a/b","mood":{"a":[1]},"events":[]}`), nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, head := recording.UnpackHead(tt.packed)
			_, body := recording.Unpack(tt.packed)
			if !errors.Is(head, tt.head) || !errors.Is(body, tt.body) {
				t.Errorf("head: %v, want %v; all: %v, want %v", head, tt.head, body, tt.body)
			}
		})
	}
}

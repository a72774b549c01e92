package recording_test

import (
	"bytes"
	"io"
	"testing"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/recording"
	"fivetuple/sandbox/recording/pcapng"
	"fivetuple/sandbox/recording/strace"
	"fivetuple/sandbox/recording/tcpdump"
)

// FuzzForms reads recordings of any content and writes each in every form:
// a recording comes from a file, and none may bring the reader down.
func FuzzForms(f *testing.F) {
	for _, events := range [][][]byte{unknown, {
		[]byte(`{"seq":1,"t":0,"kind":"start","hosts":[{"name":"a"},{"name":"b"}]}`),
		[]byte(`{"seq":2,"t":1,"kind":"call","call":1,"name":"accept4","args":["3"],"phase":"enter"}`),
		[]byte(`{"seq":3,"t":2,"kind":"packet","id":1,"from":"a","to":"b","phase":"sent","data":"AgAAAAACAgAAAAABCABFAAA8BgpAAEAGILAKAAABCgAAAs3mH5Blq+PCAAAAAKAC+vAKHwAAAgQFtAQCCAriKxXaAAAAAAEDAwo="}`),
		[]byte(`{"seq":4,"t":2,"kind":"packet","id":2,"of":1,"from":"a","to":"c","phase":"sent","data":"AgAA"}`),
		[]byte(`{"seq":5,"t":2,"kind":"packet","id":2,"to":"c","phase":"dropped","reason":"loss"}`),
		[]byte(`{"seq":6,"t":2,"kind":"packet","id":2,"to":"c","phase":"changed","data":"AgAB"}`),
		[]byte(`{"seq":7,"t":3,"kind":"call","call":1,"name":"accept4","args":["3","NULL"],"phase":"return","result":-1,"errno":"EINTR"}`),
		[]byte(`{"seq":8,"t":3,"kind":"exit"}`),
		[]byte(`{"seq":9,"t":3,"kind":"end","cause":5}`),
	}} {
		var b bytes.Buffer
		if err := recording.Write(&b, "x", events); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		rec, err := recording.Read(bytes.NewReader(text))
		if err != nil {
			return
		}
		for name, write := range map[string]func(io.Writer, []event.Event) error{
			"text": recording.WriteText, "pcapng": pcapng.Write, "tcpdump": tcpdump.Write,
			"strace": func(w io.Writer, all []event.Event) error { return strace.Write(w, all, "") },
		} {
			if err := write(io.Discard, rec.Events); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

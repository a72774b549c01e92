package recording_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/recording"
)

// unknown is a recording with a field, a kind, a phase and a setting that
// this version does not know.
var unknown = [][]byte{
	[]byte(`{"seq":1,"t":0,"kind":"start","version":1,"topology":"ring","hosts":[],"programs":[],"mood":"calm"}`),
	[]byte(`{"seq":2,"t":5,"kind":"weather","text":"rain"}`),
	[]byte(`{"seq":3,"t":5,"kind":"packet","id":1,"phase":"folded","summary":{"proto":"TCP","src":"a","dst":"b","len":0}}`),
	[]byte(`{"seq":4,"t":9,"kind":"wire","wire":{"mode":"flow","delay":0,"loss":0.5}}`),
}

func TestReadWhatWasWritten(t *testing.T) {
	var b bytes.Buffer
	if err := recording.Write(&b, `own "lab"`, unknown); err != nil {
		t.Fatal(err)
	}
	rec, err := recording.Read(&b)
	if err != nil {
		t.Fatal(err)
	}
	var encoded [][]byte
	for _, raw := range rec.Encoded {
		encoded = append(encoded, raw)
	}
	if diff := cmp.Diff(unknown, encoded); diff != "" || rec.Lab != `own "lab"` || rec.Version != event.Version {
		t.Errorf("version %d, lab %q (-want +got):\n%s", rec.Version, rec.Lab, diff)
	}
	if e := rec.Events[2]; e.Phase != "folded" || e.Kind != event.KindPacket || e.Summary.Src != "a" {
		t.Errorf("event 3 is %+v", e)
	}
}

func TestRead(t *testing.T) {
	tests := []struct {
		name, text string
		want       error
		says       string
	}{
		{"no events yet", `{"version":1,"lab":"x","events":[]}`, nil, ""},
		{"not JSON", `%PDF-1.7`, recording.ErrBroken, "invalid character"},
		{"cut short", `{"version":1,"lab":"x","events":[{"seq":1,`, recording.ErrBroken, "unexpected end"},
		{"a line of events", `{"seq":1,"t":0,"kind":"start","version":1}`, recording.ErrBroken, "no events"},
		{"no version", `{"lab":"x","events":[]}`, recording.ErrBroken, "no version"},
		{"version 0", `{"version":0,"events":[]}`, recording.ErrBroken, "no version 0"},
		{"newer, of another form", `{"version":7,"lab":["x"],"events":{"a":1}}`, recording.ErrNewer, "of version 7, and this program reads up to 1; use a newer fivetuple"},
		{"event that is none", `{"version":1,"events":[3]}`, recording.ErrBroken, "event 1"},
		{"field of another type", `{"version":1,"events":[{"seq":1,"t":0,"kind":"exit","code":"one"}]}`, recording.ErrBroken, "event 1"},
		{"hole", `{"version":1,"events":[{"seq":1,"t":0,"kind":"start"},{"seq":3,"t":0,"kind":"end"}]}`, recording.ErrBroken, "event 2 has the seq 3"},
		{"back in time", `{"version":1,"events":[{"seq":1,"t":5,"kind":"start"},{"seq":2,"t":4,"kind":"end"}]}`, recording.ErrBroken, "event 2 is earlier"},
		{"before the start", `{"version":1,"events":[{"seq":1,"t":-1,"kind":"start"}]}`, recording.ErrBroken, "event 1 is earlier"},
		{"no kind", `{"version":1,"events":[{"seq":1,"t":5}]}`, recording.ErrBroken, "no kind"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := recording.Read(strings.NewReader(tt.text))
			if !errors.Is(err, tt.want) || err != nil && !strings.Contains(err.Error(), tt.says) {
				t.Errorf("%v, want %v … %s", err, tt.want, tt.says)
			}
		})
	}
}

type failing struct{ error }

func (f failing) Read([]byte) (int, error)  { return 0, f.error }
func (f failing) Write([]byte) (int, error) { return 0, f.error }

func TestTheReadersOwnErrors(t *testing.T) {
	broken := failing{errors.New("cable unplugged")}
	if _, err := recording.Read(broken); !errors.Is(err, broken.error) || errors.Is(err, recording.ErrBroken) {
		t.Errorf("read: %v", err)
	}
	if err := recording.Write(broken, "x", unknown); !errors.Is(err, broken.error) {
		t.Errorf("write: %v", err)
	}
}

func TestUnknownFitsTheSchema(t *testing.T) {
	var b bytes.Buffer
	if err := recording.Write(&b, "x", unknown); err != nil {
		t.Fatal(err)
	}
	if err := schema(t).Validate(document(t, b.Bytes())); err != nil {
		t.Error(err)
	}
}

// TestSchemaRefuses shows that the schema asks for what a reader relies on.
func TestSchemaRefuses(t *testing.T) {
	s := schema(t)
	for _, wrong := range []string{
		`{"version":2,"lab":"x","events":[]}`,
		`{"version":1,"events":[]}`,
		`{"version":1,"lab":"x","events":[{"seq":1,"t":0}]}`,
		`{"version":1,"lab":"x","events":[{"seq":0,"t":0,"kind":"note"}]}`,
		`{"version":1,"lab":"x","events":[{"seq":1,"t":0,"kind":"call","host":"a","program":"a","pid":1,"call":1,"name":"close","phase":"return"}]}`,
		`{"version":1,"lab":"x","events":[{"seq":1,"t":0,"kind":"packet","id":1,"phase":"sent","summary":{"proto":"TCP","src":"a","dst":"b","len":0}}]}`,
		`{"version":1,"lab":"x","events":[{"seq":1,"t":0,"kind":"state","socket":{"id":1,"proto":"tcp"}}]}`,
		`{"version":1,"lab":"x","events":[{"seq":1,"t":0,"kind":"end","cause":7}]}`,
		`{"version":1,"lab":"x","events":[{"seq":1,"t":0,"kind":"wire","wire":{"mode":"hold","delay":0},"until":{"data":true}}]}`,
		`{"version":1,"lab":"x","events":[{"seq":1,"t":0,"kind":"wire","wire":{"mode":"hold","delay":0},"until":{},"phase":"began"}]}`,
	} {
		if s.Validate(document(t, []byte(wrong))) == nil {
			t.Errorf("the schema takes %s", wrong)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"version":1,"lab":"x","events":[{"seq":1,"t":5,"kind":"end","cause":"finished"}]}`))
	f.Add([]byte(`{"version":2}`))
	var b bytes.Buffer
	if err := recording.Write(&b, "x", unknown); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, text []byte) {
		rec, err := recording.Read(bytes.NewReader(text))
		if err != nil {
			if !errors.Is(err, recording.ErrBroken) && !errors.Is(err, recording.ErrNewer) {
				t.Errorf("%v is neither", err)
			}
			return
		}
		var encoded [][]byte
		for _, raw := range rec.Encoded {
			encoded = append(encoded, raw)
		}
		var again bytes.Buffer
		if err := recording.Write(&again, rec.Lab, encoded); err != nil {
			t.Fatal(err)
		}
		if !json.Valid(again.Bytes()) {
			t.Errorf("%q was written as no JSON", text)
		}
	})
}

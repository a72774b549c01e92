package lab

import (
	"reflect"
	"testing"
	"time"

	"fivetuple/sandbox/event"
)

// unrecorded are fields that make no difference to a run that is recorded.
var unrecorded = map[string]bool{
	"Lab.Title": true, "Lab.Start": true, "Lab.Checks": true, "Program.Versions": true, "Program.loaded": true,
}

// TestFingerprintIsComplete: each field of a lab is looked at, or is known to
// make no difference.
func TestFingerprintIsComplete(t *testing.T) {
	for of, looked := range map[reflect.Type]reflect.Type{
		reflect.TypeFor[Lab](): reflect.TypeFor[definition](), reflect.TypeFor[Program](): reflect.TypeFor[program](),
	} {
		for f := range of.Fields() {
			if _, ok := looked.FieldByName(f.Name); ok == unrecorded[of.Name()+"."+f.Name] {
				t.Errorf("%s.%s: add it to what Fingerprint looks at, or to the list of this test", of.Name(), f.Name)
			}
		}
	}
}

func TestFingerprint(t *testing.T) {
	whole := func() *Lab {
		return &Lab{
			Name: "a/b", Topology: Wire, Wire: event.Wire{Mode: event.Flow}, Timeline: []WireStep{{At: time.Second}},
			Programs: []Program{{Name: "client", Host: "client", File: "client.py", Source: []byte("x = 1\n")}},
		}
	}
	tests := []struct {
		name   string
		change func(*Lab)
		other  bool
	}{
		{"nothing", func(*Lab) {}, false},
		{"title", func(l *Lab) { l.Title = map[string]string{"en": "T"} }, false},
		{"checks", func(l *Lab) { l.Checks = "x = 1" }, false},
		{"stepped", func(l *Lab) { l.Start = Step }, false},
		{"another language beside it", func(l *Lab) { l.Programs[0].Versions = []Version{{"client.c", []byte("x")}} }, false},
		{"a program's text", func(l *Lab) { l.Programs[0].Source = []byte("x = 2\n") }, true},
		{"what is typed", func(l *Lab) { l.Programs[0].Input = []string{"hello"} }, true},
		{"the wire", func(l *Lab) { l.Wire.Delay = time.Millisecond }, true},
		{"the timeline", func(l *Lab) { l.Timeline[0].At = time.Minute }, true},
		{"a setting of the kernel", func(l *Lab) { l.Sysctl = map[string]string{"net.ipv4.tcp_syncookies": "0"} }, true},
		{"the seed", func(l *Lab) { l.Seed = 7 }, true},
		{"the name", func(l *Lab) { l.Name = "a/c" }, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			changed := whole()
			tt.change(changed)
			if other := changed.Fingerprint() != whole().Fingerprint(); other != tt.other {
				t.Errorf("another fingerprint: %v, want %v", other, tt.other)
			}
		})
	}
}

package event

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"testing"
)

// TestAppendJSON compares with encoding/json: events with one field each, of
// every value that a field of its type may have, and events with any of them.
func TestAppendJSON(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	same(t, &Event{})
	for i := range reflect.TypeFor[Event]().NumField() {
		for range 100 {
			var e Event
			fill(random, reflect.ValueOf(&e).Elem().Field(i), 1)
			same(t, &e)
		}
	}
	for range 2000 {
		var e Event
		fill(random, reflect.ValueOf(&e).Elem(), 0.5)
		same(t, &e)
	}
}

func same(t *testing.T, e *Event) {
	t.Helper()
	want, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	got, err := e.AppendJSON([]byte("before "))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != "before "+string(want) {
		t.Fatalf("got  %s\nwant %s", got, want)
	}
}

var words = []string{"", "client", "10.0.0.1:8080", `a "quoted" \ <b> & more`, "줄\n\t\x00\x7f", "\xff\xfe", "\u2028 \u2029"}

// fill gives v, and what is in it, each with probability p, a value.
func fill(random *rand.Rand, v reflect.Value, p float64) {
	if random.Float64() >= p && v.Kind() != reflect.Struct {
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[Cause]() {
			v.Set(reflect.ValueOf([]Cause{{}, {Seq: 7}, {End: EndStopped}}[random.IntN(3)]))
			return
		}
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fill(random, v.Field(i), p)
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(random, v.Elem(), p)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), random.IntN(4), 4))
		for i := range v.Len() {
			fill(random, v.Index(i), p)
		}
	case reflect.String:
		v.SetString(words[random.IntN(len(words))])
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(random.Int64() >> random.IntN(64) * (random.Int64N(3) - 1))
	case reflect.Uint8, reflect.Uint32, reflect.Uint64, reflect.Uint16:
		v.SetUint(random.Uint64() >> random.IntN(64) & (1<<v.Type().Bits() - 1))
	case reflect.Float64:
		v.SetFloat(random.NormFloat64())
	}
}

func BenchmarkAppendJSON(b *testing.B) {
	sent := Event{Seq: 12345, T: 123456789, Kind: KindPacket, Host: "client", ID: 1234, From: "client", To: "server", Phase: PhaseSent, Data: make([]byte, 106),
		Summary: &Summary{Proto: "UDP", Src: "10.0.0.1:41822", Dst: "10.0.0.255:9", Len: 64, Text: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}}
	b.Run("AppendJSON", func(b *testing.B) {
		var text []byte
		for b.Loop() {
			text, _ = sent.AppendJSON(text[:0])
		}
	})
	b.Run("Marshal", func(b *testing.B) {
		for b.Loop() {
			_, _ = json.Marshal(&sent)
		}
	})
}

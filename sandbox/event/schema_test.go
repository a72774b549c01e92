package event_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"fivetuple/sandbox/event"
)

// TestSchemaIsComplete sees to it that every field of the vocabulary is in
// the published schema.
func TestSchemaIsComplete(t *testing.T) {
	type object struct {
		Properties map[string]json.RawMessage `json:"properties"`
	}
	var schema struct {
		Properties map[string]struct{ Const int } `json:"properties"`
		Defs       map[string]object              `json:"$defs"`
	}
	if err := json.Unmarshal(event.Schema, &schema); err != nil {
		t.Fatal(err)
	}
	if got := schema.Properties["version"].Const; got != event.Version {
		t.Errorf("recording.schema.json is of version %d, the vocabulary of %d", got, event.Version)
	}
	for def, v := range map[string]any{
		"event": event.Event{}, "host": event.Host{}, "program": event.Program{},
		"wire": event.Wire{}, "socket": event.Socket{}, "info": event.TCPInfo{}, "summary": event.Summary{},
		"refusal": event.RefusalError{}, "until": event.Until{},
	} {
		for f := range reflect.TypeOf(v).Fields() {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if _, ok := schema.Defs[def].Properties[name]; !ok {
				t.Errorf("%s.%s: add the property %q to $defs/%s in recording.schema.json", reflect.TypeOf(v).Name(), f.Name, name, def)
			}
		}
	}
}

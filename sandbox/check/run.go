package check

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"fivetuple/sandbox/event"
)

// record is an event, or a part of one, as checks see it: what it has not is
// None.
type record struct {
	event  *event.Event // of an event; its fields are read when one is asked for
	fields starlark.StringDict
}

func (r *record) read() starlark.StringDict {
	if r.fields == nil {
		r.fields = fieldsOf(r.event)
	}
	return r.fields
}

func (r *record) String() string {
	return starlarkstruct.FromStringDict(starlarkstruct.Default, r.read()).String()
}
func (r *record) Type() string          { return "event" }
func (r *record) Freeze()               {} // nothing changes it
func (r *record) Truth() starlark.Bool  { return starlark.True }
func (r *record) Hash() (uint32, error) { return starlark.String(r.String()).Hash() }
func (r *record) AttrNames() []string   { return r.read().Keys() }

// Attr implements starlark.HasAttrs.
func (r *record) Attr(name string) (starlark.Value, error) {
	if v, ok := r.read()[name]; ok {
		return v, nil
	}
	return starlark.None, nil
}

// newRun makes the value that checks are called with.
func newRun(events []event.Event) starlark.Value {
	records := make([]starlark.Value, len(events))
	for i := range events {
		records[i] = &record{event: &events[i]}
	}
	r := &run{events, records}
	fields := starlark.StringDict{"events": starlark.NewList(slices.Clone(records))}
	for name, f := range map[string]builtin{
		"calls": r.calls, "packets": r.packets, "states": r.states, "prints": r.prints, "lines": r.lines, "exits": r.exits, "state_at": r.stateAt,
		"infos": r.infos, "queues": r.queues, "event": r.at, "resets": r.resets,
	} {
		fields[name] = starlark.NewBuiltin(name, f)
	}
	fields.Freeze()
	return starlarkstruct.FromStringDict(starlark.String("run"), fields)
}

// fieldsOf reads the fields of an event by way of its JSON, so that checks
// and browser see the same names.
func fieldsOf(e *event.Event) starlark.StringDict {
	b, err := json.Marshal(e)
	if err != nil {
		return starlark.StringDict{}
	}
	var v map[string]any
	if err := json.Unmarshal(b, &v); err != nil {
		return starlark.StringDict{}
	}
	switch e.Kind {
	case event.KindPacket:
		v["src_host"], v["dst_host"] = v["from"], v["to"]
	case event.KindState:
		v["old"], v["new"] = v["from"], v["to"]
	}
	delete(v, "from")
	delete(v, "to")
	delete(v, "data")
	fields := convert(v).(*record).fields
	if len(e.Data) > 0 {
		fields["data"] = starlark.Bytes(e.Data)
	}
	return fields
}

func convert(v any) starlark.Value {
	switch v := v.(type) {
	case string:
		return starlark.String(v)
	case bool:
		return starlark.Bool(v)
	case float64: // whole numbers of an event are below 2⁵³
		if v == math.Trunc(v) {
			return starlark.MakeInt64(int64(v))
		}
		return starlark.Float(v)
	case []any:
		list := make([]starlark.Value, len(v))
		for i := range v {
			list[i] = convert(v[i])
		}
		return starlark.NewList(list)
	case map[string]any:
		fields := make(starlark.StringDict, len(v))
		for name, value := range v {
			fields[name] = convert(value)
		}
		return &record{fields: fields}
	}
	return starlark.None
}

// run chooses events for checks.
type run struct {
	events  []event.Event
	records []starlark.Value
}

type builtin = func(*starlark.Thread, *starlark.Builtin, starlark.Tuple, []starlark.Tuple) (starlark.Value, error)

func (r *run) where(is func(*event.Event) bool) starlark.Value {
	var found []starlark.Value
	for i := range r.events {
		if is(&r.events[i]) {
			found = append(found, r.records[i])
		}
	}
	return starlark.NewList(found)
}

// wanted says whether an argument asks for value: None asks for all.
func wanted(argument starlark.Value, value string) bool {
	if argument == nil || argument == starlark.None {
		return true
	}
	s, ok := starlark.AsString(argument)
	return ok && s == value
}

// twins are calls that are one and the same to a program: which of them its C
// library makes is no claim.
var twins = map[string]string{"accept": "accept4", "epoll_pwait": "epoll_wait"}

func twin(name string) string { return cmp.Or(twins[name], name) }

func (r *run) calls(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var program, name starlark.Value
	var phase starlark.Value = starlark.String(event.PhaseReturn)
	err := starlark.UnpackArgs(b.Name(), args, kwargs, "program?", &program, "name?", &name, "phase?", &phase)
	return r.where(func(e *event.Event) bool {
		return e.Kind == event.KindCall && wanted(program, e.Program) && (wanted(name, e.Name) || wanted(name, twin(e.Name))) && wanted(phase, string(e.Phase))
	}), err
}

func (r *run) packets(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var flags *starlark.List
	var proto, from, reason starlark.Value
	var phase starlark.Value = starlark.String(event.PhaseSent)
	err := starlark.UnpackArgs(b.Name(), args, kwargs, "phase?", &phase, "flags??", &flags, "proto?", &proto, "src_host?", &from, "reason?", &reason)
	var want []string
	if flags != nil {
		for v := range flags.Elements() {
			s, _ := starlark.AsString(v)
			want = append(want, s)
		}
	}
	return r.where(func(e *event.Event) bool {
		return e.Kind == event.KindPacket && wanted(phase, string(e.Phase)) && wanted(proto, e.Summary.Proto) &&
			wanted(from, e.From) && wanted(reason, e.Reason) && (flags == nil || slices.Equal(want, e.Summary.Flags))
	}), err
}

// lines are what a program printed, line by line.
func (r *run) lines(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var program starlark.Value
	err := starlark.UnpackArgs(b.Name(), args, kwargs, "program?", &program)
	var text strings.Builder
	for _, e := range r.events {
		if e.Kind == event.KindPrint && wanted(program, e.Program) {
			text.WriteString(e.Text)
		}
	}
	var lines []starlark.Value
	for line := range strings.Lines(text.String()) {
		lines = append(lines, starlark.String(strings.TrimSuffix(line, "\n")))
	}
	return starlark.NewList(lines), err
}

func (r *run) states(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var host, to starlark.Value
	err := starlark.UnpackArgs(b.Name(), args, kwargs, "host?", &host, "to?", &to)
	return r.where(func(e *event.Event) bool {
		return e.Kind == event.KindState && wanted(host, e.Host) && wanted(to, e.To)
	}), err
}

func (r *run) infos(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	return r.ofHost(b, args, kwargs, event.KindInfo)
}

func (r *run) queues(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	return r.ofHost(b, args, kwargs, event.KindQueue)
}

func (r *run) ofHost(b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple, kind event.Kind) (starlark.Value, error) {
	var host starlark.Value
	err := starlark.UnpackArgs(b.Name(), args, kwargs, "host?", &host)
	return r.where(func(e *event.Event) bool { return e.Kind == kind && wanted(host, e.Host) }), err
}

// at is the event with a seq, None when there is none: what a cause names.
func (r *run) at(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var seq int
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, "seq", &seq); err != nil {
		return nil, err
	}
	if seq < 1 || seq > len(r.records) {
		return starlark.None, nil
	}
	return r.records[seq-1], nil
}

func (r *run) prints(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	return r.ofProgram(b, args, kwargs, event.KindPrint)
}

func (r *run) exits(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	return r.ofProgram(b, args, kwargs, event.KindExit)
}

func (r *run) ofProgram(b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple, kind event.Kind) (starlark.Value, error) {
	var program starlark.Value
	err := starlark.UnpackArgs(b.Name(), args, kwargs, "program?", &program)
	return r.where(func(e *event.Event) bool { return e.Kind == kind && wanted(program, e.Program) }), err
}

func (r *run) stateAt(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var host string
	var seq int
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, "host", &host, "seq", &seq); err != nil {
		return nil, err
	}
	return starlark.String(bandAt(r.events, host, uint64(seq))), nil
}

// bandAt is the state that the diagram shows for a lifeline just before the
// event seq: that of its newest connection, else of its listener.
func bandAt(events []event.Event, host string, seq uint64) string {
	connection, listener := map[int]string{}, map[int]string{}
	newest := 0
	for i := range events {
		e := &events[i]
		if e.Seq >= seq {
			break
		}
		if e.Kind != event.KindState || e.Host != host || e.Socket.Proto != "tcp" {
			continue
		}
		id := e.Socket.ID
		delete(connection, id)
		delete(listener, id)
		switch {
		case e.To == "":
		case e.Socket.Remote != "":
			connection[id] = e.To
		case e.To == "LISTEN":
			listener[id] = e.To
		}
	}
	for id := range connection {
		newest = max(newest, id)
	}
	if state := connection[newest]; state != "" {
		return state
	}
	if len(listener) > 0 {
		return "LISTEN"
	}
	return "CLOSE"
}

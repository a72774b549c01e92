package event

import (
	"encoding/base64"
	"encoding/json"
	"strconv"
)

// AppendJSON appends what json.Marshal makes of the event, byte for byte. A
// wire carries tens of thousands of packets a second, each of them told
// twice: to have the fields of every kind looked at by reflection took a
// quarter of the worker's time.
func (e *Event) AppendJSON(b []byte) ([]byte, error) {
	o := object{text: append(b, '{')}
	o.text = strconv.AppendUint(append(o.text, `"seq":`...), e.Seq, 10)
	o.text = strconv.AppendInt(append(o.text, `,"t":`...), e.T, 10)
	o.text = appendString(append(o.text, `,"kind":`...), string(e.Kind))
	o.word("host", e.Host)
	o.number("version", int64(e.Version))
	o.word("lab", e.Lab)
	o.word("topology", e.Topology)
	if len(e.Hosts) > 0 {
		o.value("hosts", e.Hosts)
	}
	if len(e.Programs) > 0 {
		o.value("programs", e.Programs)
	}
	if e.Wire != nil {
		o.value("wire", e.Wire)
	}
	if e.Until != nil {
		o.value("until", e.Until)
	}
	o.word("program", e.Program)
	o.number("pid", int64(e.PID))
	o.number("tid", int64(e.TID))
	o.number("parent", int64(e.Parent))
	o.count("call", e.Call)
	o.word("name", e.Name)
	o.words("args", e.Args)
	present(&o, "fd", e.FD)
	o.word("phase", string(e.Phase))
	present(&o, "result", e.Result)
	o.word("errno", e.Errno)
	o.number("line", int64(e.Line))
	o.number("duration", e.Duration)
	o.word("wchan", e.Wchan)
	o.count("id", e.ID)
	o.count("of", e.Of)
	o.count("again", e.Again)
	o.word("from", e.From)
	o.word("to", e.To)
	if e.Derived {
		o.text = append(o.key("derived"), "true"...)
	}
	o.word("reason", e.Reason)
	if e.Summary != nil {
		o.summary(e.Summary)
	}
	if len(e.Data) > 0 {
		o.text = append(o.key("data"), '"')
		o.text = append(base64.StdEncoding.AppendEncode(o.text, e.Data), '"')
	}
	if e.Socket != nil {
		o.value("socket", e.Socket)
	}
	present(&o, "recv", e.Recv)
	present(&o, "send", e.Send)
	present(&o, "syn", e.SYN)
	present(&o, "drops", e.Drops)
	if e.Info != nil {
		o.value("info", e.Info)
	}
	o.word("text", e.Text)
	o.word("stream", e.Stream)
	present(&o, "code", e.Code)
	o.word("signal", e.Signal)
	o.word("error", e.Error)
	o.word("limit", string(e.Limit))
	if e.Refusal != nil {
		o.value("refusal", e.Refusal)
	}
	if c := e.Cause; c != nil && c.End == "" {
		o.text = strconv.AppendUint(o.key("cause"), c.Seq, 10)
	} else if c != nil {
		o.value("cause", c)
	}
	return append(o.text, '}'), o.err
}

func (o *object) summary(s *Summary) {
	o.text = appendString(append(o.key("summary"), `{"proto":`...), s.Proto)
	o.text = appendString(append(o.text, `,"src":`...), s.Src)
	o.text = appendString(append(o.text, `,"dst":`...), s.Dst)
	o.words("flags", s.Flags)
	present(o, "seq", s.Seq)
	present(o, "ack", s.Ack)
	present(o, "window", s.Window)
	o.text = strconv.AppendInt(append(o.text, `,"len":`...), int64(s.Len), 10)
	o.words("options", s.Options)
	o.word("text", s.Text)
	o.text = append(o.text, '}')
}

// object is a JSON object that is being written, which has its first field.
// Its fields are left out when they are empty.
type object struct {
	text []byte
	err  error // of the last value that cannot be encoded
}

func (o *object) key(name string) []byte {
	return append(append(append(o.text, `,"`...), name...), `":`...)
}

func (o *object) word(name, s string) {
	if s != "" {
		o.text = appendString(o.key(name), s)
	}
}

func (o *object) words(name string, all []string) {
	for i, s := range all {
		if i == 0 {
			o.text = append(o.key(name), '[')
		} else {
			o.text = append(o.text, ',')
		}
		o.text = appendString(o.text, s)
	}
	if len(all) > 0 {
		o.text = append(o.text, ']')
	}
}

func (o *object) number(name string, n int64) {
	if n != 0 {
		o.text = strconv.AppendInt(o.key(name), n, 10)
	}
}

func (o *object) count(name string, n uint64) {
	if n != 0 {
		o.text = strconv.AppendUint(o.key(name), n, 10)
	}
}

// present writes a number that is there, be it zero.
func present[T int | int64 | uint32](o *object, name string, n *T) {
	if n != nil {
		o.text = strconv.AppendInt(o.key(name), int64(*n), 10)
	}
}

// value writes what is rare, or knows best itself how it is written.
func (o *object) value(name string, v any) {
	text, err := json.Marshal(v)
	if err != nil {
		o.err = err
	}
	o.text = append(o.key(name), text...)
}

// appendString appends s as JSON: itself, where it has nothing to escape.
func appendString(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			text, _ := json.Marshal(s) // a string can be encoded
			return append(b, text...)
		}
	}
	return append(append(append(b, '"'), s...), '"')
}

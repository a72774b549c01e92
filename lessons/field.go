package lessons

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Field is answered by the value of a hidden field of a packet.
type Field struct {
	Packet string // HTML: which packet it is
	Bits   int    // of the field, at most 32
	Header []HeaderField
}

// HeaderField is a field of the packet that is shown, or without a value the
// one that is hidden. Both are HTML.
type HeaderField struct{ Name, Value string }

// Name implements [Form].
func (*Field) Name() string { return "field" }

// Read implements [Form]: an answer is decimal or, after 0x, hexadecimal.
func (f *Field) Read(answer string) (string, bool) {
	digits, base := strings.TrimSpace(answer), 10
	if hex, ok := strings.CutPrefix(strings.ToLower(digits), "0x"); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, f.Bits)
	if err != nil {
		return "", false
	}
	return strconv.FormatUint(n, 10), true
}

// Right implements [Form].
func (*Field) Right(answer, truth string) bool { return answer == truth }

// Makes implements [Form].
func (*Field) Makes(answer, mistake string) bool { return answer == mistake }

func (f *Field) outline() string { return fmt.Sprint(f.Bits, " bits among ", len(f.Header)) }

func (f *Field) mistake(written any) (string, error) {
	answer, ok := f.Read(fmt.Sprint(written))
	if !ok {
		return "", fmt.Errorf("%v is no number of %d bits", written, f.Bits)
	}
	return answer, nil
}

func (p *parser) field(text string) (asked, Form, error) {
	var q struct {
		Asked  asked  `yaml:",inline"`
		Packet string `yaml:"packet"`
		Bits   int    `yaml:"bits"`
		Header []struct {
			Name  string `yaml:"name"`
			Value string `yaml:"value"`
		} `yaml:"header"`
	}
	if err := strict(text, &q); err != nil {
		return q.Asked, nil, err
	}
	if q.Packet == "" {
		return q.Asked, nil, errors.New("a field needs its packet")
	}
	if q.Bits < 1 || q.Bits > 32 {
		return q.Asked, nil, fmt.Errorf("bits %d: a field has 1 to 32", q.Bits)
	}
	form := &Field{Packet: p.inline(q.Packet), Bits: q.Bits}
	hidden := 0
	for i, h := range q.Header {
		if h.Name == "" {
			return q.Asked, nil, fmt.Errorf("header: field %d needs a name", i+1)
		}
		if h.Value == "" {
			hidden++
		}
		form.Header = append(form.Header, HeaderField{p.inline(h.Name), p.inline(h.Value)})
	}
	if hidden != 1 {
		return q.Asked, nil, fmt.Errorf("header: %d fields have no value; it is the hidden one, and there must be one", hidden)
	}
	return q.Asked, form, nil
}

package machine

import "fmt"

// Text is something said to people, in both languages of the course: a
// command that they shall type is the same in both.
type Text struct{ English, Korean string }

// Say is a text with the same arguments in both languages.
func Say(english, korean string, args ...any) Text {
	return Text{fmt.Sprintf(english, args...), fmt.Sprintf(korean, args...)}
}

// Typed is what is the same in every language: a command, a value, what the
// kernel says.
func Typed(s string) Text { return Text{s, s} }

// In is the text in the language of a name: en or ko.
func (t Text) In(lang string) string {
	if lang == "ko" {
		return t.Korean
	}
	return t.English
}

// String is the text in English.
func (t Text) String() string { return t.English }

// MarshalText is the text in English.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.English), nil }

// IsZero says whether nothing is said.
func (t Text) IsZero() bool { return t == Text{} }

// With is the text and what follows it, in each language.
func (t Text) With(more Text) Text { return Text{t.English + more.English, t.Korean + more.Korean} }

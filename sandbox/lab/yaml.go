package lab

import (
	"errors"
	"fmt"

	"github.com/goccy/go-yaml"
)

// SyntaxError is an error of a YAML text, with its place where the reader
// knows it.
type SyntaxError struct {
	Line int // 0: it does not
	Text string
}

func (e *SyntaxError) Error() string {
	if e.Line == 0 {
		return e.Text
	}
	return fmt.Sprintf("line %d: %s", e.Line, e.Text)
}

// Unmarshal reads YAML into v and refuses fields that v does not have. The
// error is a [*SyntaxError].
func Unmarshal(text []byte, v any) (err error) {
	defer func() {
		if fault := recover(); fault != nil { // the reader has no answer to some malformed texts
			err = &SyntaxError{Text: "this is no YAML that can be read"}
		}
	}()
	err = yaml.UnmarshalWithOptions(text, v, yaml.Strict())
	var positioned yaml.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &positioned) && positioned.GetToken() != nil:
		return &SyntaxError{positioned.GetToken().Position.Line, positioned.GetMessage()}
	}
	return &SyntaxError{Text: err.Error()}
}

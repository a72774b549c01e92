package check

import (
	"errors"
	"fmt"

	"go.starlark.net/starlark"
)

// Mistake is why a learner's program has not passed a trial, where that is
// known: Key names the mistake behind it, Seen is for authors.
type Mistake struct{ Key, Seen string }

func (m *Mistake) Error() string { return fmt.Sprintf("mistake %s: %s", m.Key, m.Seen) }

// MistakeOf is the key of the mistake that err names, empty when it names
// none.
func MistakeOf(err error) string {
	var m *Mistake
	if errors.As(err, &m) {
		return m.Key
	}
	return ""
}

// mistake is fail with the key of what is behind the failure.
func mistake(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	m := &Mistake{}
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, "key", &m.Key, "seen", &m.Seen); err != nil {
		return nil, err
	}
	return nil, m
}

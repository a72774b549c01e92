package recording

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

// Head is what a recording says before its events.
type Head struct {
	Version int
	Lab     string
	Made    *Made // nil when it does not say
}

// Made says how a recording that lies beside its lab was made.
type Made struct {
	At time.Time `json:"at"`
	On string    `json:"on"` // Linux 6.18.44, Python 3.11.2
	Of string    `json:"of"` // fingerprint of the lab as it was run
}

// Pack writes a recording as it lies beside its lab: the document, as gzip.
func Pack(lab string, made Made, encoded [][]byte) ([]byte, error) {
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if err := write(z, lab, &made, encoded); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}

// Unpack reads what [Pack] has written. Each error has [ErrBroken] or
// [ErrNewer] in its chain.
func Unpack(packed []byte) (*Recording, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	rec, err := Read(z)
	if err != nil && !errors.Is(err, ErrNewer) && !errors.Is(err, ErrBroken) {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return rec, err
}

// Text is the document that [Pack] has packed. The error has [ErrBroken] in its
// chain.
func Text(packed []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	text, err := io.ReadAll(io.LimitReader(z, MaxSize))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return text, nil
}

// UnpackHead reads the head of what [Pack] has written, and not its events.
// Errors are as those of [Unpack].
func UnpackHead(packed []byte) (h Head, err error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err == nil {
		h, err = readHead(z)
	}
	if err != nil && !errors.Is(err, ErrNewer) && !errors.Is(err, ErrBroken) {
		err = fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return h, err
}

// readHead reads a document up to its events. Of a newer one it looks at the
// version alone, which comes first.
func readHead(r io.Reader) (h Head, err error) {
	d := json.NewDecoder(r)
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return h, fmt.Errorf("%w: it is no object", ErrBroken)
	}
	var version *int
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return h, err
		}
		var value any = new(json.RawMessage)
		switch key {
		case "events":
			return h, known(version)
		case "version":
			version = &h.Version
			value = version
		case "lab":
			value = &h.Lab
		case "made":
			value = &h.Made
		}
		if err := d.Decode(value); err != nil {
			return h, err
		}
		if version != nil && known(version) != nil {
			return h, known(version)
		}
	}
	return h, fmt.Errorf("%w: it has no events", ErrBroken)
}

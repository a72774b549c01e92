package site

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
)

// compress sends body, packed when the browser takes that.
func compress(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	out := compressor(w, r, status)
	_, _ = out.Write(body) // a browser that is gone needs no answer
	_ = out.Close()
}

// compressor begins an answer whose body is written to out, and packed when
// the browser takes that. It ends when out is closed.
func compressor(w http.ResponseWriter, r *http.Request, status int) (out io.WriteCloser) {
	w.Header().Add("Vary", "Accept-Encoding")
	if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.WriteHeader(status)
		return plain{w}
	}
	w.Header().Set("Content-Encoding", "gzip")
	w.WriteHeader(status)
	return gzip.NewWriter(w)
}

// plain is a body that is not packed.
type plain struct{ io.Writer }

func (plain) Close() error { return nil }

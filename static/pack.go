package static

import (
	"bytes"
	"compress/gzip"
	"io"
	"path"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
)

// packings are the forms in which a file is sent, each made when it is first
// asked for.
type packings struct{ plain, gzip, brotli func() []byte }

func newPackings(name string) packings {
	plain := sync.OnceValue(func() []byte {
		b, _ := files.ReadFile(name) // it is embedded
		return short(name, b)
	})
	return packings{
		plain: plain,
		gzip: sync.OnceValue(func() []byte {
			return pack(plain(), func(w io.Writer) io.WriteCloser {
				z, _ := gzip.NewWriterLevel(w, gzip.BestCompression) // a level that exists
				return z
			})
		}),
		brotli: sync.OnceValue(func() []byte {
			return pack(plain(), func(w io.Writer) io.WriteCloser { return brotli.NewWriterLevel(w, brotliLevel) })
		}),
	}
}

// short is a module or a style sheet of ours without comments and needless
// space; its names stay. What cannot be read stays as it is.
func short(name string, b []byte) []byte {
	if strings.HasPrefix(name, "vendor/") {
		return b
	}
	m := minify.New()
	m.Add(".js", &js.Minifier{KeepVarNames: true})
	m.Add(".css", &css.Minifier{})
	out, err := m.Bytes(path.Ext(name), b)
	if err != nil { // other kinds of files, too
		return b
	}
	return out
}

// brotliLevel packs all files of a page in some ten milliseconds. The best
// level takes twenty times as long, before the first page is there, and saves
// another twelfth.
const brotliLevel = 5

// accepted is the smallest form that a browser with this Accept-Encoding
// takes, and the name of its encoding. Browsers ask for Brotli where nothing
// stands between them and the server: over TLS, and on localhost.
func (p packings) accepted(encodings string) (encoding string, body func() []byte) {
	takes := map[string]bool{}
	for one := range strings.SplitSeq(encodings, ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(one), ";")
		takes[strings.TrimSpace(name)] = strings.TrimSpace(weight) != "q=0"
	}
	switch {
	case takes["br"]:
		return "br", p.brotli
	case takes["gzip"]:
		return "gzip", p.gzip
	}
	return "", p.plain
}

func pack(b []byte, through func(io.Writer) io.WriteCloser) []byte {
	var out bytes.Buffer
	z := through(&out)
	_, _ = z.Write(b) // a buffer takes everything
	_ = z.Close()
	return out.Bytes()
}

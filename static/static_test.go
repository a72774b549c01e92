package static_test

import (
	"compress/gzip"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"fivetuple/static"
)

func get(t *testing.T, url string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, url, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	static.Handler().ServeHTTP(w, r)
	return w.Result()
}

func TestHandler(t *testing.T) {
	current := static.URL("lesson.js")
	old := static.Prefix + "000000000000/lesson.js"
	for _, tt := range []struct {
		name, url          string
		status             int
		cache, contentType string
	}{
		{"current", current, 200, "public, max-age=31536000, immutable", "text/javascript; charset=utf-8"},
		{"old", old, 200, "no-cache", "text/javascript; charset=utf-8"},
		{"bare", static.Prefix + "site.css", 200, "no-cache", "text/css; charset=utf-8"},
		{"picture", static.URL("logo.svg"), 200, "public, max-age=31536000, immutable", "image/svg+xml"},
		{"nested", static.URL("stage/model.js"), 200, "public, max-age=31536000, immutable", "text/javascript; charset=utf-8"},
		{"unknown", static.URL("nothing.js"), 404, "", "text/plain; charset=utf-8"},
		{"folder", static.URL("stage"), 404, "", "text/plain; charset=utf-8"},
		{"outside", static.Prefix + "../static.go", 404, "", "text/plain; charset=utf-8"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := get(t, tt.url)
			if got.StatusCode != tt.status || got.Header.Get("Cache-Control") != tt.cache || got.Header.Get("Content-Type") != tt.contentType {
				t.Errorf("%d, %q, %q; want %d, %q, %q", got.StatusCode, got.Header.Get("Cache-Control"), got.Header.Get("Content-Type"), tt.status, tt.cache, tt.contentType)
			}
		})
	}
}

func TestRevalidation(t *testing.T) {
	url := static.Prefix + "site.css"
	tag := get(t, url).Header.Get("ETag")
	if got := get(t, url, "If-None-Match", tag).StatusCode; tag == "" || got != http.StatusNotModified {
		t.Errorf("tag %q: status %d, want 304", tag, got)
	}
}

// TestPacked: a browser gets the smallest form that it takes, and each is the
// same file.
func TestPacked(t *testing.T) {
	plain, err := io.ReadAll(get(t, static.URL("site.css")).Body)
	if err != nil {
		t.Fatal(err)
	}
	unpack := map[string]func(io.Reader) (io.Reader, error){
		"":     func(r io.Reader) (io.Reader, error) { return r, nil },
		"gzip": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		"br":   func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
	}
	for _, tt := range []struct{ takes, want string }{
		{"gzip, deflate, br, zstd", "br"},
		{"gzip, deflate", "gzip"},
		{"gzip;q=0.8, br;q=0", "gzip"},
		{"deflate", ""},
		{"", ""},
	} {
		t.Run(tt.takes, func(t *testing.T) {
			got := get(t, static.URL("site.css"), "Accept-Encoding", tt.takes)
			if encoding := got.Header.Get("Content-Encoding"); encoding != tt.want {
				t.Fatalf("sent as %q, want %q", encoding, tt.want)
			}
			r, err := unpack[tt.want](got.Body)
			if err != nil {
				t.Fatal(err)
			}
			if unpacked, err := io.ReadAll(r); err != nil || string(unpacked) != string(plain) {
				t.Errorf("what is unpacked is not the file: %v", err)
			}
		})
	}
}

// TestShort: what is sent of a file of ours is shorter than the file, and has
// no comments; a file of others is sent as it is.
func TestShort(t *testing.T) {
	each(t, func(name, text string) {
		if !strings.HasSuffix(name, ".js") && !strings.HasSuffix(name, ".css") {
			return
		}
		sent, err := io.ReadAll(get(t, static.URL(name)).Body)
		switch others := strings.HasPrefix(name, "vendor/"); {
		case err != nil:
			t.Error(err)
		case others && string(sent) != text:
			t.Errorf("%s is changed", name)
		case !others && (len(sent) >= len(text) || strings.Contains(string(sent), "\n// ") || strings.Contains(string(sent), "/** ")):
			t.Errorf("%s has %d bytes, sent are %d", name, len(text), len(sent))
		}
	})
}

// each calls f for every file that is served.
func each(t *testing.T, f func(name, text string)) {
	t.Helper()
	err := fs.WalkDir(static.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(static.FS(), name)
		f(name, string(b))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

var imported = regexp.MustCompile(`(?:^import|\nimport|from) "(\.[^"]+)"`)

func TestModulesImportWhatIsThere(t *testing.T) {
	each(t, func(name, text string) {
		if !strings.HasSuffix(name, ".js") || strings.HasPrefix(name, "vendor/") {
			return
		}
		for _, m := range imported.FindAllStringSubmatch(text, -1) {
			if _, err := fs.Stat(static.FS(), path.Join(path.Dir(name), m[1])); err != nil {
				t.Errorf("%s imports %s: %v", name, m[1], err)
			}
		}
		if strings.Contains(text, "innerHTML") || strings.Contains(text, "eval(") {
			t.Errorf("%s makes HTML or code from text", name)
		}
		if n := strings.Count(text, "\n"); n > 300 {
			t.Errorf("%s has %d lines", name, n)
		}
	})
}

// TestWeight keeps what a lesson page loads well under 100 KB: the styles,
// the page's script with all that it imports, and what starts with it. Views
// that are imported when they are first opened do not count.
func TestWeight(t *testing.T) {
	modules := static.Modules("lesson.js")
	if len(modules) < 20 || slices.Contains(modules, "stage/inspector.js") {
		t.Errorf("loaded are %v", modules)
	}
	var total int64
	for _, name := range append(modules, "theme.js", "theme.css", "site.css", "stage.css") {
		n, err := io.Copy(io.Discard, get(t, static.URL(name), "Accept-Encoding", "br").Body)
		if err != nil {
			t.Fatal(err)
		}
		total += n
	}
	if total > 64<<10 {
		t.Errorf("%d bytes transferred, want at most 64 KiB", total)
	}
	t.Logf("%d bytes", total)
}

var (
	colour   = regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(`)
	defined  = regexp.MustCompile(`(--[\w-]+):`)
	variable = regexp.MustCompile(`var\((--[\w-]+)\)`) // one with a value to fall back on may be missing
)

// TestColours: colours have their place in theme.css, and a variable that is
// used is there.
func TestColours(t *testing.T) {
	known := map[string]bool{}
	each(t, func(name, text string) {
		for _, m := range defined.FindAllStringSubmatch(text, -1) {
			known[m[1]] = true
		}
	})
	each(t, func(name, text string) {
		if strings.HasPrefix(name, "vendor/") || !strings.HasSuffix(name, ".css") && !strings.HasSuffix(name, ".js") {
			return
		}
		if found := colour.FindAllString(text, -1); name != "theme.css" && len(found) > 0 {
			t.Errorf("%s names the colours %q", name, found)
		}
		for _, m := range variable.FindAllStringSubmatch(text, -1) {
			if !known[m[1]] {
				t.Errorf("%s uses %s, which nothing sets", name, m[1])
			}
		}
	})
}

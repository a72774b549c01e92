// Package static is the files the browser gets as they are: ES modules,
// style sheets and pictures, embedded in the program.
//
// The address of a file holds a hash of all of them, so that it may be kept
// for ever: a program with other files has other addresses. The hash is a
// folder of the address and not a part of the name, so that modules import
// each other by plain relative names and still get the version they belong
// to.
package static

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Prefix is where the server mounts [Handler].
const Prefix = "/static/"

//go:embed *.css *.svg *.js blocks gallery stage
//go:embed vendor/*/*.js vendor/*/*.css vendor/*/LICENSE vendor/*/VERSION
var files embed.FS

// FS is the files.
func FS() fs.FS { return files }

var version = sync.OnceValue(func() string {
	sum := sha256.New()
	_ = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := files.ReadFile(name)
		sum.Write([]byte(name))
		sum.Write(b)
		return err
	})
	return hex.EncodeToString(sum.Sum(nil)[:6])
})

// URL is the address of the file with this name, such as stage/stage.js.
func URL(name string) string { return Prefix + version() + "/" + name }

// imported is what a module loads as it is loaded; what it may load later, by
// import(), does not match.
var imported = regexp.MustCompile(`(?:^import|\nimport|from) "(\.[^"]+)"`)

// Modules is the module with this name and all that load with it, each once,
// in the order in which they are found.
func Modules(name string) []string {
	names := []string{name}
	for i := 0; i < len(names); i++ {
		b, _ := files.ReadFile(names[i])
		for _, m := range imported.FindAllSubmatch(b, -1) {
			if next := path.Join(path.Dir(names[i]), string(m[1])); !slices.Contains(names, next) {
				names = append(names, next)
			}
		}
	}
	return names
}

// Handler serves the files below [Prefix]. Under the hash of [URL] they may
// be kept for ever; under another hash, or none, they are revalidated.
// Answers are compressed once and kept: the files are few.
func Handler() http.Handler {
	h := &handler{packed: make(map[string]packings)}
	_ = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			h.packed[name] = newPackings(name)
		}
		return err
	})
	return h
}

// handler is fixed once made; a file is packed at its first request.
type handler struct{ packed map[string]packings }

// contentPolicy is for a file that a browser opens as a page, such as a
// picture with a script of its own: it loads nothing. Modules and styles obey
// the policy of the page that loads them.
const contentPolicy = "default-src 'none'"

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name, current := split(r.URL.Path)
	packed, ok := h.packed[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	head := w.Header()
	head.Set("Content-Type", mediaType(name))
	head.Set("Vary", "Accept-Encoding")
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Content-Security-Policy", contentPolicy)
	head.Set("Cache-Control", "no-cache")
	if current {
		head.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if !current && revalidated(w, r) {
		return
	}
	if r.Method == http.MethodHead {
		return
	}
	encoding, body := packed.accepted(r.Header.Get("Accept-Encoding"))
	if encoding != "" {
		head.Set("Content-Encoding", encoding)
	}
	_, _ = w.Write(body())
}

// split takes the hash off a path and says whether it is this version's.
func split(urlPath string) (name string, current bool) {
	name = strings.TrimPrefix(path.Clean(urlPath), Prefix)
	if rest, ok := strings.CutPrefix(name, version()+"/"); ok {
		return rest, true
	}
	first, rest, ok := strings.Cut(name, "/")
	if ok && isHash(first) {
		return rest, false
	}
	return name, false
}

func isHash(s string) bool {
	_, err := hex.DecodeString(s)
	return err == nil && len(s) == len(version())
}

// revalidated answers a browser that still has this version.
func revalidated(w http.ResponseWriter, r *http.Request) bool {
	tag := `"` + version() + `"`
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") != tag {
		return false
	}
	w.WriteHeader(http.StatusNotModified)
	return true
}

func mediaType(name string) string {
	if strings.HasSuffix(name, ".js") {
		return "text/javascript; charset=utf-8"
	}
	return mime.TypeByExtension(path.Ext(name))
}

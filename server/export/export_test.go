package export

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fivetuple/lessons"
	"fivetuple/web"
)

func TestRelative(t *testing.T) {
	tests := []struct{ name, file, page, want string }{
		{"a lesson from a lesson", "en/u/l.html", `<a href="/en/u/m">`, `<a href="../../en/u/m.html">`},
		{"the map", "en/u/l.html", `<a class="x" href="/ko/">`, `<a class="x" href="../../ko/index.html">`},
		{"the first page", "index.html", `<a href="/en/">`, `<a href="en/index.html">`},
		{"an anchor", "en/index.html", `<a href="/en/glossary#soc&amp;ket">`, `<a href="../en/glossary.html#soc&amp;ket">`},
		{"an anchor of the page itself", "en/index.html", `<a href="#x">`, `<a href="#x">`},
		{"a script", "en/index.html", `<script src="/static/0/a.js">`, `<script src="../static/0/a.js">`},
		{"a run", "en/u/l.html", `<ft-stage data-run="/runs/u/l/">`, `<ft-stage data-run="../../runs/u/l/">`},
		{"another site", "en/index.html", `<a href="https://example.org/">`, `<a href="https://example.org/">`},
		{"a text", "en/index.html", `<code>href=&#34;/en/&#34;</code>`, `<code>href=&#34;/en/&#34;</code>`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := relative([]byte(tt.page), tt.file, func(string) bool { return true })
			if err != nil || string(got) != tt.want {
				t.Errorf("got %s, %v, want %s", got, err, tt.want)
			}
		})
	}
	_, err := relative([]byte(`<a href="/en/none">`), "en/index.html", func(string) bool { return false })
	if err == nil || !strings.Contains(err.Error(), "en/index.html: it leads to /en/none") {
		t.Errorf("a dead link: %v", err)
	}
}

func TestAnchored(t *testing.T) {
	wrong := anchored(map[string][]byte{
		"en/u/l.html":      []byte(`<h2 id="why"><a href="#why"><a href="#none"><a href="../glossary.html#soc&amp;ket"><a href="m.html#%EC%99%9C"><a href="https://example.org/#x">`),
		"en/u/m.html":      []byte(`<h2 id="왜"><a href="l.html#wher">`),
		"en/glossary.html": []byte(`<dt id="soc&amp;ket">`),
	})
	want := "en/u/l.html: it leads to en/u/l.html#none, and there is no such place\n" +
		"en/u/m.html: it leads to en/u/l.html#wher, and there is no such place"
	if err := errors.Join(wrong...); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestPages: every link of the course's pages leads to a page that is
// exported, too, and to a place that is there.
func TestPages(t *testing.T) {
	c, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	f, err := Begin(filepath.Join(t.TempDir(), "site"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Discard()
	if err := f.Pages(t.Context(), c, web.NewStill(c, time.Now(), "Linux")); err != nil {
		t.Error(err)
	}
}

func TestBegin(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "file"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, place := range []string{dir, filepath.Join(dir, "file")} {
		if f, err := Begin(place); err == nil {
			f.Discard()
			t.Errorf("%s: no error", place)
		}
	}
	if _, err := Begin(dir); !errors.Is(err, ErrForeign) {
		t.Errorf("got %v, want %v", err, ErrForeign)
	}
}

package site_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fivetuple/lessons"
	"fivetuple/server/live"
	"fivetuple/server/site"
)

const followed = "---\ntitle: First\nsummary: S\nminutes: 5\nteaches: [x]\n---\n## Part\n\nText.\n"

// following serves a course in a folder, and returns the folder.
func following(t *testing.T) (dir string, server *httptest.Server) {
	t.Helper()
	dir = t.TempDir()
	writeFiles(t, dir, map[string]string{
		"course.yaml": "units:\n  - {name: u, title: {en: U, ko: U}, lessons: [l, m]}\n",
		"en/u/l.md":   followed, "ko/u/l.md": followed, "en/u/m.md": followed, "ko/u/m.md": followed,
	})
	folder, err := lessons.OpenFolder(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	runs := live.New(nil, live.DefaultLimits())
	server = httptest.NewServer(site.Follow(site.Config{Sandboxes: runs, Log: slog.New(slog.DiscardHandler), Stop: t.Context()}, folder))
	t.Cleanup(func() {
		server.Close()
		runs.Close()
	})
	return dir, server
}

func writeFiles(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestFollow: pages are those of the files as they are; a fault is shown
// where it is, and elsewhere the course stays as it was.
func TestFollow(t *testing.T) {
	dir, server := following(t)
	const faults = `data-testid="faults"`
	tests := []struct {
		name, file, text  string
		path              string
		status            int
		shows, showsNever string
	}{
		{"a change", "en/u/l.md", strings.Replace(followed, "First", "Second title", 1), "/en/u/l", 200, "Second title", faults},
		{"the map", "", "", "/en/", 200, "Second title", faults},
		{"a fault", "en/u/l.md", strings.Replace(followed, "Text.", "Text.\n\n```video\n```", 1), "/en/u/l", 200, "<code>en/u/l.md:11</code>", ""},
		{"below it the page as it was", "", "", "/en/u/l", 200, "Second title", ""},
		{"another page", "", "", "/en/u/m", 200, "First", faults},
		{"the map says all faults", "", "", "/ko/", 200, "<code>en/u/l.md:11</code>", ""},
		{"a search", "", "", "/en/search?q=second", 200, "Second title", faults},
		{"mended", "en/u/l.md", strings.Replace(followed, "First", "Third", 1), "/en/u/l", 200, "Third", faults},
		{"a lesson that is not there yet", "course.yaml", "units:\n  - {name: u, title: {en: U, ko: U}, lessons: [l, m, new]}\n", "/en/u/new", 404, "en/u/new.md", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.file != "" {
				writeFiles(t, dir, map[string]string{tt.file: tt.text})
			}
			response, page := get(t, server.URL+tt.path)
			if response.StatusCode != tt.status || !strings.Contains(page, tt.shows) {
				t.Errorf("%d without %s", response.StatusCode, tt.shows)
			}
			if tt.showsNever != "" && strings.Contains(page, tt.showsNever) {
				t.Errorf("it shows %s", tt.showsNever)
			}
		})
	}
}

// TestFollowGone: a folder that is gone leaves the course as it was.
func TestFollowGone(t *testing.T) {
	dir, server := following(t)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if response, page := get(t, server.URL+"/en/"); response.StatusCode != http.StatusOK || !strings.Contains(page, "First") || !strings.Contains(page, `data-testid="faults"`) {
		t.Errorf("%d %s", response.StatusCode, page)
	}
}

// TestFollowForTheAuthorOnly: only whoever asks this machine by its own name,
// and by no proxy, is the author, whose page follows the files and tells what
// is wrong with them.
func TestFollowForTheAuthorOnly(t *testing.T) {
	dir, server := following(t)
	writeFiles(t, dir, map[string]string{"en/u/m.md": strings.Replace(followed, "Text.", "Text.\n\n```video\n```", 1)})
	for _, tt := range []struct {
		name   string
		header []string
		author bool
	}{
		{"the machine itself", nil, true},
		{"by name", []string{"Host", "localhost:8080"}, true},
		{"by IPv6", []string{"Host", "[::1]:8080"}, true},
		{"by a proxy that says so", []string{"X-Forwarded-For", "192.0.2.1"}, false},
		{"by a proxy that says so as RFC 7239 has it", []string{"Forwarded", "for=192.0.2.1"}, false},
		{"by a proxy that passes on the name", []string{"Host", "course.example"}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			response, page := get(t, server.URL+"/en/", tt.header...)
			if response.StatusCode != http.StatusOK || strings.Contains(page, `id="edition"`) != tt.author {
				t.Errorf("%d; the page follows the files: %t", response.StatusCode, !tt.author)
			}
			if strings.Contains(page, `data-testid="faults"`) != tt.author {
				t.Errorf("the page tells what is wrong with the files: %t", !tt.author)
			}
		})
	}
}

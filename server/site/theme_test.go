package site_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestTheme chooses a theme by the page's form; the pages that follow have it.
func TestTheme(t *testing.T) {
	server := serve(t, newScript())
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for _, tt := range []struct{ theme, path, back, want string }{
		{"dark", "u/l", "/ko/u/l", `data-theme="dark"`},
		{"projector", "", "/ko/", `data-theme="projector"`},
		{"system", "glossary", "/ko/glossary", `data-theme="system"`},
		{"dark", "search?q=a//b", "/ko/search?q=a//b", `data-theme="dark"`},
		{"<x>", "", "/ko/", `data-theme="system"`},
		{"light", "/example.org", "/ko/example.org", `data-theme="light"`},
		{"light", "../../example.org", "/ko/", `data-theme="light"`},
		{"light", `../\example.org`, "/ko/", `data-theme="light"`},
		{"light", `\example.org`, "/ko/", `data-theme="light"`},
	} {
		t.Run(tt.theme+" "+tt.path, func(t *testing.T) {
			answer, err := client.PostForm(server.URL+"/ko/theme", url.Values{"theme": {tt.theme}, "path": {tt.path}})
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
			if back := answer.Header.Get("Location"); answer.StatusCode != http.StatusSeeOther || back != tt.back {
				t.Errorf("%d to %q, want 303 to %q", answer.StatusCode, back, tt.back)
			}
			request, _ := http.NewRequest(http.MethodGet, server.URL+"/ko/u/l", nil)
			for _, c := range answer.Cookies() {
				request.AddCookie(c)
			}
			page, err := client.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			defer page.Body.Close()
			text, err := io.ReadAll(page.Body)
			if err != nil || !strings.Contains(string(text), tt.want) {
				t.Errorf("the page has no %s (%v)", tt.want, err)
			}
		})
	}
}

// TestThemeForm: a form that is too long is refused.
func TestThemeForm(t *testing.T) {
	server := serve(t, newScript())
	answer, err := http.PostForm(server.URL+"/en/theme", url.Values{"theme": {"dark"}, "path": {strings.Repeat("x", 1<<20)}})
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusBadRequest || len(answer.Cookies()) > 0 && answer.Cookies()[0].Name == "theme" {
		t.Errorf("%d, %v", answer.StatusCode, answer.Cookies())
	}
}

// TestThemeOfAnother: a page of another site chooses nothing.
func TestThemeOfAnother(t *testing.T) {
	server := serve(t, newScript())
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/en/theme", strings.NewReader("theme=dark"))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Origin", "https://evil.example")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusForbidden || len(answer.Cookies()) > 0 {
		t.Errorf("%d, %v", answer.StatusCode, answer.Cookies())
	}
}

package site

import (
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/go-chi/chi/v5"

	"fivetuple/web"
)

const (
	themeCookie = "theme"
	maxForm     = 4 << 10 // bytes
)

// theme is the theme that the reader has chosen.
func theme(r *http.Request) web.Theme {
	if c, err := r.Cookie(themeCookie); err == nil {
		return web.ThemeNamed(c.Value)
	}
	return web.System
}

// chooseTheme remembers a theme and goes back to the page with the form.
func (s *Site) chooseTheme(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		s.errorPage(w, r, http.StatusBadRequest)
		return
	}
	chosen := web.ThemeNamed(r.PostForm.Get("theme"))
	http.SetCookie(w, &http.Cookie{Name: themeCookie, Value: string(chosen), Path: "/", MaxAge: 365 * 24 * 3600, SameSite: http.SameSiteLaxMode, HttpOnly: true})
	http.Redirect(w, r, back(chi.URLParam(r, "lang"), r.PostForm.Get("path")), http.StatusSeeOther)
}

// back is the address of the page in a language whose path a form says: of
// no other site, as which browsers take what begins with two slashes or
// backslashes.
func back(lang, to string) string {
	home := "/" + lang + "/"
	address, err := url.Parse(home + to)
	if err != nil || !strings.HasPrefix(path.Clean(address.Path)+"/", home) || strings.Contains(address.Path, `\`) {
		return home
	}
	return home + to
}

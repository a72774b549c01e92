package site

import (
	"net/http"

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

// chooseTheme remembers a theme and goes back to the page with the form. The
// way back begins with the language, so it cannot lead to another site.
func (s *Site) chooseTheme(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		s.errorPage(w, r, http.StatusBadRequest)
		return
	}
	chosen := web.ThemeNamed(r.PostForm.Get("theme"))
	http.SetCookie(w, &http.Cookie{Name: themeCookie, Value: string(chosen), Path: "/", MaxAge: 365 * 24 * 3600, SameSite: http.SameSiteLaxMode, HttpOnly: true})
	http.Redirect(w, r, "/"+chi.URLParam(r, "lang")+"/"+r.PostForm.Get("path"), http.StatusSeeOther)
}

package web

import (
	"context"
	"slices"
)

// Theme is how pages look; its colours are in theme.css.
type Theme string

// The themes.
const (
	System    Theme = "system" // light or dark, as the reader's system is
	Light     Theme = "light"
	Dark      Theme = "dark"
	Projector Theme = "projector" // for a lecture hall: larger, thicker, black on white
)

// Themes are all themes, the one of a reader who has not chosen first.
func Themes() []Theme { return []Theme{System, Light, Dark, Projector} }

// ThemeNamed is the theme with this name, or [System].
func ThemeNamed(name string) Theme {
	if t := Theme(name); slices.Contains(Themes(), t) {
		return t
	}
	return System
}

type themeKey struct{}

// WithTheme has pages that are rendered in the returned context show a theme.
// It belongs to the browser that asks, as no view does: a page's view is the
// same in every theme.
func WithTheme(ctx context.Context, t Theme) context.Context {
	return context.WithValue(ctx, themeKey{}, t)
}

func themeOf(ctx context.Context) Theme {
	t, _ := ctx.Value(themeKey{}).(Theme)
	return ThemeNamed(string(t))
}

// scheme is what the browser is told of a theme before there are styles.
func (t Theme) scheme() string {
	switch t {
	case Dark:
		return "dark"
	case Light, Projector:
		return "light"
	}
	return "light dark"
}

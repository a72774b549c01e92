package text_test

import (
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fivetuple/web/text"
)

func TestMatch(t *testing.T) {
	for _, tt := range []struct {
		header string
		want   text.Lang
	}{
		{"", text.English},
		{"ko", text.Korean},
		{"ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", text.Korean},
		{"en-GB,en;q=0.9,ko;q=0.8", text.English},
		{"fr-FR,ko;q=0.5", text.Korean},
		{"fr-FR,de;q=0.5", text.English},
		{"*", text.English},
		{"not a header;;q=x", text.English},
	} {
		t.Run(tt.header, func(t *testing.T) {
			if got := text.Match(tt.header); got != tt.want {
				t.Errorf("Match(%q) = %s, want %s", tt.header, got, tt.want)
			}
		})
	}
}

func TestFor(t *testing.T) {
	for _, tt := range []struct {
		name  string
		want  text.Lang
		known bool
	}{
		{"en", text.English, true}, {"ko", text.Korean, true}, {"", text.English, false}, {"KO", text.English, false}, {"fr", text.English, false},
	} {
		if got, known := text.For(tt.name), text.Known(tt.name); got != tt.want || known != tt.known {
			t.Errorf("%q: %s, known %t; want %s, %t", tt.name, got, known, tt.want, tt.known)
		}
	}
}

var braces = regexp.MustCompile(`\{\w+\}`)

// TestPlaceholders: a value that one language shows must be in the other.
func TestPlaceholders(t *testing.T) {
	for _, words := range []func(text.Lang) map[string]string{text.Lang.Stage, text.Lang.Predict, text.Lang.Replay, text.Lang.RecordedStage} {
		en, ko := words(text.English), words(text.Korean)
		for key, s := range en {
			a, b := braces.FindAllString(s, -1), braces.FindAllString(ko[key], -1)
			slices.Sort(a)
			slices.Sort(b)
			// Korean may name both ends of a packet where English names one.
			if extra := missing(a, b); len(extra) > 0 {
				t.Errorf("%s: %v is missing in Korean", key, extra)
			}
			if s == "" || ko[key] == "" {
				t.Errorf("%s is empty", key)
			}
		}
		if diff := cmp.Diff(len(en), len(ko)); diff != "" {
			t.Error(diff)
		}
	}
}

func missing(want, have []string) (not []string) {
	for _, s := range want {
		if !slices.Contains(have, s) {
			not = append(not, s)
		}
	}
	return not
}

func TestMessages(t *testing.T) {
	codes := []string{"bad-request", "unknown-lab", "unknown-sandbox", "unknown-recording", "cross-origin", "too-large", "too-many", "busy", "own-full", "stopping", "unavailable", "not-found", "not-kept", "not-read", "unreadable", "not-erased",
		"no-links", "unknown-run", "empty-run", "large-run", "own-links-full", "all-links-full", "too-many-links", "large-links", "newer-run", "broken-run"}
	for _, l := range text.Langs() {
		other := l.APIError("anything else")
		seen := map[string]bool{other: true}
		for _, code := range codes {
			message := l.APIError(code)
			if seen[message] {
				t.Errorf("%s: %s has no message of its own", l, code)
			}
			seen[message] = true
		}
		if l.StatusTitle(404) == l.StatusTitle(500) || l.StatusText(404) == l.StatusText(500) {
			t.Errorf("%s: 404 has no words of its own", l)
		}
	}
}

func TestLimits(t *testing.T) {
	want := "Limits: a run ends by itself after 10 minutes. Each program may use 10 seconds of processor time and 256 MiB of memory, and print 1024 KiB. A run that nobody watches ends after a minute."
	if diff := cmp.Diff(want, text.English.Limits(10*time.Minute, 10*time.Second, 256<<20, 1<<20)); diff != "" {
		t.Error(diff)
	}
}

func TestUnavailable(t *testing.T) {
	want := "Labs cannot run on this server as it is. The lesson can be read without them.\nFound: no namespaces\nRemedy: sysctl x=1"
	if diff := cmp.Diff(want, text.English.Unavailable("no namespaces", "sysctl x=1")); diff != "" {
		t.Error(diff)
	}
}

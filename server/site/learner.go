package site

import (
	"crypto/rand"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"fivetuple/server/live"
	"fivetuple/web/text"
)

// learnerCookie names a browser to us and to nobody else: a random word.
const learnerCookie = "learner"

// learnerForm is the form of that word (crypto/rand.Text).
var learnerForm = regexp.MustCompile(`^[A-Z2-7]{26}$`)

// known is the word of the browser that r came from, if it has one.
func known(r *http.Request) (word string, ok bool) {
	c, err := r.Cookie(learnerCookie)
	if err != nil || !learnerForm.MatchString(c.Value) {
		return "", false
	}
	return c.Value, true
}

// learner is the word of the browser that r came from. One that has none
// gets it with the answer; it is kept for a year from now.
func learner(w http.ResponseWriter, r *http.Request) string {
	word, ok := known(r)
	if !ok {
		word = rand.Text()
	}
	http.SetCookie(w, &http.Cookie{Name: learnerCookie, Value: word, Path: "/", MaxAge: 365 * 24 * 3600, SameSite: http.SameSiteLaxMode, HttpOnly: true})
	return word
}

// askAgain is when one who waits in the line should ask again.
const askAgain = 2 * time.Second

// inLine answers that all places are taken: the place in the line, and the
// ticket that keeps it.
func inLine(w http.ResponseWriter, lang string, full *live.FullError) {
	w.Header().Set("Retry-After", strconv.Itoa(int(askAgain.Seconds())))
	message := text.For(lang).InLine(full.Place)
	if full.Crowd {
		message = text.For(lang).InCrowd(full.Place)
	}
	answer(w, http.StatusServiceUnavailable, map[string]any{"error": map[string]any{
		"code": "full", "message": message, "place": full.Place, "ticket": full.Ticket,
		"again": askAgain.Milliseconds(),
	}})
}

package web

import (
	"strconv"
	"strings"

	"fivetuple/lessons"
	"fivetuple/web/text"
)

// stateName is a state as the stage calls it.
func stateName(state string) string {
	if state == "CLOSE" {
		return "CLOSED"
	}
	return state
}

// said is an answer in words, as HTML.
func said(t text.Lang, f lessons.Form, answer string) string {
	switch f := f.(type) {
	case lessons.Choices:
		for _, c := range f {
			if c.Key == answer {
				return c.Text
			}
		}
	case *lessons.Field:
		return "<code>" + answer + "</code>"
	case *lessons.Number:
		return t.Measure(strings.Replace(answer, "..", "–", 1), f.Unit)
	case *lessons.Order:
		var parts []string
		for key := range strings.SplitSeq(answer, ",") {
			parts = append(parts, strings.TrimSuffix(textOf(f.Items, key), "."))
		}
		return strings.Join(parts, " → ")
	case *lessons.States:
		var parts []string
		for part := range strings.SplitSeq(answer, ",") {
			end, state, _ := strings.Cut(part, "=")
			parts = append(parts, textOf(f.Ends, end)+" <code>"+stateName(state)+"</code>")
		}
		return strings.Join(parts, ", ")
	}
	return ""
}

// behind is what is behind the wrong answer of a question, as HTML; empty
// where the course does not say.
func (r Review) behind() string {
	for _, c := range r.Choices {
		if c.Key == r.Believed {
			return c.Why
		}
	}
	for _, m := range r.Mistakes {
		if r.Form.Makes(r.Believed, m.Answer) && !r.Form.Makes(r.Truth, m.Answer) {
			return m.Why
		}
	}
	return ""
}

// because is why the truth is so, as HTML.
func (r Review) because() string {
	for _, c := range r.Choices {
		if c.Key == r.Truth {
			return c.Why
		}
	}
	return r.Why
}

// place is the address of the question in its lesson.
func (m Misconception) place() string {
	if m.Predict {
		return m.Lesson.URL + "#predict-" + m.ID
	}
	return m.Lesson.URL + "#quiz-" + m.ID
}

// tolerance is how far from the truth an answer may be, as HTML.
func tolerance(t text.Lang, n *lessons.Number) string {
	if n.Relative {
		return strconv.FormatFloat(n.Tolerance*100, 'f', -1, 64) + "%"
	}
	return t.Measure(strconv.FormatFloat(n.Tolerance, 'f', -1, 64), n.Unit)
}

func textOf(items []lessons.Item, key string) string {
	for _, i := range items {
		if i.Key == key {
			return i.Text
		}
	}
	return ""
}

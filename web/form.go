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

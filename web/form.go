package web

import (
	"strings"

	"fivetuple/lessons"
)

// stateName is a state as the stage calls it.
func stateName(state string) string {
	if state == "CLOSE" {
		return "CLOSED"
	}
	return state
}

// said is an answer in words, as HTML.
func said(f lessons.Form, answer string) string {
	switch f := f.(type) {
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

func textOf(items []lessons.Item, key string) string {
	for _, i := range items {
		if i.Key == key {
			return i.Text
		}
	}
	return ""
}

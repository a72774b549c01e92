package web

import "fivetuple/lessons"

// galleryForms are the forms of a prediction besides a choice.
var galleryForms = []string{"states", "number", "field", "order"}

// form is a prediction of a form, in a state after which its copy is named.
func (v GalleryView) form(form, state string) *lessons.Predict {
	question, because, wrong := v.T.GalleryForm(form)
	p := &lessons.Predict{ID: form + "-" + state, Question: question, Why: because}
	mistake := ""
	switch form {
	case "states":
		p.Form = &lessons.States{
			Ends:    []lessons.Item{{Key: "client", Text: "client"}, {Key: "server", Text: "server"}},
			Offered: []string{"CLOSE", "LISTEN", "SYN_SENT", "ESTABLISHED"},
		}
		mistake = "client=ESTABLISHED"
	case "number":
		p.Form = &lessons.Number{Unit: v.T.GalleryUnit(), Tolerance: 0.2, Relative: true}
		mistake = "10..30"
	case "field":
		p.Form = &lessons.Field{
			Packet: "SYN", Bits: 16,
			Header: []lessons.HeaderField{{Name: "flags", Value: "<code>SYN</code>"}, {Name: "destination port"}},
		}
		mistake = "80"
	case "order":
		p.Form = &lessons.Order{Items: []lessons.Item{
			{Key: "ack", Text: "<code>ACK</code>"}, {Key: "syn", Text: "<code>SYN</code>"}, {Key: "synack", Text: "<code>SYN-ACK</code>"},
		}}
		mistake = "ack,syn"
	}
	p.Mistakes = []lessons.Mistake{{Answer: mistake, Why: wrong}}
	return p
}

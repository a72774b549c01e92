package lessons_test

import (
	_ "embed"
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"fivetuple/lessons"
)

// withPredict is a small course whose predict block, on line 11, is this.
func withPredict(block string) fstest.MapFS {
	fsys := files()
	begin := strings.Index(page, "id: q\n")
	end := begin + strings.Index(page[begin:], "```")
	text := page[:begin] + block + page[end:]
	for _, lang := range []string{"en", "ko"} {
		fsys[lang+"/u/l.md"] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// formCases are blocks of every form with what becomes of answers. The page
// is held to the same cases, by static/test/judge.test.js.
//
//go:embed testdata/forms.json
var formCases []byte

type formCase struct {
	Block []string
	Rule  lessons.Rule
	Cases []struct {
		Answer, Truth string
		Read          *string // nil when it is no answer
		Right         bool
		Mistake       *int
	}
}

func cases(t *testing.T) (all map[string]formCase) {
	t.Helper()
	if err := json.Unmarshal(formCases, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func block(t *testing.T, form string) string {
	t.Helper()
	return strings.Join(cases(t)[form].Block, "\n") + "\n"
}

func predicts(t *testing.T, form string) *lessons.Predict {
	t.Helper()
	c, err := lessons.Load(withPredict(block(t, form)))
	if err != nil {
		t.Fatal(err)
	}
	l, _ := c.Lesson("en", "u", "l")
	for _, b := range l.Blocks {
		if p, ok := b.(*lessons.Predict); ok && p.Form.Name() == form {
			return p
		}
	}
	t.Fatalf("no predict block of the form %s", form)
	return nil
}

func TestForms(t *testing.T) {
	for form, all := range cases(t) {
		p := predicts(t, form)
		if diff := cmp.Diff(all.Rule, lessons.RuleOf(p.Form, p.Mistakes)); diff != "" {
			t.Errorf("rule of %s (-want +got):\n%s", form, diff)
		}
		for _, c := range all.Cases {
			read, ok := p.Form.Read(c.Answer)
			if ok != (c.Read != nil) || ok && read != *c.Read {
				t.Errorf("%s: %q is read as %q, %t", form, c.Answer, read, ok)
			}
			if !ok {
				continue
			}
			if right := p.Form.Right(read, c.Truth); right != c.Right {
				t.Errorf("%s: %q is right where %q is: %t", form, read, c.Truth, right)
			}
			if made := mistake(p, read, c.Truth); !c.Right && !cmp.Equal(made, c.Mistake) {
				t.Errorf("%s: %q makes the mistake %v", form, read, made)
			}
		}
	}
}

// mistake is the place of the first mistake that an answer makes and the truth
// does not.
func mistake(p *lessons.Predict, answer, truth string) *int {
	for i, m := range p.Mistakes {
		if p.Form.Makes(answer, m.Answer) && !p.Form.Makes(truth, m.Answer) {
			return &i
		}
	}
	return nil
}

// TestConfirm: a run may not answer what nobody can answer, or what the block
// calls a mistake.
func TestConfirm(t *testing.T) {
	for _, tt := range []struct{ form, truth, want string }{
		{"states", "client=ESTABLISHED,server=SYN_RECV", ""},
		{"states", "client=ESTABLISHED,server=LISTEN", "server is LISTEN, which is not offered"},
		{"states", "client=SYN_RECV,server=ESTABLISHED", "the mistake server=ESTABLISHED is right"},
		{"states", "client", "none that can be given"},
		{"number", "1.6", ""},
		{"number", "0.21", "the mistake 0.2 is right"},
		{"number", "many", "none that can be given"},
		{"order", "a,b,c", ""},
		{"order", "b,a,c", "written in the right order"},
		{"order", "b,c,a", "the mistake c,a is right"},
		{"order", "a,b", "none that can be given"},
		{"field", "8080", ""},
		{"field", "65536", "none that can be given"},
		{"field", "16", "the mistake 16 is right"},
	} {
		t.Run(tt.form+" "+tt.truth, func(t *testing.T) {
			err := predicts(t, tt.form).Confirm(tt.truth)
			if (err != nil) != (tt.want != "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

func TestFormsRefuse(t *testing.T) {
	tests := []struct{ name, form, old, new, want string }{
		{"unknown form", "states", "form: states", "form: essay", "en/u/l.md:11: form essay"},
		{"a key of another form", "states", "states: [", "choices: [", "en/u/l.md:18: unknown field \"choices\""},
		{"a key of no form", "states", "    why: not yet", "    because: not yet", "en/u/l.md:22: unknown field \"because\""},
		{"no why", "states", "why: because\n", "", "en/u/l.md:11: a predict block needs id, question and why"},
		{"a mistake without why", "states", "    why: not yet\n", "", "mistake 1: it needs a why"},
		{"an end twice", "states", "key: server", "key: client", "ends: key \"client\""},
		{"no ends", "states", "ends:\n  - {key: client, text: the client}\n  - {key: server, text: the server}\n", "", "ends: there must be 1"},
		{"unknown state", "states", "[SYN_RECV", "[OPEN", "states: OPEN is none of CLOSE"},
		{"a mistake that cannot be chosen", "states", "{server: ESTABLISHED}", "{server: LISTEN}", "mistake 1: server: LISTEN"},
		{"no unit", "number", "unit: s\n", "", "en/u/l.md:11: a number needs its unit"},
		{"a key of states", "number", "unit: s", "ends: s", "en/u/l.md:15: unknown field \"ends\""},
		{"tolerance in words", "number", "20%", "some", "tolerance some is neither"},
		{"tolerance of all", "number", "20%", "100%", "tolerance 100% is neither"},
		{"a mistake in words", "number", "0.2", "none", "mistake 1: none is no number"},
		{"a range of one", "number", "[10, 30]", "[10]", "mistake 2: a range is"},
		{"a range backwards", "number", "[10, 30]", "[30, 10]", "mistake 2: a range is"},
		{"no packet", "field", "packet: the SYN-ACK\n", "", "en/u/l.md:11: a field needs its packet"},
		{"too many bits", "field", "bits: 16", "bits: 33", "bits 33: a field has 1 to 32"},
		{"nothing hidden", "field", "  - {name: window}\n", "", "header: 0 fields have no value"},
		{"two hidden", "field", ", value: SYN", "", "header: 2 fields have no value"},
		{"a field without name", "field", "name: flags, ", "", "header: field 1 needs a name"},
		{"a key of a number", "field", "bits: 16", "unit: s", "en/u/l.md:16: unknown field \"unit\""},
		{"a mistake too large", "field", "0x10,", "0x10000,", "mistake 1: 65536 is no number of 16 bits"},
		{"two items", "order", "  - {key: c, text: C}\n", "", "items: there must be 3"},
		{"an item without text", "order", ", text: C", "", "items: 3 needs key and text"},
		{"a key with a comma", "order", "key: c,", "key: \"c,d\",", "items: key \"c,d\" has a comma"},
		{"a key of choices", "order", "items:", "choices:", "en/u/l.md:15: unknown field \"choices\""},
		{"a mistake of one item", "order", "[c, a]", "[c]", "mistake 1: it is not [KEY"},
		{"a mistake of no item", "order", "[c, a]", "[c, d]", "mistake 1: d is no key"},
		{"a mistake of another form", "states", "{server: ESTABLISHED}", "7", "mistake 1: it is not {END: STATE"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			changed := strings.Replace(block(t, tt.form), tt.old, tt.new, 1)
			if changed == block(t, tt.form) {
				t.Fatal("nothing was changed")
			}
			if _, err := lessons.Load(withPredict(changed)); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want … %s", err, tt.want)
			}
		})
	}
}

// TestFormsInEveryLanguage: what is asked must be the same.
func TestFormsInEveryLanguage(t *testing.T) {
	for _, tt := range []struct{ form, old, new string }{
		{"states", "[SYN_RECV, ESTABLISHED]", "[LISTEN, ESTABLISHED]"},
		{"states", "{server: ESTABLISHED}", "{client: SYN_RECV}"},
		{"number", "20%", "30%"},
		{"field", "bits: 16", "bits: 32"},
		{"order", "key: b", "key: d"},
		{"order", "[c, a]", "[b, a]"},
		{"number", "answer: 0.2", "answer: 0.3"},
	} {
		fsys := withPredict(block(t, tt.form))
		other := strings.Replace(string(fsys["ko/u/l.md"].Data), tt.old, tt.new, 1)
		fsys["ko/u/l.md"] = &fstest.MapFile{Data: []byte(other)}
		if _, err := lessons.Load(fsys); err == nil || !strings.Contains(err.Error(), " where en has ") {
			t.Errorf("%s: got %v", tt.form, err)
		}
	}
}

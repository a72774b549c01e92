package lessons_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"fivetuple/lessons"
)

const trials = "program: client\nsolution: client.py\ntrials:\n  - {id: a, set: {programs: {server: one}}}\n  - {id: b}\n  - {id: c, set: {programs: {server: two}}}\n" +
	"wrong: [{file: client.py, fails: a, mistake: m}, {file: client.py, fails: b}]\n"

// withExercise is the course of files with an exercise of three trials.
func withExercise() fstest.MapFS {
	fsys := files()
	words := "\n```exercise\ntrials:\n"
	for _, id := range []string{"a", "b", "c"} {
		mistakes := ""
		if id == "a" {
			mistakes = ", mistakes: [{key: m, hint: 'A *hint*.'}, {key: n, hint: B}]"
		}
		words += "  - {id: " + id + ", title: T, hints: [H]" + mistakes + "}\n"
	}
	for _, lang := range []string{"en", "ko"} {
		fsys[lang+"/u/l.md"] = &fstest.MapFile{Data: []byte(page + words + "```\n")}
	}
	fsys["labs/u/l/lab.yaml"] = &fstest.MapFile{Data: []byte("title: {en: L, ko: 랩}\ntopology: wire\nprograms: [{name: client, file: client.py}, {name: server, file: client.py}]\n")}
	fsys["labs/u/l/exercise.yaml"] = &fstest.MapFile{Data: []byte(trials)}
	fsys["labs/u/l/checks.star"].Data = append(fsys["labs/u/l/checks.star"].Data, "def grade_a(run): pass\ndef grade_b(run): pass\ndef grade_c(run): pass\n"...)
	return fsys
}

// TestRounds: a trial that sets nothing is judged by the run before it.
func TestRounds(t *testing.T) {
	c, err := lessons.Load(withExercise())
	if err != nil {
		t.Fatal(err)
	}
	l, _ := c.Lesson("en", "u", "l")
	var got [][]string
	for _, round := range l.Exercise().Rounds() {
		var names []string
		for _, t := range round {
			names = append(names, t.ID+" "+t.Set.Programs["server"])
		}
		got = append(got, names)
	}
	if diff := cmp.Diff([][]string{{"a one", "b one"}, {"c two"}}, got); diff != "" {
		t.Errorf("rounds (-want +got):\n%s", diff)
	}
}

func TestExerciseRefuses(t *testing.T) {
	tests := []struct{ name, old, new, want string }{
		{"no such program", "program: client", "program: nobody", `has no "nobody"`},
		{"no such trial", "fails: b", "fails: d", "which is no trial"},
		{"one wrong solution", ", {file: client.py, fails: b}", "", "two wrong solutions"},
		{"other trials", "{id: c, set", "{id: x, set", "trial 3 is c here, and x in exercise.yaml"},
		{"a mistake without a hint", "mistake: m", "mistake: x", `client.py makes the mistake "x", of which trial a has no hint`},
		{"a mistake in a trial without any", "fails: b", "fails: b, mistake: m", `client.py makes the mistake "m", of which trial b has no hint`},
		{"no mistake in a trial that has some", ", mistake: m", "", `client.py makes the mistake "", of which trial a has no hint`},
		{"a trial with a program that the lab has not", "programs: {server: two}", "programs: {sever: two}", `program "sever" is none of`},
		{"no solution", "solution: client.py", "solution: none.py", "there is no file labs/u/l/none.py"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fsys := withExercise()
			after := strings.Replace(trials, tt.old, tt.new, 1)
			if after == trials {
				t.Fatal("nothing was changed")
			}
			fsys["labs/u/l/exercise.yaml"] = &fstest.MapFile{Data: []byte(after)}
			if _, err := lessons.Load(fsys); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want … %s", err, tt.want)
			}
		})
	}
}

// TestMistakes: a trial has the hints of its mistakes, by key.
func TestMistakes(t *testing.T) {
	c, err := lessons.Load(withExercise())
	if err != nil {
		t.Fatal(err)
	}
	l, _ := c.Lesson("ko", "u", "l")
	if diff := cmp.Diff([]lessons.Slip{{Key: "m", Hint: "A <em>hint</em>."}, {Key: "n", Hint: "B"}}, l.Exercise().Trials[0].Mistakes); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := l.Exercise().Wrong[0].Mistake; got != "m" {
		t.Errorf("the wrong solution makes %q", got)
	}
}

// TestMistakesRefuses: each has a key of its own and a hint, the same keys in
// every language.
func TestMistakesRefuses(t *testing.T) {
	tests := []struct{ name, old, new, want string }{
		{"no hint", "{key: n, hint: B}", "{key: n}", `mistake "n" needs a key and a hint`},
		{"no key", "{key: n, hint: B}", "{hint: B}", `mistake "" needs a key and a hint`},
		{"twice", "key: n", "key: m", "mistake m is there twice"},
		{"another one in Korean", "key: n", "key: o", `ko/u/l.md: it has "mistake o" where en has "mistake n"`},
		{"none in Korean", ", {key: n, hint: B}", "", "mistake n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fsys := withExercise()
			before := string(fsys["ko/u/l.md"].Data)
			after := strings.Replace(before, tt.old, tt.new, 1)
			if after == before {
				t.Fatal("nothing was changed")
			}
			fsys["ko/u/l.md"] = &fstest.MapFile{Data: []byte(after)}
			if _, err := lessons.Load(fsys); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want … %s", err, tt.want)
			}
		})
	}
}

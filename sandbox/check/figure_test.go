package check_test

import (
	"errors"
	"strings"
	"testing"

	"fivetuple/sandbox/check"
	"fivetuple/sandbox/lab"
)

func TestFigures(t *testing.T) {
	tests := []struct{ returns, want, err string }{
		{"1", "1", ""},
		{"-4294967", "-4,294,967", ""},
		{"400000", "400,000", ""},
		{"str(41000)", "41000", ""},
		{"len(run.events)", "13", ""},
		{"rounded(0.25, 2)", "0.25", ""},
		{"rounded(1000.0 / 3, 1)", "333.3", ""},
		{"rounded(12345.678, places=1)", "12,345.7", ""},
		{"rounded(2)", "2", ""},
		{"rounded(1, 3)", "1.000", ""},
		{"rounded(101360, -3)", "101,000", ""},
		{"['a', 'b']", "a\nb", ""},
		{"None", "", "labs/a/b/checks.star: figure_it: it gives nothing of this run"},
		{"''", "", "labs/a/b/checks.star: figure_it: it gives nothing of this run"},
		{"0.5", "", "labs/a/b/checks.star: figure_it returned 0.5: a figure is a whole number"},
		{"[1]", "", "figure_it returned [1]: a figure is a whole number"},
		{"rounded('1')", "", `rounded: "1" with 0 places`},
		{"rounded(float('nan'), 1)", "", "rounded: nan with 1 places"},
		{"rounded(1, 10)", "", "rounded: 1 with 10 places"},
		{"run.events[99]", "", "labs/a/b/checks.star:2: "},
		{"fail('not so')", "", "labs/a/b/checks.star:2: fail: not so"},
	}
	for _, tt := range tests {
		t.Run(tt.returns, func(t *testing.T) {
			l := &lab.Lab{Name: "a/b", Checks: "def figure_it(run):\n    return " + tt.returns + "\n"}
			all, err := check.Figures(t.Context(), l, events, []string{"it", "other"})
			if err != nil || len(all) != 2 || all[0].Name != "it" || !errors.Is(all[1].Err, check.ErrNoFunction) {
				t.Fatalf("%+v, %v", all, err)
			}
			got := all[0]
			if got.Text != tt.want || (got.Err == nil) != (tt.err == "") || got.Err != nil && !strings.Contains(got.Err.Error(), tt.err) {
				t.Errorf("got %q, %v, want %q, %s", got.Text, got.Err, tt.want, tt.err)
			}
		})
	}
	if _, err := check.Figures(t.Context(), &lab.Lab{Name: "a/b", Checks: "x ="}, events, nil); err == nil {
		t.Error("a broken checks.star")
	}
}

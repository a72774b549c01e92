//go:build linux

package recording_test

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/recording/strace"
	"fivetuple/sandbox/recording/tcpdump"
)

// moments is at how many moments of a run the views are looked at.
const moments = 40

// TestToolViewsAtEarlierMoments: what the stage's views strace and tcpdump
// show of the whole text when a run is shown as it was, is what the tools
// would have printed until then.
func TestToolViewsAtEarlierMoments(t *testing.T) {
	forEveryLab(t, func(t *testing.T, r ran) {
		printed := func(n int) (texts [2]string) {
			var s, d bytes.Buffer
			if err := strace.Write(&s, r.events[:n], ""); err != nil {
				t.Fatal(err)
			}
			if err := tcpdump.Write(&d, r.events[:n]); err != nil {
				t.Fatal(err)
			}
			return [2]string{s.String(), d.String()}
		}
		whole := printed(len(r.events))
		var at []int
		for i := 1; i <= moments; i++ {
			at = append(at, i*len(r.events)/moments)
		}
		input, err := json.Marshal(map[string]any{"events": r.events, "strace": whole[0], "tcpdump": whole[1], "moments": at})
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(tool(t, "node"), "testdata/toollines.mjs")
		cmd.Stdin = bytes.NewReader(input)
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		var shown [][2]string
		if err := json.Unmarshal(out, &shown); err != nil {
			t.Fatal(err)
		}
		for i, n := range at {
			if diff := cmp.Diff(printed(n), shown[i]); diff != "" {
				t.Fatalf("after event %d of %d (-printed +shown):\n%s", n, len(r.events), diff)
			}
		}
	})
}

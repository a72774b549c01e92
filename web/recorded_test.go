package web_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fivetuple/lessons"
	"fivetuple/sandbox/recording"
	"fivetuple/static"
	"fivetuple/web"
	"fivetuple/web/text"
)

// talk is a run of n packets that arrive, of one that does not, and of what
// was printed in between.
func talk(n int) (encoded [][]byte) {
	add := func(format string, args ...any) {
		seq := len(encoded) + 1
		encoded = append(encoded, fmt.Appendf(nil, `{"seq":%d,"t":%d,`+format+"}", append([]any{seq, seq * 1e6}, args...)...))
	}
	packet := func(id int, phase, more string) {
		add(`"kind":"packet","id":%d,"from":"client","to":"server","phase":%q,"summary":{"proto":"TCP","src":"10.0.0.1:4000","dst":"10.0.0.2:8080","flags":["PSH","ACK"],"seq":%d,"ack":1,"len":5}%s`, id, phase, 7000+5*id, more)
	}
	add(`"kind":"start","version":1,"topology":"wire"`)
	for i := range n {
		packet(i+1, "sent", "")
		packet(i+1, "delivered", "")
	}
	packet(n+1, "sent", "")
	packet(n+1, "dropped", `,"reason":"loss"`)
	add(`"kind":"print","host":"client","program":"client","pid":1,"text":"<b>bye</b>\n"`)
	add(`"kind":"end","cause":"stopped"`)
	return encoded
}

// recordedCourse is the course with recorded runs of its lab: of its own, and
// of its step with a claim.
func recordedCourse(t *testing.T, packets int) *lessons.Course {
	t.Helper()
	fsys := courseFiles()
	for _, lang := range []string{"en", "ko"} {
		page := fsys[lang+"/handshake/one.md"]
		page.Data = []byte(strings.Replace(string(page.Data), "- text: Set.\n  set: {wire", "- id: flows\n  text: Set.\n  set: {wire", 1))
	}
	fsys["labs/handshake/one/checks.star"] = &fstest.MapFile{Data: []byte(checks + "\ndef break_flows(run): pass\n")}
	c, err := lessons.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	l, _ := c.Lab("handshake/one")
	for _, scene := range c.Scenes(l) {
		made := recording.Made{At: time.Date(2026, time.November, 28, 9, 0, 0, 0, time.UTC), On: "Linux 6.18.44", Of: scene.Lab.Fingerprint()}
		packed, err := recording.Pack(l.Name, made, talk(packets))
		if err != nil {
			t.Fatal(err)
		}
		fsys[lessons.RecordingFile(l.Name, scene.Step)] = &fstest.MapFile{Data: packed}
	}
	if c, err = lessons.Load(fsys); err != nil || len(c.Unfit) > 0 {
		t.Fatal(err, c.Unfit)
	}
	return c
}

func lacks(t *testing.T, page string, absent ...string) {
	t.Helper()
	for _, s := range absent {
		if strings.Contains(page, s) {
			t.Errorf("the page has %s", s)
		}
	}
}

// TestRecordedInstead: where a lab cannot run its page shows the recorded run
// with its label, and says what is missing and how to get it; what is asked
// and what can be set is about that run.
func TestRecordedInstead(t *testing.T) {
	c := recordedCourse(t, 3)
	own, step := c.Recording("handshake/one", ""), c.Recording("handshake/one", "flows")
	for lang, words := range map[string][]string{
		"en": {"Recorded run · 28 November 2026 · Linux 6.18.44", "This lab cannot run on this server", "Remedy: sysctl this", "Show this run, recorded"},
		"ko": {"기록된 실행 · 2026년 11월 28일 · Linux 6.18.44", "이 실습을 실행할 수 없습니다", "해결 방법: sysctl this", "이렇게 기록한 실행 보기"},
	} {
		page := lessonOf(t, c, lang, lacking)
		contains(t, page, words...)
		contains(t, page, `data-run="/api/recordings/`+own.Hash+`/handshake/one/"`, `data-run="/api/recordings/`+step.Hash+`/handshake/one/steps/flows/"`,
			static.URL("still.js"), "no &lt;namespaces&gt;", text.For(lang).PredictRecorded("choice"), text.For(lang).StepsOfLive(), `href="?text#run"`)
		lacks(t, page, text.For(lang).PredictWait("choice"), "&#34;unavailable&#34;", "&#34;meanwhile&#34;", `data-testid="live"`)
		if found := inline.FindString(page); found != "" {
			t.Errorf("%s: the page has %q", lang, found)
		}
	}
}

// TestRecordedMeanwhile: where the lab runs, its page is told where the
// recorded run is, and loads nothing of what shows it.
func TestRecordedMeanwhile(t *testing.T) {
	c := recordedCourse(t, 3)
	page := lessonOf(t, c, "en", runs)
	contains(t, page, `&#34;meanwhile&#34;:&#34;`+web.RecordingAddress(c.Recording("handshake/one", ""))+`&#34;`, text.English.PredictWait("choice"), text.English.SetLab())
	lacks(t, page, "data-run", "Recorded run", static.URL("still.js"), static.URL("stage/recorded.js"), static.URL("stage/meanwhile.js"), static.URL("runs.css"), "run-table")
}

// TestNoRecording: without recordings nothing is offered.
func TestNoRecording(t *testing.T) {
	for _, lab := range []string{lesson(t, "en", runs), lesson(t, "ko", lacking)} {
		lacks(t, lab, "data-run", "&#34;meanwhile&#34;", "?text")
	}
}

// TestRunAsText: where it is asked for, the run stands in the lesson as
// sentences and as a table of packets, all of it; and so in the next lesson.
func TestRunAsText(t *testing.T) {
	c := recordedCourse(t, 250)
	page := lessonOf(t, c, "en", runs, "")
	contains(t, page, "Recorded run · 28 November 2026", "client prints: &lt;b&gt;bye&lt;/b&gt;", "it was stopped by hand", "The other 305 sentences", "The other 51 packets",
		"<td>0.0020</td>", "<td>1250</td>", "arrived at 0.5010 s", "✗ lost on the wire", "TCP PSH+ACK",
		`href="/api/recordings/`+c.Recording("handshake/one", "").Hash+`/handshake/one/recording.pcapng"`,
		`href="/en/handshake/two?text"`, `href="/ko/handshake/one?text"`, `href="?text=flows#run"`, text.English.ReadStep())
	if n := strings.Count(page, "<td>0.0020</td>"); n != 2 { // the sentence and the packet
		t.Errorf("the first packet is there %d times", n)
	}
	lacks(t, lessonOf(t, c, "en", runs), `?text"`, text.English.ReadStep())
	korean := lessonOf(t, c, "ko", lacking, "flows")
	contains(t, korean, "2번째 단계처럼 설정한 실습", `href="?text#run"`, "client의 출력", "회선에서 손실됨", "나머지 305문장", "나머지 패킷 51개")
	lacks(t, lessonOf(t, c, "en", runs, "none"), "The lab as step")
}

// TestLongRunAsText: of a run with more sentences than a page takes, the page
// says how many are not there.
func TestLongRunAsText(t *testing.T) {
	page := lessonOf(t, recordedCourse(t, 1500), "en", runs, "")
	contains(t, page, "The other 1800 sentences", "1005 more sentences are not on this page")
}

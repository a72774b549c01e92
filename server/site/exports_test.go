package site_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/recording"
)

// frame is an ARP request for 10.0.0.2.
const frame = "////////AgAAAAABCAYAAQgABgQAAQIAAAAAAQoAAAEAAAAAAAAKAAAC"

// told is a run in a few events.
var told = []string{
	`{"seq":1,"t":1000,"kind":"start","version":1,"lab":"u/l","topology":"wire","hosts":[{"name":"client","addrs":["10.0.0.1"]}],"programs":[{"name":"client","host":"client"}]}`,
	`{"seq":2,"t":2000,"kind":"call","host":"client","program":"client","pid":7,"call":1,"name":"listen","args":["3","5"],"phase":"enter"}`,
	`{"seq":3,"t":3000,"kind":"call","host":"client","program":"client","pid":7,"call":1,"name":"listen","args":["3","5"],"phase":"return","result":0}`,
	`{"seq":4,"t":4000,"kind":"packet","id":1,"from":"client","to":"server","phase":"sent","summary":{"proto":"ARP","src":"10.0.0.1","dst":"10.0.0.2","len":28},"data":"` + frame + `"}`,
}

// exported starts a run that tells these events, and returns the address of
// its exports.
func exported(t *testing.T, events ...string) string {
	t.Helper()
	s := newScript()
	server := serve(t, s)
	stream := started(t, server)
	for _, e := range events {
		s.events <- []byte(e)
	}
	s.Stop(event.EndStopped)
	rest(dial(t, stream))
	return strings.Replace(strings.TrimSuffix(stream, "/stream"), "ws", "http", 1)
}

func TestExports(t *testing.T) {
	base := exported(t, told...)
	tests := []struct{ path, contentType, name, has string }{
		{"/recording.json", "application/json", "u-l.recording.json", `"lab":"u/l"`},
		{"/recording.pcapng", "application/x-pcapng", "u-l.recording.pcapng", "listen(3, 5) = 0"},
		{"/recording.txt", "text/plain; charset=utf-8", "u-l.recording.txt", "0.000002  client   call     listen(3, 5) …\n"},
		{"/recording.strace.txt", "text/plain; charset=utf-8", "u-l.recording.strace.txt", "7     00:00:00.000002 listen(3, 5)      = 0 <0.000000>\n"},
		{"/recording.strace.txt?program=client", "text/plain; charset=utf-8", "u-l.recording.strace.txt", "listen"},
		{"/recording.tcpdump.txt", "text/plain; charset=utf-8", "u-l.recording.tcpdump.txt", "00:00:00.000004 ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28\n"},
		{"/programs.zip", "application/zip", "u-l.programs.zip", "u-l/client.py"},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			response, body := get(t, base+tt.path)
			got := []string{response.Header.Get("Content-Type"), response.Header.Get("Content-Disposition"), response.Header.Get("Cache-Control")}
			want := []string{tt.contentType, `attachment; filename="` + tt.name + `"`, "no-store"}
			if diff := cmp.Diff(want, got); diff != "" || response.StatusCode != http.StatusOK {
				t.Errorf("%d (-want +got):\n%s", response.StatusCode, diff)
			}
			if !strings.Contains(body, tt.has) {
				t.Errorf("there is no %q in %q", tt.has, body)
			}
		})
	}
}

func TestExportedRecordingIsRead(t *testing.T) {
	_, body := get(t, exported(t, told[:1]...)+"/recording.json")
	// The script's end event has a seq of its own.
	body = strings.Replace(body, `"seq":99,`, `"seq":2,"t":9000,`, 1)
	rec, err := recording.Read(strings.NewReader(body))
	if err != nil || rec.Lab != "u/l" || len(rec.Events) != 2 || rec.Version != event.Version {
		t.Errorf("%v: %s", err, body)
	}
}

func TestExportsThatAreRefused(t *testing.T) {
	base := exported(t, told...)
	nowhere := base[:strings.LastIndex(base, "/")] + "/none"
	broken := exported(t, `{"seq":1,"t":"late"}`)
	tests := []struct {
		name, url, lang string
		status          int
		code, message   string
	}{
		{"no run, English", nowhere + "/recording.pcapng", "en", 404, "unknown-sandbox", "no longer kept"},
		{"no run, Korean", nowhere + "/programs.zip", "ko", 404, "unknown-sandbox", "보관되어 있지 않습니다"},
		{"no such form", base + "/recording.pdf", "ko", 404, "not-found", ""},
		{"no such program", base + "/recording.strace.txt?program=router", "en", 404, "not-found", ""},
		{"events that are none", broken + "/recording.tcpdump.txt", "ko", 500, "internal", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			response, body := get(t, tt.url, "Accept-Language", tt.lang)
			var answer struct {
				Error struct{ Code, Message string }
			}
			if err := json.Unmarshal([]byte(body), &answer); err != nil {
				t.Fatalf("%v: %s", err, body)
			}
			if response.StatusCode != tt.status || answer.Error.Code != tt.code || !strings.Contains(answer.Error.Message, tt.message) || answer.Error.Message == "" {
				t.Errorf("%d %s", response.StatusCode, body)
			}
			if response.Header.Get("Content-Disposition") != "" {
				t.Error("an error is offered as a file")
			}
		})
	}
}

func TestSchemaIsServed(t *testing.T) {
	response, body := get(t, serve(t, newScript()).URL+"/api/recording.schema.json")
	if response.Header.Get("Content-Type") != "application/schema+json" || body != string(event.Schema) {
		t.Errorf("%d %s %.100s", response.StatusCode, response.Header.Get("Content-Type"), body)
	}
}

func TestArchiveOfPrograms(t *testing.T) {
	_, body := get(t, exported(t, told...)+"/programs.zip")
	z, err := zip.NewReader(bytes.NewReader([]byte(body)), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(b)
	}
	if files["u-l/client.py"] != "pass\n" || len(files) != 2 {
		t.Errorf("files %q", files)
	}
	for _, part := range []string{"# Lab\n", "# 실습\n", "    127.0.0.1 client server\n", "    python3 client.py\n"} {
		if !strings.Contains(files["u-l/README.md"], part) {
			t.Errorf("the README has no %q:\n%s", part, files["u-l/README.md"])
		}
	}
}

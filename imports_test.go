// Package fivetuple_test holds the table of what may import what.
package fivetuple_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// importers says which packages may import a third-party module. A module
// that is not listed may be imported by none.
var importers = map[string][]string{
	"github.com/a-h/templ":              {"web"},
	"github.com/chromedp/cdproto":       {"server"},
	"github.com/chromedp/chromedp":      {"server"},
	"github.com/andybalholm/brotli":     {"static"},
	"github.com/go-chi/chi/v5":          {"server/site"},
	"github.com/goccy/go-yaml":          {"sandbox/lab", "server"}, // server: tests
	"github.com/google/go-cmp":          {"*"},                     // tests
	"github.com/gopacket/gopacket":      {"sandbox/packet", "sandbox/recording/pcapng"},
	"github.com/gorilla/websocket":      {"server/site"},
	"github.com/nats-io/nats-server/v2": {"server/store"},
	"github.com/nats-io/nats.go":        {"server/store"},
	"github.com/safchain/ethtool":       {"sandbox/host"},
	"github.com/spf13/cobra":            {"server"},
	"github.com/tdewolff/minify/v2":     {"static"},
	"github.com/vishvananda/netlink":    {"sandbox/host"},
	"github.com/yuin/goldmark":          {"lessons"},
	"go.starlark.net":                   {"sandbox/check"},
	"go.uber.org/goleak":                {"*"}, // tests
	"golang.org/x/sync":                 {"sandbox/wire", "sandbox/worker", "server", "server/site", "server/live", "server/bench", "sandbox/recording"},
	"golang.org/x/sys":                  {"*"}, // the kernel's own names
	"golang.org/x/text":                 {"web/text"},
	"golang.org/x/time":                 {"server/site"},

	"github.com/santhosh-tekuri/jsonschema/v6": {"sandbox/recording"}, // tests
}

// below says which packages of our own each package may import, with all
// that those may; what stands earlier never imports what stands later.
var below = []string{
	"sandbox/event", "sandbox/lab", "sandbox/packet", "sandbox/diag", "sandbox/call", "sandbox/confine", "sandbox/machine",
	"sandbox/host", "sandbox/wire", "sandbox/unwind", "sandbox/trace", "sandbox/worker", "sandbox", "sandbox/check",
	"sandbox/recording", "sandbox/recording/pcapng", "sandbox/recording/programs", "sandbox/recording/strace", "sandbox/recording/tcpdump",
	"lessons/korean", "lessons", "lessons/search", "static", "web/text", "web", "server/store", "server/progress", "server/runs", "server/live", "server/frames", "server/forms", "server/export", "server/site", "server/bench", "server",
}

type pkg struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

func packages(t *testing.T) (all []pkg) {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func TestImports(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, "fivetuple/")
		if name == "fivetuple" {
			continue // this test
		}
		at := slices.Index(below, name)
		if at < 0 {
			t.Errorf("package %s is not in the table: add it where its imports allow", name)
		}
		for _, imported := range p.Imports {
			if own, ok := strings.CutPrefix(imported, "fivetuple/"); ok && slices.Index(below, own) >= at {
				t.Errorf("%s imports %s, which stands above it", name, own)
			}
		}
		for _, imported := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			checkModule(t, name, imported)
		}
	}
}

func checkModule(t *testing.T, name, imported string) {
	t.Helper()
	first, _, _ := strings.Cut(imported, "/")
	if !strings.Contains(first, ".") || strings.HasPrefix(imported, "fivetuple/") {
		return
	}
	for module, by := range importers {
		if imported == module || strings.HasPrefix(imported, module+"/") {
			if !slices.Contains(by, name) && !slices.Contains(by, "*") {
				t.Errorf("%s imports %s, which only %v may", name, imported, by)
			}
			return
		}
	}
	t.Errorf("%s imports %s, a module that is not in the table", name, imported)
}

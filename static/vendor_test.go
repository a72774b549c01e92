package static_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"fivetuple/static"
)

// TestVendored: what others made lies there with its licence, and what was
// built of it is what VERSION says, of the versions that the lock has.
func TestVendored(t *testing.T) {
	read := func(name string) string {
		b, err := fs.ReadFile(static.FS(), name)
		if err != nil {
			t.Error(err)
		}
		return string(b)
	}
	folders, err := fs.ReadDir(static.FS(), "vendor")
	if err != nil || len(folders) < 2 {
		t.Fatalf("%d folders, %v", len(folders), err)
	}
	for _, f := range folders {
		if !strings.Contains(read(path.Join("vendor", f.Name(), "LICENSE")), "Permission is hereby granted") {
			t.Errorf("%s has no licence", f.Name())
		}
	}

	lock, err := os.ReadFile("vendor/codemirror/build/package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	var locked struct {
		Packages map[string]struct{ Version string }
	}
	if err := json.Unmarshal(lock, &locked); err != nil {
		t.Fatal(err)
	}
	head, files, _ := strings.Cut(read("vendor/codemirror/VERSION"), "\n\n")
	_, packages, _ := strings.Cut(head, "\n")
	for line := range strings.Lines(packages) {
		name, version, _ := strings.Cut(strings.TrimSpace(line), " ")
		if want := locked.Packages["node_modules/"+name].Version; version != want {
			t.Errorf("%s: VERSION has %q, the lock %q: run make vendor", name, version, want)
		}
	}
	if n := len(strings.Split(packages, "\n")); n < 10 {
		t.Errorf("VERSION names %d packages", n)
	}
	hashes := map[string]string{}
	for line := range strings.Lines(files) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		hashes[name] = sum
	}
	modules, _ := fs.Glob(static.FS(), "vendor/codemirror/*.js")
	if len(modules) != len(hashes) {
		t.Errorf("%d modules, VERSION has %d", len(modules), len(hashes))
	}
	for _, name := range modules {
		sum := sha256.Sum256([]byte(read(name)))
		if got := hex.EncodeToString(sum[:]); got != hashes[path.Base(name)] {
			t.Errorf("%s is not what VERSION says: run make vendor", name)
		}
	}
}

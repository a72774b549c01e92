package main_test

import (
	"archive/tar"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// archive writes files into a tar archive.
type archive struct {
	t *testing.T
	w *tar.Writer
}

// stream is an archive that write writes while it is read.
func stream(t *testing.T, write func(a archive)) io.Reader {
	t.Helper()
	r, w := io.Pipe()
	go func() { // ends when all is read: a request reads its body or fails the test
		a := archive{t, tar.NewWriter(w)}
		write(a)
		w.CloseWithError(a.w.Close())
	}()
	return r
}

// add adds a file of the machine, a folder without what is in it.
func (a archive) add(path, as string) {
	info, err := os.Lstat(path)
	if err != nil {
		return // a package may name what is not there
	}
	link := ""
	if info.Mode()&fs.ModeSymlink != 0 {
		link, _ = os.Readlink(path)
	}
	h, err := tar.FileInfoHeader(info, link)
	if err != nil {
		a.t.Error(err)
		return
	}
	h.Name, h.Uname, h.Gname, h.Uid, h.Gid = strings.TrimPrefix(as, "/"), "", "", 0, 0
	if info.IsDir() {
		h.Name += "/"
	}
	_ = a.w.WriteHeader(h) // an error is met again when the archive is closed
	if !info.Mode().IsRegular() {
		return
	}
	f, err := os.Open(path)
	if err != nil {
		a.t.Error(err)
		return
	}
	defer f.Close()
	_, _ = io.Copy(a.w, f)
}

// folder adds a folder with all that is in it, but for what skip names.
func (a archive) folder(path, as string, skip ...string) {
	err := filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		inside := strings.TrimPrefix(name, path)
		for _, s := range skip {
			if d.IsDir() && strings.HasSuffix(inside, s) {
				return fs.SkipDir
			}
		}
		a.add(name, as+inside)
		return nil
	})
	if err != nil {
		a.t.Error(err)
	}
}

// make adds an empty folder.
func (a archive) make(name string, mode int64, owner int) {
	_ = a.w.WriteHeader(&tar.Header{Typeflag: tar.TypeDir, Name: name + "/", Mode: mode, Uid: owner, Gid: owner})
}

// systemFiles are the names of the files that the image takes from Debian.
func systemFiles(t *testing.T) []string {
	t.Helper()
	out, err := exec.Command("../.ci/system-files").Output()
	if err != nil {
		t.Fatalf(".ci/system-files: %v; are python3, tcc and libc6-dev installed?", err)
	}
	return strings.Fields(string(out))
}

// systemArchive is in the place of Debian's image: no registry is needed. It
// brings the system's files in /image, and a shell.
func systemArchive(t *testing.T) io.Reader {
	files := systemFiles(t)
	return stream(t, func(a archive) {
		shell(a, files)
		a.make("image", 0o755, 0)
		for _, f := range files {
			a.add(f, "/image"+f)
		}
		a.make("image/proc", 0o755, 0)
		a.make("image/tmp", 0o1777, 0)
		a.make("image/data", 0o755, 65532)
	})
}

// shell adds what a shell needs.
func shell(a archive, files []string) {
	for _, f := range files {
		name := filepath.Base(f)
		if strings.Count(f, "/") == 1 || name == "sh" || name == "dash" || strings.Contains(name, "libc.so") || strings.Contains(name, "ld-linux") {
			a.add(f, f)
		}
	}
	a.make("tmp", 0o1777, 0)
}

// goArchive is in the place of the image that has Go: the machine's own, and
// the modules that it has downloaded.
func goArchive(t *testing.T) io.Reader {
	files := systemFiles(t)
	root, modules := goEnv(t, "GOROOT"), goEnv(t, "GOMODCACHE")
	return stream(t, func(a archive) {
		shell(a, files)
		a.folder(root, "/usr/local/go", "/test", "/testdata", "/api", "/doc", "/.git")
		a.make("go/pkg/mod/cache", 0o755, 0)
		a.folder(modules+"/cache/download", "/go/pkg/mod/cache/download", "/sumdb")
	})
}

func goEnv(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.Command("go", "env", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// sources are the files of the repository, those not yet committed included.
func sources(t *testing.T) io.Reader {
	t.Helper()
	out, err := exec.Command("git", "-C", "..", "ls-files", "--cached", "--others", "--exclude-standard").Output()
	if err != nil {
		t.Fatal(err)
	}
	return stream(t, func(a archive) {
		for name := range strings.Lines(string(out)) {
			name = strings.TrimSpace(name)
			a.add("../"+name, name)
		}
	})
}

// build builds the image from the Dockerfile.
func (e *engine) build(t *testing.T, name string) {
	t.Helper()
	e.load(t, "build", goArchive(t),
		"ENV PATH=/usr/local/go/bin:/usr/bin", "ENV GOPATH=/go", "ENV GOPROXY=off", "ENV GOTOOLCHAIN=local", "ENV GOFLAGS=-buildvcs=false")
	e.load(t, "system", systemArchive(t))
	args, err := json.Marshal(map[string]string{"BUILD": "build", "SYSTEM": "system"})
	if err != nil {
		t.Fatal(err)
	}
	e.do(t, http.MethodPost, "/build", url.Values{"t": {name}, "buildargs": {string(args)}, "networkmode": {"none"}}, sources(t), nil)
}

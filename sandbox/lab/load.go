package lab

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// maxFile is the size in bytes of the largest program.
const maxFile = 256 << 10

// Load reads the lab in folder dir of fsys, whose name is dir without a
// leading "labs/". An error says the file and, where it can, the line.
func Load(fsys fs.FS, dir string) (*Lab, error) {
	name := path.Join(dir, "lab.yaml")
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	var d document
	if err := Unmarshal(text, &d); err != nil {
		return nil, positioned(name, err)
	}
	l := d.lab(strings.TrimPrefix(dir, "labs/"))
	if err := l.read(fsys, dir); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if err := l.Validate(); err != nil {
		return nil, placed(name, err)
	}
	return l, nil
}

// placed puts a file before each of the errors that are joined in err.
func placed(name string, err error) error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return fmt.Errorf("%s: %w", name, err)
	}
	var all []error
	for _, one := range joined.Unwrap() {
		all = append(all, fmt.Errorf("%s: %w", name, one))
	}
	return errors.Join(all...)
}

// positioned puts file and line before what the YAML reader says.
func positioned(name string, err error) error {
	var syntax *SyntaxError
	if !errors.As(err, &syntax) || syntax.Line == 0 {
		return fmt.Errorf("%s: %w", name, err)
	}
	return fmt.Errorf("%s:%d: %s", name, syntax.Line, syntax.Text)
}

// versions are file, and those beside it that have its name and the ending of
// another language.
func versions(fsys fs.FS, dir, file string, source []byte) ([]Version, error) {
	all := []Version{{file, source}}
	for _, ending := range Languages {
		name := strings.TrimSuffix(file, path.Ext(file)) + ending
		if name == file {
			continue
		}
		other, err := fs.ReadFile(fsys, path.Join(dir, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, Version{name, other})
	}
	return all, nil
}

// read reads the files that the lab names, and its checks.
func (l *Lab) read(fsys fs.FS, dir string) error {
	for i := range l.Programs {
		p := &l.Programs[i]
		if p.File == "" {
			continue
		}
		source, err := fs.ReadFile(fsys, path.Join(dir, p.File))
		if err != nil {
			return fmt.Errorf("program %s: %w", p.Name, err)
		}
		p.Source, p.loaded = source, sha256.Sum256(source)
		if p.Versions, err = versions(fsys, dir, p.File, source); err != nil {
			return fmt.Errorf("program %s: %w", p.Name, err)
		}
	}
	checks, err := fs.ReadFile(fsys, path.Join(dir, "checks.star"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	l.Checks = string(checks)
	return nil
}

package lessons

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"fivetuple/sandbox/lab"
)

// Erratum is something that was wrong in a lesson and has been put right.
type Erratum struct {
	Date   string            `yaml:"date"`   // on which it was: 2026-11-21
	Lesson string            `yaml:"lesson"` // unit/name
	Was    map[string]string `yaml:"was"`    // what was said, by language; plain text
	Is     map[string]string `yaml:"is"`     // what is right, by language; plain text
}

const errataFile = "errata.yaml"

// loadErrata reads errata.yaml, newest first; a course may do without it.
func (c *Course) loadErrata(fsys fs.FS) error {
	text, err := fs.ReadFile(fsys, errataFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := lab.Unmarshal(text, &c.Errata); err != nil {
		return at(errataFile, 0, err)
	}
	var all []error
	for i, e := range c.Errata {
		if err := c.checkErratum(e); err != nil {
			all = append(all, at(errataFile, 0, fmt.Errorf("erratum %d: %w", i+1, err)))
		}
	}
	slices.SortStableFunc(c.Errata, func(a, b Erratum) int { return strings.Compare(b.Date, a.Date) })
	return errors.Join(all...)
}

func (c *Course) checkErratum(e Erratum) error {
	if _, err := time.Parse(time.DateOnly, e.Date); err != nil {
		return fmt.Errorf("date %q is not one such as 2026-11-21", e.Date)
	}
	if !c.has(e.Lesson) {
		return fmt.Errorf("lesson %q is not in course.yaml", e.Lesson)
	}
	for _, lang := range c.Langs {
		if e.Was[lang] == "" || e.Is[lang] == "" {
			return fmt.Errorf("was and is are needed in %s", lang)
		}
	}
	return nil
}

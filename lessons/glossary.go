package lessons

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"fivetuple/sandbox/lab"
)

// Term is a word of the course's glossary.
type Term struct {
	ID      string              `yaml:"id"`      // its anchor on the glossary page
	Lesson  string              `yaml:"lesson"`  // where it is taught: unit/name
	Word    map[string]string   `yaml:"term"`    // by language
	Means   map[string]string   `yaml:"means"`   // by language; plain text
	Aliases map[string][]string `yaml:"aliases"` // by language: other ways to write it
}

// Spellings are all ways in which a language writes the term, its word first.
func (t *Term) Spellings(lang string) []string {
	return append([]string{t.Word[lang]}, t.Aliases[lang]...)
}

// Address is where a reader of lang finds the term.
func (t *Term) Address(lang string) string { return "/" + lang + "/glossary#" + t.ID }

// GlossaryFile is where a course has its glossary.
const GlossaryFile = "glossary.yaml"

var (
	entry  = regexp.MustCompile(`(?m)^- id:`)
	termID = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)
)

// loadGlossary reads glossary.yaml; a course may do without one.
func (c *Course) loadGlossary(fsys fs.FS) error {
	text, err := fs.ReadFile(fsys, GlossaryFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var terms []*Term
	if err := lab.Unmarshal(text, &terms); err != nil {
		return at(GlossaryFile, 0, err)
	}
	entries := entry.FindAllIndex(text, -1)
	if len(entries) != len(terms) {
		return at(GlossaryFile, 1, errors.New("each term begins with a line - id: NAME"))
	}
	var all []error
	seen := map[string]string{} // what has the id or spelling
	for i, t := range terms {
		line := bytes.Count(text[:entries[i][0]], []byte("\n")) + 1
		for _, err := range slices.Concat(c.checkTerm(t), claimNames(t, c.Langs, seen)) {
			all = append(all, at(GlossaryFile, line, err))
		}
	}
	c.Glossary = terms
	return errors.Join(all...)
}

// checkTerm says what a term lacks.
func (c *Course) checkTerm(t *Term) (all []error) {
	if !termID.MatchString(t.ID) {
		all = append(all, fmt.Errorf("id %q: small letters, digits and hyphens, a letter first", t.ID))
	}
	if !c.has(t.Lesson) {
		all = append(all, fmt.Errorf("%s: lesson %q is not in course.yaml", t.ID, t.Lesson))
	}
	for _, lang := range c.Langs {
		if t.Word[lang] == "" || t.Means[lang] == "" {
			all = append(all, fmt.Errorf("%s: term and means are needed in %s", t.ID, lang))
		}
		if slices.Contains(t.Aliases[lang], "") {
			all = append(all, fmt.Errorf("%s: an alias in %s is empty", t.ID, lang))
		}
	}
	return all
}

// claimNames refuses an id, and a spelling within a language, that another
// term has.
func claimNames(t *Term, langs []string, seen map[string]string) (all []error) {
	claim := func(kind, name string) {
		key := kind + " " + strings.ToLower(name)
		if other, taken := seen[key]; taken {
			all = append(all, fmt.Errorf("%s %q is there twice: %s has it", kind, name, other))
		}
		seen[key] = t.ID
	}
	claim("id", t.ID)
	for _, lang := range langs {
		for _, word := range t.Spellings(lang) {
			if word != "" {
				claim(lang, word)
			}
		}
	}
	return all
}

// has says whether the course has the lesson unit/name.
func (c *Course) has(lesson string) bool {
	unit, name, _ := strings.Cut(lesson, "/")
	return slices.ContainsFunc(c.Units, func(u Unit) bool { return u.Name == unit && slices.Contains(u.Lessons, name) })
}

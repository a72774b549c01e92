package lessons

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Fault is one thing that is wrong with a course.
type Fault struct {
	File string // empty when no file of the course is at fault
	Line int    // 0 when it cannot be said
	Text string
}

// Place is the file and, where it can be said, the line: en/u/l.md:7.
func (f Fault) Place() string {
	if f.Line == 0 {
		return f.File
	}
	return fmt.Sprintf("%s:%d", f.File, f.Line)
}

// Of says whether the fault is in a lesson or its lab.
func (f Fault) Of(lang, unit, name string) bool {
	return f.File == lang+"/"+unit+"/"+name+".md" || strings.HasPrefix(f.File, "labs/"+unit+"/"+name+"/")
}

// faultForm is an error of [Load]: file, line and what is wrong.
var faultForm = regexp.MustCompile(`(?s)^([^\s:]+\.[a-z]+)(?::(\d+))?: (.*)$`)

// Faults are the parts of an error of [Load].
func Faults(err error) (all []Fault) {
	if err == nil {
		return nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, part := range joined.Unwrap() {
			all = append(all, Faults(part)...)
		}
		return all
	}
	m := faultForm.FindStringSubmatch(err.Error())
	if m == nil {
		return []Fault{{Text: err.Error()}}
	}
	line, _ := strconv.Atoi(m[2]) // none is 0
	return []Fault{{m[1], line, m[3]}}
}

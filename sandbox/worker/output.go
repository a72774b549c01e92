//go:build linux

package worker

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// wholeRunes is how much of b does not end within a character; all of it
// when nothing more will come or when it is not text.
func wholeRunes(b []byte, last bool) int {
	if last {
		return len(b)
	}
	for back := 1; back <= utf8.UTFMax && back <= len(b); back++ {
		if start := len(b) - back; utf8.RuneStart(b[start]) {
			if utf8.FullRune(b[start:]) {
				break
			}
			return start
		}
	}
	return len(b)
}

// tail keeps the end of what a program wrote to its standard error.
type tail struct {
	mu   sync.Mutex
	text []byte
}

const tailLen = 8 << 10

func (t *tail) add(b []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, b...)
	t.text = t.text[max(0, len(t.text)-tailLen):]
}

// failure is the last line that the program wrote, and the last line of file
// that a Python traceback names.
func (t *tail) failure(file string) (last string, line int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	text := strings.TrimSpace(string(t.text))
	last = text[strings.LastIndexByte(text, '\n')+1:]
	for _, m := range regexp.MustCompile(`(?m)^\s*File "([^"]*)", line (\d+)`).FindAllStringSubmatch(text, -1) {
		if m[1] == file {
			line, _ = strconv.Atoi(m[2])
		}
	}
	return last, line
}

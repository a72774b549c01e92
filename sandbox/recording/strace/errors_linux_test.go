package strace

import (
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// TestErrors compares the words with those of the kernel's errors.
func TestErrors(t *testing.T) {
	found := 0
	for n := unix.Errno(1); n < 200; n++ {
		name := unix.ErrnoName(n)
		if n == unix.EOPNOTSUPP {
			name = "EOPNOTSUPP" // of its two names the one that strace uses
		}
		words, ok := errors[name]
		if !ok {
			continue
		}
		found++
		if !strings.EqualFold(words, n.Error()) {
			t.Errorf("%s is %q, not %q", name, n.Error(), words)
		}
	}
	if found != len(errors) {
		t.Errorf("%d of %d errors exist", found, len(errors))
	}
}

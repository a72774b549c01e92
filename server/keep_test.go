package main

import (
	"strings"
	"syscall"
	"testing"

	"fivetuple/server/store"
)

// TestKeepRemedy: what is to be done where nothing can be kept fits the
// reason, and no password is told.
func TestKeepRemedy(t *testing.T) {
	o := serveOptions{nats: "nats://learners:secret@127.0.0.1:1"}
	_, done, err := keep(t.Context(), o)
	defer done()
	if err == nil || strings.Contains(err.Error(), "secret") || !strings.Contains(err.Error(), "nats://learners:xxxxx@127.0.0.1:1") {
		t.Errorf("a cluster that is not there: %v", err)
	}
	for _, tt := range []struct {
		o          serveOptions
		reason     error
		has, hasNo string
	}{
		{o, err, "the cluster", "--data"},
		{serveOptions{}, store.ErrInUse, "end the other one", "written"},
		{serveOptions{}, syscall.ENOSPC, "make room", "written"},
		{serveOptions{}, syscall.EACCES, "can be written", "make room"},
	} {
		if remedy := keepRemedy(tt.o, tt.reason); !strings.Contains(remedy, tt.has) || strings.Contains(remedy, tt.hasNo) {
			t.Errorf("%v: %s", tt.reason, remedy)
		}
	}
}

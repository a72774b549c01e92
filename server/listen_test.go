//go:build linux

package main

import (
	"net"
	"testing"

	"fivetuple/sandbox"
)

// TestListenEach: a server that listens on each address by itself leaves its
// port free at the addresses of sandboxes; one that listens on all does not.
func TestListenEach(t *testing.T) {
	all, err := listenEach(t.Context(), "0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := closeAll(all); err != nil {
			t.Error(err)
		}
	}()
	_, port, err := net.SplitHostPort(all[0].Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range all {
		if _, p, _ := net.SplitHostPort(l.Addr().String()); p != port {
			t.Errorf("it listens at %s, want port %s", l.Addr(), port)
		}
	}
	free, err := net.Listen("tcp", "127.9.9.1:"+port)
	if err != nil {
		t.Fatalf("the port is taken at the address of a sandbox: %v", err)
	}
	free.Close()
}

func TestListen(t *testing.T) {
	for _, tt := range []struct {
		name, addr string
		abilities  []sandbox.Ability
	}{{"with namespaces", ":0", nil}, {"a host by its name", "localhost:0", nil}} {
		t.Run(tt.name, func(t *testing.T) {
			all, err := listen(t.Context(), tt.addr, tt.abilities)
			if err != nil || len(all) != 1 {
				t.Fatalf("%d listeners, %v", len(all), err)
			}
			all[0].Close()
		})
	}
}

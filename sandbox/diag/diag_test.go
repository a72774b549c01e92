//go:build linux

package diag_test

import (
	"errors"
	"net"
	"net/netip"
	"testing"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/diag"
)

func open(t testing.TB) *diag.Conn {
	t.Helper()
	c, err := diag.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func addr(a net.Addr) netip.AddrPort {
	p := netip.MustParseAddrPort(a.String())
	return netip.AddrPortFrom(p.Addr().Unmap(), p.Port())
}

func TestFindTCP(t *testing.T) {
	for _, network := range []string{"127.0.0.1:0", "[::1]:0"} {
		t.Run(network, func(t *testing.T) {
			c := open(t)
			var lc net.ListenConfig
			lc.SetMultipathTCP(false)
			l, err := lc.Listen(t.Context(), "tcp", network)
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			listener := addr(l.Addr())
			none := netip.AddrPortFrom(listener.Addr(), 0)

			got, err := c.Find(unix.IPPROTO_TCP, listener, none)
			if err != nil || got.State != diag.Listen || got.Connected() {
				t.Fatalf("listener: %+v, %v", got, err)
			}
			client, err := net.Dial("tcp", l.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer client.Close()
			if got, _ = c.Find(unix.IPPROTO_TCP, listener, none); got.Recv != 1 {
				t.Errorf("accept queue holds %d, want 1", got.Recv)
			}
			local, remote := addr(client.LocalAddr()), addr(client.RemoteAddr())
			near, err := c.Find(unix.IPPROTO_TCP, local, remote)
			if err != nil || near.State != diag.Established || near.Local != local || near.Remote != remote || near.Inode == 0 {
				t.Errorf("client: %+v, %v", near, err)
			}
			far, err := c.Find(unix.IPPROTO_TCP, remote, local)
			if err != nil || far.State != diag.Established || far.Inode != 0 {
				t.Errorf("server's end before accept: %+v, %v", far, err)
			}
			if near.Cookie == far.Cookie {
				t.Error("both ends have the same cookie")
			}
		})
	}
}

func TestFindUDP(t *testing.T) {
	c := open(t)
	a, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	b, err := net.Dial("udp", a.LocalAddr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if _, err := b.Write([]byte("ten bytes!")); err != nil {
		t.Fatal(err)
	}
	got, err := c.Find(unix.IPPROTO_UDP, addr(a.LocalAddr()), addr(b.LocalAddr()))
	if err != nil || got.State != diag.Close || got.Recv == 0 || got.Connected() {
		t.Errorf("receiver: %+v, %v", got, err)
	}
	got, err = c.Find(unix.IPPROTO_UDP, addr(b.LocalAddr()), addr(a.LocalAddr()))
	if err != nil || got.State != diag.Established || !got.Connected() {
		t.Errorf("sender: %+v, %v", got, err)
	}
}

func TestFindNothing(t *testing.T) {
	c := open(t)
	_, err := c.Find(unix.IPPROTO_TCP, netip.MustParseAddrPort("127.9.9.9:9"), netip.MustParseAddrPort("127.9.9.8:9"))
	if !errors.Is(err, diag.ErrNotFound) {
		t.Errorf("got %v, want ErrNotFound", err)
	}
}

func TestDump(t *testing.T) {
	c := open(t)
	var lc net.ListenConfig
	lc.SetMultipathTCP(false)
	l, err := lc.Listen(t.Context(), "tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	all, err := c.Dump(unix.IPPROTO_TCP, unix.AF_INET, 1<<diag.Listen)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		if s.Local == addr(l.Addr()) && s.State == diag.Listen {
			return
		}
	}
	t.Errorf("listener not among %v", all)
}

func BenchmarkFind(b *testing.B) {
	c := open(b)
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	client, err := net.Dial("tcp4", l.Addr().String())
	if err != nil {
		b.Fatal(err)
	}
	defer client.Close()
	local, remote := addr(client.LocalAddr()), addr(client.RemoteAddr())
	for b.Loop() {
		if _, err := c.Find(unix.IPPROTO_TCP, local, remote); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDump(b *testing.B) {
	c := open(b)
	for b.Loop() {
		if _, err := c.Dump(unix.IPPROTO_TCP, unix.AF_INET, diag.AllStates); err != nil {
			b.Fatal(err)
		}
	}
}

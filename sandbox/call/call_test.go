//go:build linux

package call_test

import (
	"encoding/binary"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"

	"fivetuple/sandbox/call"
)

// memory is one piece of memory that begins at address base.
type memory []byte

const base = 0x1000

func (m memory) ReadAt(b []byte, address uint64) error {
	if address < base || address-base > uint64(len(m)) || copy(b, m[address-base:]) != len(b) {
		return unix.EFAULT
	}
	return nil
}

func (m memory) Interface(index uint32) string {
	if index == 1 {
		return "lo"
	}
	return ""
}

var inet = []byte{2, 0, 0x1f, 0x90, 10, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0}

func TestCall(t *testing.T) {
	length := binary.NativeEndian.AppendUint32(nil, 16)
	tests := []struct {
		name   string
		nr     uint64
		raw    [6]uint64
		mem    memory
		result int64
		enter  []string
		done   []string
	}{
		{"socket", unix.SYS_SOCKET, [6]uint64{unix.AF_INET6, unix.SOCK_DGRAM | unix.SOCK_CLOEXEC, 17}, nil, 3,
			[]string{"AF_INET6", "SOCK_DGRAM|SOCK_CLOEXEC", "IPPROTO_UDP"}, []string{"AF_INET6", "SOCK_DGRAM|SOCK_CLOEXEC", "IPPROTO_UDP"}},
		{"connect", unix.SYS_CONNECT, [6]uint64{3, base, 16}, inet, 0,
			[]string{"3", `{sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("10.0.0.2")}`, "16"},
			[]string{"3", `{sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("10.0.0.2")}`, "16"}},
		{"accept4", unix.SYS_ACCEPT4, [6]uint64{3, base, base + 16, unix.SOCK_CLOEXEC}, append(inet[:16:16], length...), 4,
			[]string{"3", "0x1000", "[16]", "SOCK_CLOEXEC"},
			[]string{"3", `{sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("10.0.0.2")}`, "[16]", "SOCK_CLOEXEC"}},
		{"sendto", unix.SYS_SENDTO, [6]uint64{3, base, 4, unix.MSG_NOSIGNAL | unix.MSG_MORE, 0, 0}, memory("a\x001\n"), 4,
			[]string{"3", `"a\0001\n"`, "4", "MSG_NOSIGNAL|MSG_MORE", "NULL", "0"}, []string{"3", `"a\0001\n"`, "4", "MSG_NOSIGNAL|MSG_MORE", "NULL", "0"}},
		{"recvfrom", unix.SYS_RECVFROM, [6]uint64{3, base, 40, 0, 0, 0}, memory("0123456789012345678901234567890123456789"), 40,
			[]string{"3", "0x1000", "40", "0", "NULL", "NULL"}, []string{"3", `"01234567890123456789012345678901"...`, "40", "0", "NULL", "NULL"}},
		{"failed", unix.SYS_RECVFROM, [6]uint64{3, base, 40, 0, 0, 0}, nil, -11,
			[]string{"3", "0x1000", "40", "0", "NULL", "NULL"}, []string{"3", "0x1000", "40", "0", "NULL", "NULL"}},
		{"bad pointer", unix.SYS_BIND, [6]uint64{3, 7, 16}, nil, -14, []string{"3", "0x7", "16"}, []string{"3", "0x7", "16"}},
		{"shutdown", unix.SYS_SHUTDOWN, [6]uint64{3, 1}, nil, 0, []string{"3", "SHUT_WR"}, []string{"3", "SHUT_WR"}},
	}
	table := call.NewTable()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, ok := table.Enter(tt.mem, tt.nr, tt.raw)
			if !ok {
				t.Fatal("unknown")
			}
			if diff := cmp.Diff(tt.enter, c.Args); diff != "" {
				t.Errorf("on entry (-want +got):\n%s", diff)
			}
			c.Return(tt.result)
			if diff := cmp.Diff(tt.done, c.Args); diff != "" {
				t.Errorf("on return (-want +got):\n%s", diff)
			}
		})
	}
}

// TestTCPInfo: every field of struct tcp_info that both the kernel's headers
// and we know is written with its value.
func TestTCPInfo(t *testing.T) {
	var info unix.TCPInfo
	size := int(unsafe.Sizeof(info))
	b := unsafe.Slice((*byte)(unsafe.Pointer(&info)), size)
	for i := range b[8:] {
		b[8+i] = byte(1 + i)
	}
	info.State, info.Ca_state, info.Retransmits, info.Probes, info.Backoff, info.Options = 1, 3, 2, 3, 4, 7
	mem := memory(append(slices.Clone(b), binary.NativeEndian.AppendUint32(nil, uint32(size))...))
	c, _ := call.NewTable().Enter(mem, unix.SYS_GETSOCKOPT, [6]uint64{3, unix.SOL_TCP, unix.TCP_INFO, base, base + uint64(size)})
	c.Return(0)
	got := c.Args[3]
	for _, want := range []string{
		"{tcpi_state=TCP_ESTABLISHED, tcpi_ca_state=TCP_CA_Recovery, tcpi_retransmits=2, tcpi_probes=3, tcpi_backoff=4, ",
		"tcpi_options=TCPI_OPT_TIMESTAMPS|TCPI_OPT_SACK|TCPI_OPT_WSCALE, ",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s lacks %s", got, want)
		}
	}
	fields := reflect.ValueOf(info)
	for i := range fields.NumField() {
		name := strings.ToLower(fields.Type().Field(i).Name)
		if fields.Type().Field(i).Offset < 8 || name == "_" || !fields.Type().Field(i).IsExported() {
			continue
		}
		if want := fmt.Sprintf("tcpi_%s=%d", name, fields.Field(i).Interface()); !strings.Contains(got+",", want+",") && !strings.Contains(got, want+"}") {
			t.Errorf("%s is not in %s", want, got)
		}
	}
}

// FuzzCall reads every call with arguments and memory from strangers.
func FuzzCall(f *testing.F) {
	table := call.NewTable()
	for _, nr := range table.Shown(true) {
		f.Add(uint64(nr), uint64(3), uint64(base), uint64(base+8), uint64(1<<40), uint64(base), uint64(base+16), int64(4), []byte(inet))
		f.Add(uint64(nr), uint64(base), uint64(1<<63), uint64(base), uint64(base), uint64(base), ^uint64(0), int64(1<<40), make([]byte, 4096))
	}
	f.Fuzz(func(t *testing.T, nr, a, b, c, d, e, g uint64, result int64, mem []byte) {
		found, ok := table.Enter(memory(mem), nr, [6]uint64{a, b, c, d, e, g})
		if !ok {
			return
		}
		found.Return(result)
		found.Made()
		found.FDs()
		found.Closes()
		found.Destination()
		for _, arg := range found.Args {
			if len(arg) > 1<<20 {
				t.Errorf("%s: an argument of %d bytes", found.Name, len(arg))
			}
		}
	})
}

func FuzzSignalInfo(f *testing.F) {
	f.Add(make([]byte, 128))
	f.Fuzz(func(t *testing.T, b []byte) { call.SignalInfo(b) })
}

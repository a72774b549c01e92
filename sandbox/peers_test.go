//go:build linux && soak

package sandbox_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// peers are programs that nobody here wrote, as they come from Debian, and
// what their recordings must show.
var peers = []struct {
	name, needs    string
	server, client string
	wire           event.Wire
	after          string // call of the server's for which the client waits; listen when empty
	check          func(*testing.T, []event.Event)
}{
	{name: "netcat", needs: "nc", server: "nc -l -N 8080", client: "echo hello | nc -N server 8080", check: checkNetcat},
	{name: "curl and http.server", needs: "curl", server: "exec python3 -m http.server 8080 --directory /lab", client: "sleep 0.2; curl -s http://server:8080/", check: checkCurl},
	{name: "redis", needs: "redis-server", server: "cd /tmp; exec redis-server --port 6379 --protected-mode no --save '' --daemonize no", client: "redis-cli -h server ping", check: checkRedis},
	{
		name: "nginx", needs: "nginx",
		server: "mkdir -p /tmp/n; printf 'pid /tmp/n/pid; error_log stderr; daemon off; master_process off; events {} http { access_log off; client_body_temp_path /tmp/n; proxy_temp_path /tmp/n; fastcgi_temp_path /tmp/n; uwsgi_temp_path /tmp/n; scgi_temp_path /tmp/n; server { listen 8080; location / { return 200 hello; } } }' > /tmp/n/conf; exec nginx -c /tmp/n/conf",
		client: "curl -s http://server:8080/ http://server:8080/again", check: checkNginx,
	},
	{
		name: "OpenSSH", needs: "sshd",
		server: "ssh-keygen -q -t ed25519 -N '' -f /tmp/key; printf 'Port 2222\\nHostKey /tmp/key\\nPidFile none\\n' > /tmp/conf; exec /usr/sbin/sshd -D -e -f /tmp/conf",
		client: "ssh-keyscan -p 2222 -t ed25519 server", check: checkSSH,
	},
	{
		name: "dig and dnsmasq", needs: "dig", after: "bind",
		server: "exec dnsmasq -k -p 53 --no-hosts --no-resolv --address=/course.example/10.9.8.7 --pid-file= --user=learner --group=learner -C /dev/null",
		client: "dig +short +tries=10 +timeout=1 @10.0.0.2 course.example", check: checkDig,
	},
	{
		name: "iperf3", needs: "iperf3", wire: event.Wire{Delay: 2 * time.Millisecond, Rate: iperfRate, Queue: 1000},
		server: "exec iperf3 -s -1 -p 5201", client: "iperf3 -J -c server -p 5201 -t 2", check: checkIperf,
	},
}

// iperfRate is the rate of the wire that iperf3 measures, in bits a second.
const iperfRate = 20_000_000

// TestPeers runs programs of others, unmodified, on the wire.
func TestPeers(t *testing.T) {
	for _, p := range peers {
		t.Run(p.name, func(t *testing.T) {
			if _, err := exec.LookPath(p.needs); err != nil {
				t.Fatalf("%s is needed: make soak installs it", p.needs)
			}
			if p.after == "" {
				p.after = "listen"
			}
			p.wire.Mode = event.Flow
			l := &lab.Lab{Name: "peers", Topology: lab.Wire, Start: lab.Run, Wire: p.wire, Programs: []lab.Program{
				{Name: "server", Host: "server", Command: []string{"sh", "-c", p.server}},
				{Name: "client", Host: "client", Command: []string{"sh", "-c", p.client}, After: &lab.After{Program: "server", Call: p.after}},
			}}
			l.Limits.Processes = 200
			l.Sysctl = map[string]string{"net.ipv4.ip_unprivileged_port_start": "53"} // dig and dnsmasq at their own port
			all := run(t, l, func(s *sandbox.Sandbox, e event.Event) {
				if e.Kind == event.KindExit && e.Program == "client" {
					s.Stop(event.EndStopped)
				}
			})
			if e := exit(t, all, "client"); e.Code == nil || *e.Code != 0 {
				t.Errorf("the client: %+v", e)
			}
			p.check(t, all)
			if t.Failed() {
				t.Log(printed(all, "server"), printed(all, "client"))
			}
		})
	}
}

// connection is one of TCP, as its packets have it.
type connection struct {
	opening          []string          // its first three packets: who sent it, and its flags
	said             map[string][]byte // by host: its bytes, each once, in their order
	clientAt, closed string            // the client's address, and who sent the first FIN
}

// connections are those of a run, in the order of their SYNs. Nothing is lost
// on these wires, so what is sent for the first time is in order.
func connections(all []event.Event) (found []*connection) {
	by := map[string]*connection{}
	for _, e := range all {
		if e.Kind != event.KindPacket || e.Phase != event.PhaseSent || e.Summary.Proto != "TCP" {
			continue
		}
		at := e.Summary.Src
		if e.From == "server" {
			at = e.Summary.Dst
		}
		c := by[at]
		if c == nil {
			c = &connection{said: map[string][]byte{}, clientAt: at}
			by[at], found = c, append(found, c)
		}
		if len(c.opening) < 3 {
			c.opening = append(c.opening, e.From+" "+strings.Join(e.Summary.Flags, ","))
		}
		if c.closed == "" && slices.Contains(e.Summary.Flags, "FIN") {
			c.closed = e.From
		}
		if e.Again == 0 {
			c.said[e.From] = append(c.said[e.From], e.Data[len(e.Data)-e.Summary.Len:]...)
		}
	}
	return found
}

// only are the connections of a run, of which there must be so many, each with
// its handshake.
func only(t *testing.T, all []event.Event, count int) []*connection {
	t.Helper()
	found := connections(all)
	if len(found) != count {
		t.Fatalf("%d connections, want %d", len(found), count)
	}
	for _, c := range found {
		if want := []string{"client SYN", "server SYN,ACK", "client ACK"}; !slices.Equal(c.opening, want) {
			t.Errorf("the connection from %s begins with %q", c.clientAt, c.opening)
		}
	}
	return found
}

func checkNetcat(t *testing.T, all []event.Event) {
	c := only(t, all, 1)[0]
	if got := string(c.said["client"]); got != "hello\n" || len(c.said["server"]) > 0 || printed(all, "server") != got {
		t.Errorf("the client said %q, the server %q and printed %q", got, c.said["server"], printed(all, "server"))
	}
	if c.closed != "client" {
		t.Errorf("the first FIN is of the %q", c.closed)
	}
}

func checkCurl(t *testing.T, all []event.Event) {
	c := only(t, all, 1)[0]
	head, body, _ := bytes.Cut(c.said["server"], []byte("\r\n\r\n"))
	if !bytes.HasPrefix(c.said["client"], []byte("GET / HTTP/1.1\r\nHost: server:8080\r\n")) || !bytes.HasPrefix(head, []byte("HTTP/1.0 200 OK\r\n")) {
		t.Errorf("the client said %q, the server %q", c.said["client"], head)
	}
	if got := printed(all, "client"); got != string(body) || !strings.Contains(got, "Directory listing") {
		t.Errorf("the client printed %q, and %q was on the wire", got, body)
	}
}

func checkRedis(t *testing.T, all []event.Event) {
	c := only(t, all, 1)[0]
	if got := string(c.said["client"]); !strings.HasSuffix(got, "*1\r\n$4\r\nping\r\n") {
		t.Errorf("the client said %q", got)
	}
	if got := string(c.said["server"]); !strings.HasSuffix(got, "+PONG\r\n") || printed(all, "client") != "PONG\n" {
		t.Errorf("the server said %q, the client printed %q", got, printed(all, "client"))
	}
}

// checkNginx: two requests on one connection, which is kept alive, each with
// its answer.
func checkNginx(t *testing.T, all []event.Event) {
	c := only(t, all, 1)[0]
	var asked []string
	for request := range bytes.SplitSeq(bytes.TrimSuffix(c.said["client"], []byte("\r\n\r\n")), []byte("\r\n\r\n")) {
		line, _, _ := bytes.Cut(request, []byte("\r\n"))
		asked = append(asked, string(line))
	}
	if want := []string{"GET / HTTP/1.1", "GET /again HTTP/1.1"}; !slices.Equal(asked, want) {
		t.Errorf("the client asked for %q", asked)
	}
	said := c.said["server"]
	if bytes.Count(said, []byte("HTTP/1.1 200 OK\r\n")) != 2 || bytes.Count(said, []byte("Connection: keep-alive\r\n")) != 2 || bytes.Count(said, []byte("\r\n\r\nhello")) != 2 {
		t.Errorf("the server said %q", said)
	}
	if got := printed(all, "client"); got != "hellohello" {
		t.Errorf("the client printed %q", got)
	}
}

// checkSSH: of each side its version, and then its key exchange's first
// message with the algorithms that it knows (RFC 4253, sections 4.2, 6, 7.1).
func checkSSH(t *testing.T, all []event.Event) {
	const kexInit = 20
	c := only(t, all, 1)[0]
	for _, host := range []string{"client", "server"} {
		version, binaries, _ := bytes.Cut(c.said[host], []byte("\r\n"))
		if !bytes.HasPrefix(version, []byte("SSH-2.0-OpenSSH")) {
			t.Errorf("the %s begins with %q", host, version)
		}
		if len(binaries) < 26 || int(binary.BigEndian.Uint32(binaries)) > len(binaries)-4 || binaries[5] != kexInit {
			t.Fatalf("the %s's first packet is %.30q", host, binaries)
		}
		length := binary.BigEndian.Uint32(binaries[22:]) // behind length, padding, kind and a cookie of 16 bytes
		algorithms := strings.Split(string(binaries[26:26+length]), ",")
		if !slices.Contains(algorithms, "curve25519-sha256") {
			t.Errorf("the %s knows %q", host, algorithms)
		}
	}
	if got := printed(all, "client"); !strings.Contains(got, "server]:2222 ssh-ed25519 ") {
		t.Errorf("the client printed %q", got)
	}
}

// checkDig: one question, and the answer to it, both at port 53 (RFC 1035,
// section 4).
func checkDig(t *testing.T, all []event.Event) {
	var messages [][]byte
	for _, e := range all {
		if e.Kind == event.KindPacket && e.Phase == event.PhaseSent && e.Summary.Proto == "UDP" {
			if at := map[string]string{"client": e.Summary.Dst, "server": e.Summary.Src}[e.From]; at != "10.0.0.2:53" {
				t.Errorf("the %s's datagram goes from %s to %s", e.From, e.Summary.Src, e.Summary.Dst)
			}
			messages = append(messages, e.Data[len(e.Data)-e.Summary.Len:])
		}
	}
	if len(messages) != 2 {
		t.Fatalf("%d datagrams", len(messages))
	}
	const header = 12
	asked, answered := messages[0], messages[1]
	question := []byte("\x06course\x07example\x00\x00\x01\x00\x01") // its address of IPv4
	if !bytes.Equal(asked[:2], answered[:2]) || asked[2]&0x80 != 0 || answered[2]&0x80 == 0 || answered[3]&0x0f != 0 {
		t.Errorf("heads %x and %x", asked[:header], answered[:header])
	}
	for _, message := range messages {
		if binary.BigEndian.Uint16(message[4:]) != 1 || !bytes.HasPrefix(message[header:], question) {
			t.Errorf("its question is %q", message[header:])
		}
	}
	record := answered[header+len(question):]
	if want := []byte("\xc0\x0c\x00\x01\x00\x01"); binary.BigEndian.Uint16(answered[6:]) != 1 || !bytes.HasPrefix(record, want) {
		t.Fatalf("its answer is %q", record)
	}
	if data := record[10:16]; !bytes.Equal(data, []byte{0, 4, 10, 9, 8, 7}) || printed(all, "client") != "10.9.8.7\n" {
		t.Errorf("its data is %v, and dig printed %q", data, printed(all, "client"))
	}
}

// checkIperf: one connection for what both have to tell each other, one for
// the data. Its packets carry at least what the receiver says that it got, and
// no more than what the sender says that it gave its kernel, which need not have
// sent the last of it. What it measures is not above the wire's rate.
func checkIperf(t *testing.T, all []event.Event) {
	type sum struct {
		Bytes int     `json:"bytes"`
		Rate  float64 `json:"bits_per_second"`
	}
	var report struct {
		End struct {
			Sent     sum `json:"sum_sent"`
			Received sum `json:"sum_received"`
		} `json:"end"`
	}
	if err := json.Unmarshal([]byte(printed(all, "client")), &report); err != nil {
		t.Fatal(err)
	}
	sent, received := report.End.Sent, report.End.Received
	if sent.Rate <= 0 || received.Rate <= 0 || received.Rate > 1.05*iperfRate || received.Bytes*2 < sent.Bytes {
		t.Errorf("iperf3 reports %+v", report.End)
	}
	const cookie = 37 // by which the server knows whose data comes
	found := only(t, all, 2)
	control, data := found[0].said["client"], found[1].said["client"]
	if carried := len(data) - cookie; carried < received.Bytes || carried > sent.Bytes {
		t.Errorf("the data connection's packets carry %d bytes, iperf3 says that %d were received and %d sent", carried, received.Bytes, sent.Bytes)
	}
	if !bytes.Contains(control, []byte(`"tcp":true`)) || !bytes.Equal(control[:cookie], data[:cookie]) {
		t.Errorf("on the control connection the client said %q", control)
	}
}

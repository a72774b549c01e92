//go:build linux && soak

package sandbox_test

import (
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
	seen           []string // payloads, by sender and beginning
	datagrams      bool
}{
	{name: "netcat", needs: "nc", server: "nc -l -N 8080", client: "echo hello | nc -N server 8080", seen: []string{"client hello"}},
	{name: "curl and http.server", needs: "curl", server: "exec python3 -m http.server 8080 --directory /lab", client: "sleep 0.2; curl -s http://server:8080/", seen: []string{"client GET / HTTP/1.1", "server HTTP/1.0 200 OK"}},
	{name: "redis", needs: "redis-server", server: "cd /tmp; exec redis-server --port 6379 --protected-mode no --save '' --daemonize no", client: "redis-cli -h server ping", seen: []string{`client *1\r\n$4\r\nping`, `server +PONG`}},
	{
		name: "nginx", needs: "nginx",
		server: "mkdir -p /tmp/n; printf 'pid /tmp/n/pid; error_log stderr; daemon off; master_process off; events {} http { access_log off; client_body_temp_path /tmp/n; proxy_temp_path /tmp/n; fastcgi_temp_path /tmp/n; uwsgi_temp_path /tmp/n; scgi_temp_path /tmp/n; server { listen 8080; location / { return 200 hello; } } }' > /tmp/n/conf; exec nginx -c /tmp/n/conf",
		client: "curl -s http://server:8080/ http://server:8080/again", seen: []string{"client GET / HTTP/1.1", "server HTTP/1.1 200 OK", "client GET /again HTTP/1.1"},
	},
	{
		name: "OpenSSH", needs: "sshd",
		server: "ssh-keygen -q -t ed25519 -N '' -f /tmp/key; printf 'Port 2222\\nHostKey /tmp/key\\nPidFile none\\n' > /tmp/conf; exec /usr/sbin/sshd -D -e -f /tmp/conf",
		client: "ssh-keyscan -p 2222 -t ed25519 server", seen: []string{"server SSH-2.0-OpenSSH", "client SSH-2.0-OpenSSH"},
	},
	{
		name: "dig and dnsmasq", needs: "dig", datagrams: true,
		server: "exec dnsmasq -k -p 5353 --no-hosts --no-resolv --address=/course.example/10.9.8.7 --pid-file= --user=learner --group=learner -C /dev/null",
		client: "dig +short +tries=10 +timeout=1 -p 5353 @10.0.0.2 course.example", seen: nil,
	},
	{name: "iperf3", needs: "iperf3", server: "exec iperf3 -s -1 -p 5201", client: "iperf3 -c server -p 5201 -n 200K", wire: event.Wire{Delay: 2 * time.Millisecond}, seen: []string{}},
}

// TestPeers runs programs of others, unmodified, on the wire.
func TestPeers(t *testing.T) {
	for _, p := range peers {
		t.Run(p.name, func(t *testing.T) {
			if _, err := exec.LookPath(p.needs); err != nil {
				t.Fatalf("%s is needed: make soak installs it", p.needs)
			}
			call := "listen"
			if p.datagrams {
				call = "bind"
			}
			p.wire.Mode = event.Flow
			l := &lab.Lab{Name: "peers", Topology: lab.Wire, Start: lab.Run, Wire: p.wire, Programs: []lab.Program{
				{Name: "server", Host: "server", Command: []string{"sh", "-c", p.server}},
				{Name: "client", Host: "client", Command: []string{"sh", "-c", p.client}, After: &lab.After{Program: "server", Call: call}},
			}}
			l.Limits.Processes = 200
			all := run(t, l, func(s *sandbox.Sandbox, e event.Event) {
				if e.Kind == event.KindExit && e.Program == "client" {
					s.Stop(event.EndStopped)
				}
			})
			if e := exit(t, all, "client"); e.Code == nil || *e.Code != 0 {
				t.Errorf("the client: %+v", e)
			}
			checkPeers(t, all, p.datagrams, p.seen)
			if t.Failed() {
				t.Log(printed(all, "server"), printed(all, "client"))
			}
		})
	}
}

func checkPeers(t *testing.T, all []event.Event, datagrams bool, seen []string) {
	t.Helper()
	var opening, payloads []string
	for _, e := range all {
		if e.Kind != event.KindPacket || e.Phase != event.PhaseSent {
			continue
		}
		if e.Summary.Proto == "TCP" && len(opening) < 3 {
			opening = append(opening, e.From+" "+strings.Join(e.Summary.Flags, ","))
		}
		if e.Summary.Text != "" {
			payloads = append(payloads, e.From+" "+e.Summary.Text)
		}
	}
	if want := []string{"client SYN", "server SYN,ACK", "client ACK"}; !datagrams && !slices.Equal(opening, want) {
		t.Errorf("it begins with %v", opening)
	}
	for _, want := range seen {
		if !slices.ContainsFunc(payloads, func(p string) bool { return strings.HasPrefix(p, want) }) {
			t.Errorf("nobody sent %q among %q", want, payloads)
		}
	}
	if len(payloads) == 0 {
		t.Error("nobody sent anything")
	}
}

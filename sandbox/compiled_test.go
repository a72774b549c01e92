//go:build linux

package sandbox_test

import (
	"strings"
	"testing"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

const serverC = `#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
	int s = socket(AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(8080)};
	bind(s, (struct sockaddr *)&a, sizeof a);
	listen(s, 1);
	int c = accept(s, NULL, NULL);
	char buf[100];
	int n = recv(c, buf, sizeof buf, 0);
	for (int i = 0; i < n; i++)
		buf[i] ^= ' ';
	send(c, buf, n, 0);
	printf("served %d bytes\n", n);
	return 0;
}
`

const clientGo = `package main

import (
	"context"
	"fmt"
	"net"
)

func main() {
	var d net.Dialer
	d.SetMultipathTCP(false)
	c, err := d.DialContext(context.Background(), "tcp", "server:8080")
	if err != nil {
		fmt.Println(err)
		return
	}
	c.Write([]byte("hello"))
	b := make([]byte, 100)
	n, err := c.Read(b)
	fmt.Printf("%q %v\n", b[:n], err)
	c.Close()
}
`

// written is the echo lab with a server in C and a client in Go.
func written(server, client string) *lab.Lab {
	l := echo(lab.Wire)
	l.Programs[0].File, l.Programs[0].Source = "server.c", []byte(server)
	l.Programs[1].File, l.Programs[1].Source = "client.go", []byte(client)
	return l
}

func TestCAndGo(t *testing.T) {
	tool(t, "cc")
	tool(t, "go")
	all := run(t, written(serverC, clientGo), nil)
	finished(t, all)
	if got := printed(all, "server"); got != "served 5 bytes\n" {
		t.Errorf("server printed %q", got)
	}
	if got := printed(all, "client"); got != "\"HELLO\" <nil>\n" {
		t.Errorf("client printed %q", got)
	}
	var names []string
	for _, e := range all {
		switch {
		case e.Kind == event.KindCall && e.Phase == event.PhaseEnter && e.Program == "server":
			names = append(names, e.Name)
		case e.Kind == event.KindCall && e.Program == "client" && e.Name == "nanosleep", e.Signal == "SIGURG":
			t.Errorf("Go's runtime is told of: %+v", e)
		}
	}
	if got, want := strings.Join(names, " "), "socket bind listen accept recvfrom sendto exit_group"; got != want {
		t.Errorf("server called %s, want %s", got, want)
	}
}

func TestCompileErrors(t *testing.T) {
	tool(t, "cc")
	tool(t, "go")
	all := run(t, written("int main(void)\n{\n\treturn nothing;\n}\n", "package main\n\nfunc main() {\n\tnothing()\n}\n"), nil)
	finished(t, all)
	for program, want := range map[string]struct {
		line  int
		error string
	}{"server": {3, "nothing"}, "client": {4, "undefined: nothing"}} {
		got := exit(t, all, program)
		if got.Line != want.line || !strings.Contains(got.Error, want.error) || got.Code == nil || *got.Code != 1 {
			t.Errorf("%s: exit %+v, want %q at line %d", program, got, want.error, want.line)
		}
		if !strings.Contains(printed(all, program), want.error) {
			t.Errorf("%s printed %q", program, printed(all, program))
		}
	}
}

// TestCompilerIsConfined has the compiler asked for files of the machine, and
// for more than it may take.
func TestCompilerIsConfined(t *testing.T) {
	tool(t, "cc")
	for name, source := range map[string]string{
		"file of the machine": "#include \"/etc/shadow\"\nint main(void) { return 0; }\n",
		"endless":             "#include __FILE__\n",
		"memory":              "int main(void) { return 0; }\nchar all[1ul << 40] = {1};\n",
	} {
		t.Run(name, func(t *testing.T) {
			l := alone("")
			l.Programs[0].File, l.Programs[0].Source = "server.c", []byte(source)
			all := run(t, l, nil)
			finished(t, all)
			if got := exit(t, all, "server"); got.Code == nil || *got.Code != 1 {
				t.Errorf("exit %+v", got)
			}
		})
	}
}

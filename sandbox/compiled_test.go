//go:build linux

package sandbox_test

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

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
	var names, lines []string
	for _, e := range all {
		switch {
		case e.Kind == event.KindCall && e.Phase == event.PhaseEnter && e.Program == "server":
			names = append(names, e.Name)
			lines = append(lines, strconv.Itoa(e.Line))
		case e.Kind == event.KindCall && e.Program == "client" && e.Name == "nanosleep", e.Signal == "SIGURG":
			t.Errorf("Go's runtime is told of: %+v", e)
		case e.Kind == event.KindCall && e.Program == "client" && (e.Name == "epoll_ctl" && e.Errno == "EPERM" || resolving(&e)):
			t.Errorf("Go's library is told of, which resolves a name: %+v", e)
		}
	}
	if got, want := strings.Join(names, " "), "socket bind listen accept recvfrom sendto exit_group"; got != want {
		t.Errorf("server called %s, want %s", got, want)
	}
	if got, want := strings.Join(lines, " "), "8 10 11 12 14 17 0"; got != want {
		t.Errorf("server's lines %s, want %s", got, want)
	}
	// connect is made by a goroutine of Go's library, which no line started.
	for name, want := range map[string]int{"write": 17, "read": 19, "close": 21} {
		if got := lineOf(all, "client", name); got != want {
			t.Errorf("client calls %s at line %d, want %d", name, got, want)
		}
	}
}

// TestGoKnowsNothingOfTheMachine: a program in Go is compiled without what the
// one who runs the server has set and written.
func TestGoKnowsNothingOfTheMachine(t *testing.T) {
	tool(t, "go")
	tmp, machine := t.TempDir(), t.TempDir()
	write := func(path, text string) {
		t.Helper()
		path = filepath.Join(machine, path)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	const secret = "package secret\n\nconst Word = \"4711\"\n"
	write("src/secret/secret.go", secret)
	write("go.mod", "module operator\n")
	write("secret/secret.go", secret)
	write("tmp/.keep", "")
	write("env", "GOEXPERIMENT=nosuchexperiment\n")
	t.Setenv("GOPATH", machine)
	t.Setenv("GOFLAGS", "-nosuchflag")
	for _, tt := range []struct{ name, tmp, path string }{
		{"GOPATH", tmp, "secret"},
		{"beside", filepath.Join(machine, "tmp"), "../../secret"},
		{"a module around", filepath.Join(machine, "tmp"), "operator/secret"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv("TMPDIR", tt.tmp)
			all := run(t, aloneGo("package main\n\nimport secret \""+tt.path+"\"\n\nfunc main() { println(secret.Word) }\n"), nil)
			finished(t, all)
			if got := exit(t, all, "server"); got.Line != 3 || strings.Contains(printed(all, "server"), machine) {
				t.Errorf("it printed %q, and ended with %q at line %d", printed(all, "server"), got.Error, got.Line)
			}
		})
	}
	t.Run("settings", func(t *testing.T) {
		t.Setenv("GOENV", filepath.Join(machine, "env"))
		all := run(t, aloneGo("package main\n\nfunc main() { println(min(4711, 5000)) }\n"), nil)
		finished(t, all)
		if got := printed(all, "server"); got != "4711\n" {
			t.Errorf("it printed %q", got)
		}
	})
}

// TestGoWithoutAHome: who has no home, such as nobody, compiles too, and keeps
// nothing.
func TestGoWithoutAHome(t *testing.T) {
	tool(t, "go")
	t.Setenv("HOME", "/proc/none")
	t.Setenv("XDG_CACHE_HOME", "")
	t.Setenv("GOCACHE", "")
	all := run(t, aloneGo("package main\n\nfunc main() { println(4712) }\n"), nil)
	finished(t, all)
	if got := printed(all, "server"); got != "4712\n" {
		t.Errorf("it printed %q", got)
	}
}

// aloneGo is a lab of one program in Go.
func aloneGo(source string) *lab.Lab {
	l := alone(source)
	l.Programs[0].File = "server.go"
	return l
}

// resolving says whether a call makes or uses a socket of UDP.
func resolving(e *event.Event) bool {
	args := strings.Join(e.Args, " ")
	return strings.Contains(args, "SOCK_DGRAM") || strings.Contains(args, "htons(53)")
}

// lineOf is the line of the last call of a name.
func lineOf(all []event.Event, program, name string) (line int) {
	for _, e := range all {
		if e.Kind == event.KindCall && e.Program == program && e.Name == name && e.Phase == event.PhaseEnter {
			line = e.Line
		}
	}
	return line
}

// deepC calls from deep inside the C library, from a thread, and from a
// function of its own.
const deepC = `#include <netdb.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

static void shut(int fd)
{
	shutdown(fd, SHUT_WR);
}

static void *run(void *fd)
{
	char b[64];
	printf("%zd\n", read(*(int *)fd, b, sizeof b));
	return NULL;
}

int main(void)
{
	int s[2];
	socketpair(AF_UNIX, SOCK_STREAM, 0, s);
	FILE *f = fdopen(s[0], "w");
	fprintf(f, "%s %d %f\n", "deep", 7, 1.5);
	fflush(f);
	pthread_t t;
	pthread_create(&t, NULL, run, s + 1);
	pthread_join(t, NULL);
	shut(s[0]);
	return 0;
}
`

func TestLinesOfC(t *testing.T) {
	l := alone("")
	l.Programs[0].File, l.Programs[0].Source = "server.c", []byte(deepC)
	all := run(t, l, nil)
	finished(t, all)
	for name, want := range map[string]int{"socketpair": 22, "write": 25, "clone": 27, "read": 15, "shutdown": 9} {
		if got := lineOf(all, "server", name); got != want {
			t.Errorf("%s is called at line %d, want %d", name, got, want)
		}
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

// TestCompilerIsConfined has the compiler asked for files of the machine, for
// more than it may take, and for what it says itself, which it would wait for.
func TestCompilerIsConfined(t *testing.T) {
	tool(t, "cc")
	for name, source := range map[string]string{
		"file of the machine": "#include \"/etc/shadow\"\nint main(void) { return 0; }\n",
		"endless":             "#include __FILE__\n",
		"memory":              "int main(void) { return 0; }\nchar all[1ul << 40] = {1};\n",
		"itself":              "#include \"/dev/stderr\"\nint main(void) { return 0; }\n",
	} {
		t.Run(name, func(t *testing.T) {
			l := alone("")
			l.Programs[0].File, l.Programs[0].Source = "server.c", []byte(source)
			l.Limits.Time = 5 * time.Second
			all := run(t, l, nil)
			finished(t, all)
			if got := exit(t, all, "server"); got.Code == nil || *got.Code != 1 {
				t.Errorf("exit %+v", got)
			}
		})
	}
}

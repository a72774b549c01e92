package frames

import (
	"bufio"
	"bytes"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// conn is a connection on which a log reads along. What passes is not
// changed.
type conn struct {
	net.Conn
	log    *Log
	number int

	in  scanner // used by the one who reads
	mu  sync.Mutex
	out scanner // guarded by mu
	// head is the beginning of the response, until it is complete.
	head    []byte
	open    *Open // nil once it has been told
	closing sync.Once
}

// Along is w, except that l reads along on the connection once it has been
// upgraded for r.
func (l *Log) Along(w http.ResponseWriter, r *http.Request) http.ResponseWriter {
	return &along{w, r, l}
}

type along struct {
	http.ResponseWriter
	request *http.Request
	log     *Log
}

// Hijack implements [http.Hijacker].
func (a *along) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	below, rw, err := http.NewResponseController(a.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	return a.log.follow(below, a.request), rw, nil
}

func (l *Log) follow(below net.Conn, r *http.Request) *conn {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.conns++
	c := &conn{Conn: below, log: l, number: l.conns}
	c.open = &Open{Local: below.LocalAddr().String(), Remote: below.RemoteAddr().String(), Request: request(r)}
	l.current = c
	return c
}

// request is r as lines. The order of its headers is not known any more, and
// by which cookie the server knows a browser is nobody's business.
func request(r *http.Request) []string {
	lines := []string{"Host: " + r.Host}
	for name, values := range r.Header {
		for _, v := range values {
			if name == "Cookie" {
				v = "…"
			}
			lines = append(lines, name+": "+v)
		}
	}
	slices.Sort(lines)
	return append([]string{r.Method + " " + r.URL.RequestURI() + " " + r.Proto}, lines...)
}

// Read implements [net.Conn].
func (c *conn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.tell(Browser, c.in.scan(p[:n]))
	return n, err
}

// Write implements [net.Conn].
func (c *conn) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tell(Server, c.out.scan(c.answered(p[:n])))
	return n, err
}

// answered keeps what belongs to the response, tells of the upgrade when it
// is complete, and returns what follows it.
func (c *conn) answered(p []byte) []byte {
	if c.open == nil {
		return p
	}
	c.head = append(c.head, p...)
	head, rest, complete := bytes.Cut(c.head, []byte("\r\n\r\n"))
	if !complete {
		return nil
	}
	c.open.Response = strings.Split(string(head), "\r\n")
	c.log.add(Report{Conn: c.number, Open: c.open})
	c.open, c.head = nil, nil
	return rest
}

func (c *conn) tell(from string, all []Frame) {
	for _, f := range all {
		c.log.add(Report{Conn: c.number, From: from, Frame: &f})
	}
}

// Close implements [net.Conn].
func (c *conn) Close() error {
	c.closing.Do(func() {
		c.log.mu.Lock()
		if c.log.current == c {
			c.log.current = nil
		}
		c.log.mu.Unlock()
		c.log.add(Report{Conn: c.number, Closed: true})
	})
	return c.Conn.Close()
}

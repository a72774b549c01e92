// Package frames reads along on a WebSocket: its upgrade, its frames as they
// are on the wire, and what the kernel knows of the connection below them.
package frames

import (
	"slices"
	"sync"
	"time"
)

// Report is one thing that was read. Exactly one of Open, Frame, TCP and
// Closed is there.
type Report struct {
	Conn   int    `json:"conn"`           // the number of the connection: one that is lost is made again
	T      int64  `json:"t"`              // nanoseconds since the log was begun
	From   string `json:"from,omitempty"` // of a frame: Browser or Server
	Open   *Open  `json:"open,omitempty"`
	Frame  *Frame `json:"frame,omitempty"`
	TCP    *TCP   `json:"tcp,omitempty"`
	Closed bool   `json:"closed,omitempty"` // the server has closed the connection below
}

// Ends of a connection.
const (
	Browser = "browser"
	Server  = "server"
)

// Open is a connection that became a WebSocket.
type Open struct {
	Local    string   `json:"local"`  // the server's address
	Remote   string   `json:"remote"` // the browser's, or that of what stands between
	Request  []string `json:"request"`
	Response []string `json:"response"`
}

// TCP is what the kernel knows of the connection: some of tcp_info, tcp(7).
type TCP struct {
	State         string `json:"state"`
	RTT           int64  `json:"rtt"`  // nanoseconds, smoothed
	RTO           int64  `json:"rto"`  // nanoseconds
	CWND          uint32 `json:"cwnd"` // segments
	MSS           uint32 `json:"mss"`  // bytes
	SegsOut       uint32 `json:"segs_out"`
	SegsIn        uint32 `json:"segs_in"`
	BytesAcked    uint64 `json:"bytes_acked"`
	BytesReceived uint64 `json:"bytes_received"`
	Retrans       uint32 `json:"retrans"`
}

// kept is how many reports a log keeps; the oldest go first, but an Open not
// before the Closed of its connection.
const kept = 400

// Log is what was read of the WebSockets of one page, one after another.
type Log struct {
	mu      sync.Mutex
	began   time.Time
	conns   int
	current *conn
	reports []Report
	gone    int      // how many reports were before these
	opens   []Report // of those: each Open whose Closed is not among them
	changed chan struct{}
	users   int // guarded by Logs.mu
}

// Next is the reports from the given one on, counted from 0, the number of
// the one to ask for next, and what is closed when there are more. From 0 on
// they begin with each Open that is kept longer than others.
func (l *Log) Next(from int) (reports []Report, next int, changed <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.changed == nil {
		l.changed = make(chan struct{})
	}
	skip := min(max(0, from-l.gone), len(l.reports))
	if from == 0 {
		reports = append(reports, l.opens...)
	}
	return append(reports, l.reports[skip:]...), l.gone + len(l.reports), l.changed
}

// Sample asks the kernel for the connection that is open now; nil when there
// is none, or on a system where it cannot be asked.
func (l *Log) Sample() *Report {
	l.mu.Lock()
	c := l.current
	l.mu.Unlock()
	if c == nil {
		return nil
	}
	info := sample(c.Conn)
	if info == nil {
		return nil
	}
	return &Report{Conn: c.number, T: l.now(), TCP: info}
}

func (l *Log) now() int64 { return time.Since(l.began).Nanoseconds() }

func (l *Log) add(r Report) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r.T = l.now()
	l.reports = append(l.reports, r)
	if over := len(l.reports) - kept; over > 0 {
		for _, old := range l.reports[:over] {
			l.drop(old)
		}
		l.reports = append([]Report(nil), l.reports[over:]...)
		l.gone += over
	}
	if l.changed != nil {
		close(l.changed)
		l.changed = nil
	}
}

// drop lets go of the oldest report. An Open goes when its Closed does.
func (l *Log) drop(old Report) {
	switch {
	case old.Open != nil:
		l.opens = append(l.opens, old)
	case old.Closed:
		l.opens = slices.DeleteFunc(l.opens, func(o Report) bool { return o.Conn == old.Conn })
	}
}

// Logs are the logs that somebody uses, by the name of the run whose page
// the WebSockets belong to.
type Logs struct {
	mu   sync.Mutex
	logs map[string]*Log
}

// Open is the log of this name, a new one when nobody uses it. It must be
// closed when it is no longer used.
func (s *Logs) Open(name string) (l *Log, done func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.logs == nil {
		s.logs = map[string]*Log{}
	}
	if l = s.logs[name]; l == nil {
		l = &Log{began: time.Now()}
		s.logs[name] = l
	}
	l.users++
	return l, sync.OnceFunc(func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if l.users--; l.users == 0 {
			delete(s.logs, name)
		}
	})
}

package site

import (
	"net"
	"net/http"
	"sync"

	"golang.org/x/time/rate"
)

// How often one client may start a sandbox.
const (
	startsPerSecond = 1
	startsAtOnce    = 10
	maxClients      = 4096 // that are remembered
)

// limiter counts what each client starts.
type limiter struct {
	mu      *sync.Mutex
	clients map[string]*rate.Limiter
}

func newLimiter() limiter { return limiter{new(sync.Mutex), map[string]*rate.Limiter{}} }

// allow says whether the client of r may start one more. Behind a proxy all
// are one client: headers that name another can be made up.
func (l limiter) allow(r *http.Request) bool {
	client, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		client = r.RemoteAddr
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.clients) >= maxClients {
		clear(l.clients)
	}
	bucket := l.clients[client]
	if bucket == nil {
		bucket = rate.NewLimiter(startsPerSecond, startsAtOnce)
		l.clients[client] = bucket
	}
	return bucket.Allow()
}

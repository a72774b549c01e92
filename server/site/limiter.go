package site

import (
	"net"
	"net/http"
	"sync"

	"golang.org/x/time/rate"
)

// How often one client may start a sandbox, and have something kept, or a
// run. Behind a proxy all are one client: headers that name another can be made up.
const (
	startsPerSecond = 1
	startsAtOnce    = 10
	keepsPerSecond  = 20
	keepsAtOnce     = 400
	linksPerSecond  = 0.5
	linksAtOnce     = 60
	maxClients      = 4096 // that are remembered
)

// limiter counts what each client asks for.
type limiter struct {
	perSecond rate.Limit
	atOnce    int

	mu      sync.Mutex
	clients map[string]*rate.Limiter
}

func newLimiter(perSecond rate.Limit, atOnce int) *limiter {
	return &limiter{perSecond: perSecond, atOnce: atOnce, clients: map[string]*rate.Limiter{}}
}

// allow says whether the client of r may ask for one more.
func (l *limiter) allow(r *http.Request) bool {
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
		bucket = rate.NewLimiter(l.perSecond, l.atOnce)
		l.clients[client] = bucket
	}
	return bucket.Allow()
}

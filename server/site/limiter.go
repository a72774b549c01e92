package site

import (
	"net/http"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// How often one client may start a sandbox, and have something kept, or a
// run. A class behind one address, or all the world behind a proxy, are one
// client: headers that name another can be made up. Who may not start a
// sandbox at this moment stands in the line.
const (
	startsPerSecond = 4
	startsAtOnce    = 40
	keepsPerSecond  = 20
	keepsAtOnce     = 400
	linksPerSecond  = 0.5
	linksAtOnce     = 60
	linkedPerSecond = 2 << 10  // bytes of the runs, packed: a day's are 170 MiB
	linkedAtOnce    = 32 << 20 // where [Config] does not say
	maxClients      = 4096     // that are remembered
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

// client is where a request comes from: an address of IPv4, or the network of
// 64 bits that one who has IPv6 has for themselves.
func client(r *http.Request) string {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	address, bits := from.Addr().Unmap().WithZone(""), 32
	if address.Is6() {
		bits = 64
	}
	return netip.PrefixFrom(address, bits).Masked().String()
}

// allow says whether the client of r may ask for one more.
func (l *limiter) allow(r *http.Request) bool { return l.allowN(r, 1) }

// allowN says whether the client of r may ask for n more.
func (l *limiter) allowN(r *http.Request, n int) bool {
	client := client(r)
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
	return bucket.AllowN(time.Now(), n)
}

package web

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"fivetuple/sandbox/event"
)

// Short names and figures, as static/stage/labels.js writes them.

// fold is how long idle time is before it is told (FOLD of layout.js).
const fold = 700 * time.Millisecond

// seconds is idle time as a number of seconds, roughly.
func seconds(d time.Duration) string {
	if d >= 10*time.Second {
		return strconv.FormatInt(int64(d.Round(time.Second)/time.Second), 10)
	}
	return figure(d.Round(time.Second/10).Seconds(), 1)
}

// span is a time in three figures and a unit.
func span(d time.Duration) string {
	switch ns := float64(d); {
	case d == 0:
		return "0 ms"
	case d < time.Microsecond:
		return strconv.FormatInt(int64(d), 10) + " ns"
	case d < time.Millisecond:
		return three(ns/1e3) + " µs"
	case d < time.Second:
		return three(ns/1e6) + " ms"
	default:
		return three(ns/1e9) + " s"
	}
}

// three writes a number of at least 1 in three figures, or as a whole one.
func three(n float64) string {
	if n >= 100 {
		return strconv.FormatFloat(math.Floor(n+0.5), 'f', 0, 64)
	}
	up := math.Nextafter(n, math.Inf(1)) // a half is rounded up, not to the even figure
	short, _ := strconv.ParseFloat(strconv.FormatFloat(up, 'g', 3, 64), 64)
	return strconv.FormatFloat(short, 'f', -1, 64)
}

// figure writes a number with at most so many decimals.
func figure(n float64, decimals int) string {
	return strings.TrimRight(strings.TrimRight(strconv.FormatFloat(n, 'f', decimals, 64), "0"), ".")
}

// rate is bits a second with a unit.
func rate(bits int64) string {
	for _, u := range []struct {
		size float64
		name string
	}{{1e9, "Gbit/s"}, {1e6, "Mbit/s"}, {1e3, "kbit/s"}} {
		if n := float64(bits) / u.size; n >= 1 {
			return figure(n, 1) + " " + u.name
		}
	}
	return strconv.FormatInt(bits, 10) + " bit/s"
}

// join is all parts that are not empty, with a separator between them.
func join(separator string, parts ...string) string {
	var all []string
	for _, p := range parts {
		if p != "" {
			all = append(all, p)
		}
	}
	return strings.Join(all, separator)
}

// derived is the mark of what could not be captured.
func derived(yes bool) string {
	if yes {
		return "≈ "
	}
	return ""
}

// name is the flags of a packet, or its protocol.
func name(s event.Summary) string {
	if len(s.Flags) > 0 {
		return strings.Join(s.Flags, "+")
	}
	return s.Proto
}

// A port and an address as strace writes them.
var (
	portForm    = regexp.MustCompile(`htons\((\d+)\)`)
	addressForm = regexp.MustCompile(`inet_(?:addr\(|pton\(AF_INET6, )"([^"]+)"`)
	pathForm    = regexp.MustCompile(`sun_path=(@?"[^"]*")`)
)

// address is a socket address short, empty for any other argument.
func address(arg string) string {
	port, ip := portForm.FindStringSubmatch(arg), addressForm.FindStringSubmatch(arg)
	if port != nil && ip != nil {
		if strings.Contains(ip[1], ":") {
			return "[" + ip[1] + "]:" + port[1]
		}
		return ip[1] + ":" + port[1]
	}
	if path := pathForm.FindStringSubmatch(arg); path != nil {
		return path[1]
	}
	return ""
}

// shortArgs are the arguments of a call that a reader wants to see first.
func shortArgs(e *event.Event) []string {
	arg := func(i int) string {
		if i < len(e.Args) {
			return e.Args[i]
		}
		return ""
	}
	returned := e.Phase == event.PhaseReturn
	switch e.Name {
	case "socket":
		domain, _, _ := strings.Cut(arg(0), "|")
		kind, _, _ := strings.Cut(arg(1), "|")
		return []string{domain, kind}
	case "connect", "bind":
		if a := address(arg(1)); a != "" {
			return []string{arg(0), a}
		}
		return []string{arg(0), arg(1)}
	case "accept", "accept4", "getsockname", "getpeername":
		return some(arg(0), address(arg(1)))
	case "sendto":
		return some(arg(0), arg(1), address(arg(4)))
	case "recvfrom":
		if returned && e.Errno == "" {
			return some(arg(0), arg(1), address(arg(4)))
		}
		return []string{arg(0), arg(2)}
	case "read":
		if returned {
			return []string{arg(0), arg(1)}
		}
		return []string{arg(0), arg(2)}
	case "write", "listen", "shutdown":
		return []string{arg(0), arg(1)}
	case "setsockopt", "getsockopt":
		return []string{arg(0), arg(2), arg(3)}
	case "clock_nanosleep":
		if arg(1) == "TIMER_ABSTIME" {
			return nil
		}
		return []string{arg(2)}
	case "clone", "clone3":
		return nil
	}
	return e.Args
}

// some is the arguments that are not empty.
func some(args ...string) (all []string) {
	for _, a := range args {
		if a != "" {
			all = append(all, a)
		}
	}
	return all
}

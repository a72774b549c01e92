package web

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"fivetuple/sandbox/event"
)

// teller says in sentences what happened in a run, as the stage's narrative
// (static/stage/narrative.js) does, for readers without scripts.
type teller struct {
	words   map[string]string // of the stage
	blocked map[uint64]bool   // calls that slept
}

// told are calls whose quick return is worth a sentence.
var told = []string{
	"socket", "bind", "listen", "accept", "accept4", "connect", "shutdown", "close", "sendto", "send",
	"recvfrom", "recv", "read", "write", "sendmsg", "recvmsg", "dup",
}

// say is the sentence with this key; values are names and what stands for
// them.
func (t *teller) say(key string, values ...string) string {
	for i := 0; i+1 < len(values); i += 2 {
		values[i] = "{" + values[i] + "}"
	}
	return strings.NewReplacer(values...).Replace(t.words[key])
}

// sentence says what an event told; it is empty when that is not worth a
// sentence.
func (t *teller) sentence(e *event.Event) string {
	switch {
	case e.Kind == event.KindStart:
		return t.words["say-start"]
	case e.Kind == event.KindCall:
		return t.call(e)
	case e.Kind == event.KindPacket && e.Summary != nil:
		return t.packet(e)
	case e.Kind == event.KindState && e.Socket != nil:
		return t.state(e)
	case e.Kind == event.KindPrint:
		return t.say("say-print", "program", e.Program, "text", strings.TrimSpace(e.Text))
	case e.Kind == event.KindInput:
		return t.say("say-input", "program", e.Program, "text", e.Text)
	case e.Kind == event.KindExit:
		return t.say("say-exit", "program", e.Program, "how", t.exit(e))
	case e.Kind == event.KindEnd && e.Cause != nil:
		return t.say("say-end", "why", t.words["end-"+string(e.Cause.End)])
	}
	return ""
}

func (t *teller) call(e *event.Event) string {
	name := fmt.Sprintf("%s(%s)", e.Name, strings.Join(shortArgs(e), ", "))
	switch {
	case e.Phase == event.PhaseBlocked:
		t.blocked[e.Call] = true
		return t.say("say-call-blocked", "program", e.Program, "call", name, "wchan", e.Wchan)
	case e.Phase != event.PhaseReturn:
		return ""
	case e.Errno != "":
		return t.say("say-call-error", "program", e.Program, "call", name, "errno", e.Errno)
	case e.Result == nil || !slices.Contains(told, e.Name):
		return ""
	}
	key := "say-call-return"
	if t.blocked[e.Call] {
		key = "say-call-return-after"
	}
	return t.say(key, "program", e.Program, "call", name, "result", fmt.Sprintf("= %d", *e.Result), "took", time.Duration(e.Duration).Round(time.Microsecond).String())
}

func (t *teller) packet(e *event.Event) string {
	s := e.Summary
	packet := strings.Join(s.Flags, "+")
	switch {
	case s.Proto == "UDP":
		packet = t.say("datagram", "n", fmt.Sprint(s.Len))
	case packet == "":
		packet = s.Proto
	case s.Len > 0:
		packet += " (" + t.say("bytes", "n", fmt.Sprint(s.Len)) + ")"
	}
	key := "say-packet-" + string(e.Phase)
	if e.Phase == event.PhaseSent && e.Again != 0 {
		key = "say-packet-again"
	}
	return t.say(key, "from", cmp.Or(e.From, s.Src), "to", cmp.Or(e.To, s.Dst), "packet", packet, "reason", t.words["reason-"+e.Reason])
}

func (t *teller) state(e *event.Event) string {
	if e.Socket.Proto != "tcp" || e.From == e.To || e.From == "CLOSE" && e.To == "" || e.From == "" && e.To == "CLOSE" {
		return ""
	}
	key := "say-state"
	switch {
	case e.To == "":
		key = "say-state-gone"
	case e.From == "":
		key = "say-state-new"
	}
	socket := e.Socket.Local
	if e.Socket.Remote != "" {
		socket += " → " + e.Socket.Remote
	}
	return t.say(key, "host", e.Host, "from", stateName(e.From), "to", stateName(e.To), "socket", socket)
}

func (t *teller) exit(e *event.Event) string {
	switch {
	case e.Limit != "":
		return t.words["limit-"+string(e.Limit)]
	case e.Signal != "":
		return t.say("exit-signal", "signal", e.Signal)
	case e.Error != "" && e.Line > 0:
		return t.say("exit-error-line", "error", e.Error, "line", fmt.Sprint(e.Line))
	case e.Error != "":
		return t.say("exit-error", "error", e.Error)
	case e.Code != nil:
		return t.say("exit-code", "code", fmt.Sprint(*e.Code))
	}
	return ""
}

// A port and an address as strace writes them.
var (
	portForm    = regexp.MustCompile(`htons\((\d+)\)`)
	addressForm = regexp.MustCompile(`inet_(?:addr\(|pton\(AF_INET6, )"([^"]+)"`)
)

// shortArgs are a call's arguments, socket addresses as IP:PORT; those that
// say little in a sentence are left out.
func shortArgs(e *event.Event) []string {
	var args []string
	for _, a := range e.Args {
		port, ip := portForm.FindStringSubmatch(a), addressForm.FindStringSubmatch(a)
		if port != nil && ip != nil {
			a = ip[1] + ":" + port[1]
			if strings.Contains(ip[1], ":") {
				a = "[" + ip[1] + "]:" + port[1]
			}
		}
		args = append(args, a)
	}
	keep := len(args)
	switch e.Name {
	case "socket", "connect", "bind", "accept", "accept4", "getsockname", "getpeername", "sendto", "recvfrom", "read", "write", "listen", "shutdown":
		keep = 2
	}
	return args[:min(keep, len(args))]
}

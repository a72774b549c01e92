package web

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"fivetuple/sandbox/event"
)

// teller says in sentences what happened in a run, for readers without
// scripts. It says what the stage's narrative says (static/stage/sentences.js)
// and remembers what the stage's model does; testdata/sentences.json holds
// both to the same.
type teller struct {
	word func(key string) (string, bool) // of the stage

	last    int64                // when the last thing was told
	bands   map[string]string    // what each host's band shows
	sockets map[int]*event.Event // what was last told of each socket
	packets map[uint64]*packet
	flows   map[string]uint32       // the first sequence number of each direction
	tasks   map[int]string          // names of threads and child processes, by number
	open    map[uint64]*event.Event // entries of the calls that have not returned
	begun   map[uint64]bool         // calls of which something has been said
}

// packet is what is known of a packet.
type packet struct {
	first    *event.Event // by which it was first told
	summary  event.Summary
	seq, ack uint32 // counted from the first one of each direction
	made     string // why, when no host sent it
	again    uint64
}

// sentence is one of a run.
type sentence struct {
	seq  uint64 // of the event that told it; 0 of idle time
	t    int64
	kind event.Kind
	text string
}

// idle is the kind of a sentence that says for how long nothing happened.
const idle event.Kind = "idle"

func newTeller(words map[string]string) *teller {
	return &teller{
		word:  func(key string) (string, bool) { s, ok := words[key]; return s, ok },
		bands: map[string]string{}, sockets: map[int]*event.Event{}, packets: map[uint64]*packet{}, flows: map[string]uint32{},
		tasks: map[int]string{}, open: map[uint64]*event.Event{}, begun: map[uint64]bool{},
	}
}

// told is what there is to say of an event, the next one of the run. A call
// is told when it returns or sleeps, and before that when anything else is
// told meanwhile.
func (t *teller) told(e *event.Event) (all []sentence) {
	if said := t.sentence(e); said != "" {
		for _, s := range append(t.unsaid(e), sentence{e.Seq, e.T, e.Kind, said}) {
			all = t.add(all, s)
		}
	}
	if e.Kind == event.KindCall {
		t.follow(e)
	}
	return all
}

// unsaid is the open calls of which nothing has been said, and at the end of
// the run all in which it ends.
func (t *teller) unsaid(e *event.Event) (all []sentence) {
	calls := slices.SortedFunc(maps.Values(t.open), func(a, b *event.Event) int { return cmp.Compare(a.Seq, b.Seq) })
	for _, call := range calls {
		switch {
		case e.Kind == event.KindEnd:
			all = append(all, sentence{call.Seq, e.T, event.KindCall, t.callWords(call, "open")})
		case call.Call != e.Call && !t.begun[call.Call]:
			t.begun[call.Call] = true
			all = append(all, sentence{call.Seq, call.T, event.KindCall, t.callWords(call, "enter")})
		}
	}
	return all
}

// follow keeps which calls are open, and of which something has been said.
func (t *teller) follow(e *event.Event) {
	switch {
	case e.Phase == event.PhaseEnter && !ends(e):
		t.open[e.Call] = e
	case e.Phase == event.PhaseBlocked:
		t.begun[e.Call] = true
	case e.Phase == event.PhaseReturn:
		delete(t.open, e.Call)
	}
}

// ends says whether a call ends the thread that makes it.
func ends(e *event.Event) bool { return e.Name == "exit" || e.Name == "exit_group" }

// add adds a sentence, after one of the time in which nothing happened.
func (t *teller) add(all []sentence, s sentence) []sentence {
	if quiet := time.Duration(s.t - t.last); quiet > fold {
		all = append(all, sentence{0, t.last, idle, t.say("say-idle", "s", seconds(quiet))})
	}
	t.last = max(t.last, s.t)
	return append(all, s)
}

// start takes in the hosts of a run, in the order of their lifelines.
func (t *teller) start(e *event.Event) (names []string) {
	var all []string
	if e.Wire != nil && e.Topology != "loopback" {
		for _, h := range e.Hosts {
			all = append(all, h.Name)
		}
	}
	for _, p := range e.Programs {
		all = append(all, p.Host)
	}
	for _, name := range all {
		if name != "server" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if slices.Contains(all, "server") {
		names = append(names, "server")
	}
	for _, name := range names {
		t.bands[name] = "CLOSE"
	}
	return names
}

// take takes in what an event tells of a packet.
func (t *teller) take(e *event.Event) *packet {
	p := t.packets[e.ID]
	if p == nil {
		p = &packet{first: e}
		t.packets[e.ID] = p
		t.number(p, e.Summary)
	}
	switch e.Phase {
	case event.PhaseMade:
		p.made = e.Reason
	case event.PhaseChanged:
		t.number(p, e.Summary)
	}
	p.again = cmp.Or(e.Again, p.again)
	return p
}

// number takes in a packet's summary, and counts its sequence numbers from
// the first one of each direction.
func (t *teller) number(p *packet, s *event.Summary) {
	if s == nil {
		return
	}
	p.summary = *s
	if s.Seq == nil {
		return
	}
	there, back := s.Src+">"+s.Dst, s.Dst+">"+s.Src
	if known, ok := t.flows[there]; !ok || slices.Contains(s.Flags, "SYN") && known != *s.Seq {
		t.flows[there] = *s.Seq
	}
	p.seq = *s.Seq - t.flows[there]
	if s.Ack != nil {
		p.ack = *s.Ack - t.flows[back] // as it is where nothing came from there
	}
}

// band is the state that the band of a socket's host shows from e on, empty
// when that is the same as before.
func (t *teller) band(e *event.Event) string {
	t.sockets[e.Socket.ID] = e
	if e.To == "" {
		delete(t.sockets, e.Socket.ID)
	}
	state := t.shown(e.Host)
	if t.bands[e.Host] == state {
		return ""
	}
	t.bands[e.Host] = state
	return state
}

// shown is the state of a host's newest connection, else of its newest
// listener, else the kind of its sockets.
func (t *teller) shown(host string) string {
	var tcp, udp, other bool
	connection, listener := 0, 0
	for id, e := range t.sockets {
		switch s := e.Socket; {
		case e.Host != host:
		case s.Proto == "tcp":
			tcp = true
			if s.Remote != "" {
				connection = max(connection, id)
			} else if e.To == "LISTEN" {
				listener = max(listener, id)
			}
		case s.Proto == "udp":
			udp = true
		default:
			other = true
		}
	}
	switch newest := t.sockets[cmp.Or(connection, listener)]; {
	case newest != nil:
		return newest.To
	case tcp:
		return "CLOSE"
	case udp:
		return "UDP"
	case other:
		return "UNIX"
	}
	return "CLOSE"
}

// task is the name of a thread or child process, which it has from its
// beginning.
func (t *teller) task(e *event.Event) string {
	number, kind := cmp.Or(e.TID, e.PID), "P"
	if e.TID != 0 {
		kind = "T"
	}
	if e.Phase == event.PhaseBegan {
		n := 1
		for _, name := range t.tasks {
			if strings.HasPrefix(name, e.Program+" "+kind) {
				n++
			}
		}
		t.tasks[number] = fmt.Sprintf("%s %s%d", e.Program, kind, n)
	}
	return t.tasks[number]
}

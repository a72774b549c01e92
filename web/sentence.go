package web

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"fivetuple/sandbox/event"
)

// say is the sentence with this key, and the key where there is none; values
// are names and what stands for them.
func (t *teller) say(key string, values ...string) string {
	for i := 0; i+1 < len(values); i += 2 {
		values[i] = "{" + values[i] + "}"
	}
	words, ok := t.word(key)
	if !ok {
		words = key
	}
	return strings.NewReplacer(values...).Replace(words)
}

// sentence says what an event told; it is empty when there is nothing to say.
func (t *teller) sentence(e *event.Event) string {
	switch {
	case e.Kind == event.KindStart:
		return t.startWords(e)
	case e.Kind == event.KindCall:
		return t.call(e)
	case e.Kind == event.KindPacket:
		return t.packet(t.take(e), e)
	case e.Kind == event.KindState && e.Socket != nil:
		return t.state(e)
	case e.Kind == event.KindSignal:
		return t.say("say-signal-"+cmp.Or(e.Reason, event.SignalDefault), "program", e.Program, "signal", e.Signal)
	case e.Kind == event.KindTask:
		return t.taskWords(e)
	case e.Kind == event.KindPrint:
		return t.say("say-print", "program", e.Program, "text", strings.TrimSpace(e.Text))
	case e.Kind == event.KindInput:
		return t.say("say-input", "program", e.Program, "text", strings.TrimSpace(e.Text))
	case e.Kind == event.KindExit:
		return t.say("say-exit", "program", e.Program, "how", t.exit(e))
	case e.Kind == event.KindWire && e.Until != nil:
		return t.say("say-until-"+cmp.Or(e.Reason, string(e.Phase)), "until", t.until(e.Until))
	case e.Kind == event.KindWire && e.Wire != nil:
		return derived(e.Derived) + t.wire(e.Wire)
	case e.Kind == event.KindNote:
		return t.note(e)
	case e.Kind == event.KindEnd && e.Cause != nil:
		return t.say("say-end", "why", t.say("end-"+string(e.Cause.End)))
	}
	return ""
}

// startWords names the hosts with their addresses and what their bands show,
// and says how the wire is.
func (t *teller) startWords(e *event.Event) string {
	addrs, hand := map[string]string{}, map[string]bool{}
	for _, h := range e.Hosts {
		addrs[h.Name], hand[h.Name] = strings.Join(h.Addrs[:min(1, len(h.Addrs))], ""), h.Hand
	}
	var hosts []string
	for _, name := range t.start(e) {
		addr, ok := addrs[name]
		if !ok && len(e.Hosts) > 0 {
			addr = addrs[e.Hosts[0].Name] // on loopback all lifelines are one host
		}
		state := stateName(t.bands[name])
		if hand[name] {
			state = "" // a hand has no TCP
		}
		hosts = append(hosts, join(" ", name, addr, state))
	}
	key, wire := "say-start", ""
	if e.Topology == "loopback" {
		key = "say-start-loopback"
	}
	if e.Wire != nil {
		wire = t.wire(e.Wire)
	}
	return join(" ", t.say(key, "hosts", strings.Join(hosts, ", ")), wire)
}

// wire says how the wire is set: its mode and delay, and each fault.
func (t *teller) wire(w *event.Wire) string {
	if w.Mode == event.Hold {
		return t.say("say-wire-hold")
	}
	var faults []string
	for _, f := range []struct {
		name   string
		chance float64
	}{{"loss", w.Loss}, {"duplicate", w.Duplicate}, {"reorder", w.Reorder}, {"corrupt", w.Corrupt}} {
		if f.chance > 0 {
			faults = append(faults, t.say("fault-"+f.name)+" "+figure(f.chance*100, 2)+"%")
		}
	}
	if w.Jitter > 0 {
		faults = append(faults, t.say("fault-jitter")+" ±"+span(w.Jitter))
	}
	if w.Rate > 0 {
		faults = append(faults, t.say("fault-rate")+" "+rate(w.Rate))
	}
	if w.MTU > 0 {
		faults = append(faults, "MTU "+strconv.Itoa(w.MTU))
	}
	if len(w.Cut) > 0 {
		faults = append(faults, t.say("say-wire-cut", "hosts", strings.Join(w.Cut, ", ")))
	}
	said := t.say("say-wire-flow", "delay", span(w.Delay))
	if len(faults) > 0 {
		said += " " + t.say("say-wire-faults", "faults", strings.Join(faults, ", "))
	}
	return said
}

// until says what packets on hold pass until.
func (t *teller) until(u *event.Until) string {
	switch {
	case u.State != "" && u.Host != "":
		return t.say("until-state", "host", u.Host, "state", stateName(u.State))
	case u.State != "":
		return t.say("until-any-state", "state", stateName(u.State))
	}
	var all []string
	for _, c := range []struct {
		set  bool
		name string
	}{{u.Held, "held"}, {len(u.Flags) > 0, "flags"}, {u.Data, "data"}, {u.Again, "again"}, {u.Host != "", "host"}} {
		if c.set {
			all = append(all, t.say("until-"+c.name, "flags", strings.Join(u.Flags, "+"), "host", u.Host))
		}
	}
	return strings.Join(all, ", ")
}

// call says what becomes of a call; its entry is told only when it is the
// last one of its thread.
func (t *teller) call(e *event.Event) string {
	switch {
	case e.Phase == event.PhaseEnter && ends(e):
		return t.callWords(e, "last")
	case e.Phase == event.PhaseEnter:
		return ""
	case e.Phase == event.PhaseBlocked && e.Wchan == "":
		return t.callWords(e, "asleep")
	case e.Phase != event.PhaseReturn:
		return t.callWords(e, string(e.Phase))
	case e.Errno != "":
		return t.callWords(e, "error")
	case e.Result == nil:
		return t.callWords(e, "last")
	case t.begun[e.Call]:
		return t.callWords(e, "return-after")
	}
	return t.callWords(e, "return")
}

func (t *teller) callWords(e *event.Event, what string) string {
	result := ""
	if e.Result != nil {
		result = fmt.Sprintf("= %d", *e.Result)
	}
	return t.say("say-call-"+what, "program", cmp.Or(t.tasks[cmp.Or(e.TID, e.PID)], e.Program), "call", fmt.Sprintf("%s(%s)", e.Name, strings.Join(shortArgs(e), ", ")),
		"wchan", e.Wchan, "result", result, "errno", e.Errno, "took", span(time.Duration(e.Duration)))
}

func (t *teller) packet(p *packet, e *event.Event) string {
	s := p.summary
	values := []string{
		"n", strconv.FormatUint(e.ID, 10), "from", cmp.Or(p.first.From, s.Src), "to", cmp.Or(p.first.To, s.Dst), "again", strconv.FormatUint(p.again, 10),
		"packet", t.packetWords(p), "name", derived(p.first.Derived) + name(s), "reason", t.reason(cmp.Or(e.Reason, "undefined")),
	}
	said := t.say("say-packet-"+string(e.Phase), values...)
	if e.Phase == event.PhaseSent && p.again != 0 {
		return said + " " + t.say("say-packet-again", "again", strconv.FormatUint(p.again, 10))
	}
	return said
}

// packetWords is what the label of a packet in the diagram says: its flags or
// protocol, numbers, length and text.
func (t *teller) packetWords(p *packet) string {
	s := p.summary
	parts := []string{name(s)}
	if s.Proto == "UDP" {
		parts[0] = t.say("datagram", "n", strconv.Itoa(s.Len))
	}
	if s.Seq != nil {
		parts = append(parts, fmt.Sprintf("seq %d", p.seq))
		if s.Ack != nil {
			parts = append(parts, fmt.Sprintf("ack %d", p.ack))
		}
	}
	switch {
	case s.Seq == nil && s.Text != "" && s.Proto == "UDP":
		parts = append(parts, "“"+s.Text+"”")
	case s.Seq == nil && s.Text != "":
		parts = append(parts, s.Text)
	case s.Len > 0 && s.Proto != "UDP":
		parts = append(parts, t.say("bytes", "n", strconv.Itoa(s.Len)))
	}
	return derived(p.first.Derived) + strings.Join(parts, ", ")
}

// reason is why something became of a packet, in words where there are any.
func (t *teller) reason(why string) string {
	return strings.TrimPrefix(t.say("reason-"+why), "reason-")
}

// state says how the state of a socket changes, and what its host's band
// shows from then on when that is something else.
func (t *teller) state(e *event.Event) string {
	said, shown := t.change(e), t.band(e)
	if shown == "" || said != "" && shown == e.To {
		return said
	}
	return join(" ", said, t.say("say-band", "host", e.Host, "state", stateName(shown)))
}

func (t *teller) change(e *event.Event) string {
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
	return t.say(key, "host", e.Host, "from", stateName(e.From), "to", stateName(e.To), "socket", join(" → ", e.Socket.Local, e.Socket.Remote))
}

func (t *teller) taskWords(e *event.Event) string {
	kind, how := "process", e.Signal
	if e.TID != 0 {
		kind = "thread"
	}
	if e.Code != nil && how == "" {
		how = strconv.Itoa(*e.Code)
	}
	_, number, _ := strings.Cut(t.task(e), " ")
	return t.say("say-"+kind+"-"+string(e.Phase), "program", e.Program, "number", cmp.Or(number, strconv.Itoa(cmp.Or(e.TID, e.PID))), "how", how)
}

func (t *teller) exit(e *event.Event) string {
	switch {
	case e.Limit != "":
		return t.say("limit-" + string(e.Limit))
	case e.Signal != "":
		return t.say("exit-signal", "signal", e.Signal)
	case e.Error != "" && e.Line > 0:
		return t.say("exit-error-line", "error", e.Error, "line", strconv.Itoa(e.Line))
	case e.Error != "":
		return t.say("exit-error", "error", e.Error)
	case e.Code != nil:
		return t.say("exit-code", "code", strconv.Itoa(*e.Code))
	}
	return t.say("exit-code")
}

func (t *teller) note(e *event.Event) string {
	if r := e.Refusal; r != nil {
		name := strings.TrimPrefix(t.say("setting-"+r.Setting), "setting-")
		return t.say("refusal-"+string(r.Why), "setting", name, "value", r.Value, "min", r.Min, "max", r.Max, "choices", strings.Join(r.Choices, ", "))
	}
	if _, known := t.word("note-" + e.Text); known {
		return t.say("note-"+e.Text, "error", e.Error)
	}
	return t.say("note-failed", "error", cmp.Or(e.Error, e.Text))
}

// Package strace writes the calls of a run as strace prints them: the text
// has the form of
//
//	strace -f -tt -T -o run.strace …
//
// Each line begins with the thread's number and the time, which counts from
// the start of the run; a call that is still going on when another thread
// has something to say is unfinished and later resumed. Where strace would
// trace everything, here are the calls that the run recorded; the end of a
// program has its line, that of a single thread has none.
//
// Source: strace(1), and the output of strace 6.1.
package strace

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"fivetuple/sandbox/event"
)

// Write writes the calls among events: those of one program, or those of all
// when program is empty.
func Write(w io.Writer, events []event.Event, program string) error {
	p := printer{out: bufio.NewWriter(w), entered: map[uint64]*event.Event{}, returns: returns(events)}
	for i := range events {
		e := &events[i]
		if program != "" && e.Program != program {
			continue
		}
		switch {
		case e.Kind == event.KindCall && e.Phase == event.PhaseEnter:
			p.enter(e)
		case e.Kind == event.KindCall && e.Phase == event.PhaseReturn:
			p.returned(e)
		case e.Kind == event.KindSignal:
			p.begin(e)
			p.print("--- %s %s ---\n", e.Signal, e.Text)
		case e.Kind == event.KindExit:
			p.exit(e)
		}
	}
	p.interrupt()
	return p.out.Flush()
}

// returns are the returns of calls.
func returns(events []event.Event) map[uint64]*event.Event {
	all := map[uint64]*event.Event{}
	for i := range events {
		if e := &events[i]; e.Kind == event.KindCall && e.Phase == event.PhaseReturn {
			all[e.Call] = e
		}
	}
	return all
}

// printer prints calls in the order of their events.
type printer struct {
	out     *bufio.Writer           // keeps its first error until Flush
	entered map[uint64]*event.Event // calls that are going on
	returns map[uint64]*event.Event // how calls will return
	open    *event.Event            // the call whose line is not ended
	column  int                     // how much of that line there is
}

// begin begins a line about the thread of e.
func (p *printer) begin(e *event.Event) {
	p.interrupt()
	thread := e.TID
	if thread == 0 {
		thread = e.PID
	}
	p.column = 0
	p.print("%-5d %s ", thread, time.Unix(0, e.T).UTC().Format("15:04:05.000000"))
}

func (p *printer) print(format string, args ...any) {
	n, _ := fmt.Fprintf(p.out, format, args...)
	p.column += n
}

// interrupt ends the line of a call that is still going on.
func (p *printer) interrupt() {
	if p.open == nil {
		return
	}
	n := atEntry(p.open, p.returns[p.open.Call])
	p.print("%s", strings.Join(p.open.Args[:n], ", "))
	if n > 0 && n < len(p.open.Args) {
		p.print(", ")
	}
	p.print(" <unfinished ...>\n")
	p.open = nil
}

func (p *printer) enter(e *event.Event) {
	p.begin(e)
	p.print("%s(", e.Name)
	if e.Name == "exit" || e.Name == "exit_group" { // which never return
		p.print("%s)", strings.Join(e.Args, ", "))
		p.print("%*s= ?\n", max(1, resultColumn-p.column), "")
		return
	}
	p.open, p.entered[e.Call] = e, e
}

// returned prints the result of a call, and those arguments that its line
// does not have yet.
func (p *printer) returned(e *event.Event) {
	enter := p.entered[e.Call]
	delete(p.entered, e.Call)
	switch {
	case enter == nil: // its entry is not in the recording
		p.begin(e)
		p.print("%s(%s", e.Name, strings.Join(e.Args, ", "))
	case p.open == enter:
		p.print("%s", strings.Join(e.Args, ", "))
	default:
		p.begin(e)
		n := min(atEntry(enter, e), len(e.Args))
		p.print("<... %s resumed>%s", e.Name, strings.Join(e.Args[n:], ", "))
	}
	p.open = nil
	p.print(")")
	p.print("%*s= %s <%d.%06d>\n", max(1, resultColumn-p.column), "", result(e), e.Duration/1e9, e.Duration%1e9/1e3)
}

// resultColumn is where the result of a short call stands.
const resultColumn = 40

// result is what a call returned, with an error's words.
func result(e *event.Event) string {
	var text string
	words, interrupted := restarts[e.Errno]
	switch {
	case interrupted:
		text = "? " + e.Errno + " (" + words + ")"
	case e.Errno != "":
		text = "-1 " + e.Errno
		if words := errors[e.Errno]; words != "" {
			text += " (" + words + ")"
		}
	case e.Result != nil:
		text = fmt.Sprint(*e.Result)
	default:
		text = "?"
	}
	if e.Text != "" {
		text += " " + e.Text
	}
	return text
}

// exit prints how a program ended.
func (p *printer) exit(e *event.Event) {
	if e.Code == nil && e.Signal == "" {
		return
	}
	p.begin(e)
	if e.Signal != "" {
		p.print("+++ killed by %s +++\n", e.Signal)
		return
	}
	p.print("+++ exited with %d +++\n", *e.Code)
}

// Package check runs a lab's checks: functions written in Starlark that say
// of a recording whether what the lab claims came true.
//
// In checks.star every function whose name begins with check_ is called with
// run; its docstring is the claim, and it fails by fail("…"). Every function
// whose name begins with answer_ is called with run and returns what is right
// in this run, or None when the run has not got that far: the key of a choice,
// a number, a list of keys in their order, or a dict of states by end. In the same way break_ functions are called for a run that a step
// of the lesson has set, and grade_ functions for a trial of an exercise. Those
// may fail by mistake("KEY", "…"), too: the key names what is behind it.
// Functions whose names begin with figure_ return what a lesson quotes of a
// run: a whole number, a text, a list of lines, or None when there is none;
// rounded(x, places) makes a text of a number.
//
// run.events is the list of events, with the JSON names of their fields;
// absent fields are None. A packet's data, when it is sent, is the bytes of
// its frame. Packets have src_host and dst_host for from and
// to, states have old and new. These choose from it, in the order of seq:
//
//	run.calls(program=None, name=None, phase="return")
//	run.packets(phase="sent", flags=None, proto=None, src_host=None, reason=None)
//	run.resets(src_host=None)  packets with RST, without those with which a
//	                         kernel answers what brings nothing new
//	run.states(host=None, to=None)
//	run.infos(host=None)     TCP_INFO, in the field info
//	run.queues(host=None)
//	run.event(seq)           the event with that seq, as a cause names it
//	run.prints(program=None)
//	run.lines(program=None)  what was printed, as a list of lines
//	run.exits(program=None)
//	run.state_at(host, seq)  the state that the diagram shows for the host
//	                         just before the event seq
//
// Checks are an author's, never a learner's: there is a limit on steps but
// none on memory.
package check

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// maxSteps bounds one function; a check over 100,000 events needs a
// hundredth of it.
const maxSteps = 200_000_000

// Result is what became of one check.
type Result struct {
	Name, Claim string
	Err         error // nil when the claim holds
}

// Run calls every check of l with the events of a run. The error says what
// is wrong with checks.star itself.
func Run(ctx context.Context, l *lab.Lab, events []event.Event) ([]Result, error) {
	globals, err := load(ctx, l)
	if err != nil {
		return nil, err
	}
	run := newRun(events)
	var results []Result
	for _, name := range named(globals, "check_") {
		f, ok := globals[name].(*starlark.Function)
		if !ok {
			continue
		}
		_, err := call(ctx, f, run)
		results = append(results, Result{name, f.Doc(), err})
	}
	return results, nil
}

// Answer calls the function that answers the predict block with this id; ok
// is false when the run has not got that far. A number is written in figures
// with at most six after the point, a list with commas between, a dict as
// key=value with commas between.
func Answer(ctx context.Context, l *lab.Lab, events []event.Event, id string) (key string, ok bool, err error) {
	globals, err := load(ctx, l)
	if err != nil {
		return "", false, err
	}
	f, err := function(globals, l, "answer_", id)
	if err != nil {
		return "", false, err
	}
	value, err := call(ctx, f, newRun(events))
	if err != nil || value == starlark.None {
		return "", false, err
	}
	if key, ok = written(value); !ok {
		return "", false, fmt.Errorf("%s: %s returned %s, which is no answer", file(l), f.Name(), value)
	}
	return key, true, nil
}

// written is an answer as a text.
func written(value starlark.Value) (text string, ok bool) {
	switch value := value.(type) {
	case starlark.String:
		return string(value), true
	case starlark.Int:
		return value.String(), true
	case starlark.Float:
		return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(float64(value), 'f', 6, 64), "0"), "."), true
	case *starlark.List:
		var parts []string
		for item := range value.Elements() {
			part, isText := starlark.AsString(item)
			if !isText {
				return "", false
			}
			parts = append(parts, part)
		}
		return strings.Join(parts, ","), true
	case *starlark.Dict:
		var parts []string
		for _, item := range value.Items() {
			key, isText := starlark.AsString(item[0])
			part, isPart := starlark.AsString(item[1])
			if !isText || !isPart {
				return "", false
			}
			parts = append(parts, key+"="+part)
		}
		return strings.Join(parts, ","), true
	}
	return "", false
}

// Break calls the function that says what became of l set as the step with
// this id sets it.
func Break(ctx context.Context, l *lab.Lab, events []event.Event, id string) error {
	return claim(ctx, l, events, "break_", id)
}

// Grade calls the function that says whether the learner's program passed
// the trial with this id: the error says why it did not. It is a [*Mistake]
// where the function knows what is behind it.
func Grade(ctx context.Context, l *lab.Lab, events []event.Event, id string) error {
	return claim(ctx, l, events, "grade_", id)
}

func claim(ctx context.Context, l *lab.Lab, events []event.Event, prefix, id string) error {
	globals, err := load(ctx, l)
	if err != nil {
		return err
	}
	f, err := function(globals, l, prefix, id)
	if err != nil {
		return err
	}
	_, err = call(ctx, f, newRun(events))
	return err
}

// function is the one for the block with this id.
func function(globals starlark.StringDict, l *lab.Lab, prefix, id string) (*starlark.Function, error) {
	name := prefix + strings.ReplaceAll(id, "-", "_")
	f, found := globals[name].(*starlark.Function)
	if !found {
		return nil, fmt.Errorf("%s: %w %s", file(l), ErrNoFunction, name)
	}
	return f, nil
}

// Names are the names of the checks and answers of l.
func Names(l *lab.Lab) (checks, answers []string, err error) {
	globals, err := load(context.Background(), l)
	return named(globals, "check_"), named(globals, "answer_"), err
}

// ErrNoFunction means that a lab does not answer a question.
var ErrNoFunction = errors.New("there is no function")

func file(l *lab.Lab) string { return "labs/" + l.Name + "/checks.star" }

func named(globals starlark.StringDict, prefix string) (names []string) {
	for name := range globals {
		if strings.HasPrefix(name, prefix) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func load(ctx context.Context, l *lab.Lab) (starlark.StringDict, error) {
	thread, done := newThread(ctx)
	defer done()
	options := &syntax.FileOptions{Set: true, TopLevelControl: true, While: true}
	globals, err := starlark.ExecFileOptions(options, thread, file(l), l.Checks, starlark.StringDict{
		"mistake": starlark.NewBuiltin("mistake", mistake),
		"rounded": starlark.NewBuiltin("rounded", rounded),
	})
	return globals, explained(err)
}

func call(ctx context.Context, f *starlark.Function, run starlark.Value) (starlark.Value, error) {
	thread, done := newThread(ctx)
	defer done()
	value, err := starlark.Call(thread, f, starlark.Tuple{run}, nil)
	return value, explained(err)
}

func newThread(ctx context.Context) (thread *starlark.Thread, done func() bool) {
	thread = &starlark.Thread{Name: "check"}
	thread.SetMaxExecutionSteps(maxSteps)
	return thread, context.AfterFunc(ctx, func() { thread.Cancel(ctx.Err().Error()) })
}

// explained adds the place to an error of a running check.
func explained(err error) error {
	var failed *starlark.EvalError
	if !errors.As(err, &failed) || len(failed.CallStack) == 0 {
		return err
	}
	for i := len(failed.CallStack) - 1; i >= 0; i-- {
		if p := failed.CallStack[i].Pos; p.Line > 0 {
			return fmt.Errorf("%s:%d: %w", p.Filename(), p.Line, err)
		}
	}
	return err
}

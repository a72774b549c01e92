package check

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"go.starlark.net/starlark"

	"fivetuple/sandbox/event"
	"fivetuple/sandbox/lab"
)

// Figure is what a function figure_NAME has made of a run.
type Figure struct {
	Name string
	Text string // as it stands in a lesson; of several lines, each ends but the last
	Err  error  // why there is none
}

// ErrNoFigure means that a run has not what a figure asks for.
var ErrNoFigure = errors.New("it gives nothing of this run")

// Figures calls the functions with these names, without figure_, with the
// events of a run. A whole number is written with a comma before each three
// figures, a list as lines. The error says what is wrong with checks.star
// itself.
func Figures(ctx context.Context, l *lab.Lab, events []event.Event, names []string) (all []Figure, err error) {
	globals, err := load(ctx, l)
	if err != nil {
		return nil, err
	}
	run := newRun(events)
	for _, name := range names {
		f := Figure{Name: name}
		f.Text, f.Err = figure(ctx, globals, l, name, run)
		all = append(all, f)
	}
	return all, nil
}

func figure(ctx context.Context, globals starlark.StringDict, l *lab.Lab, name string, run starlark.Value) (string, error) {
	f, err := function(globals, l, "figure_", name)
	if err != nil {
		return "", err
	}
	value, err := call(ctx, f, run)
	if err != nil {
		return "", err
	}
	text, ok := told(value)
	switch {
	case !ok:
		return "", fmt.Errorf("%s: %s returned %s: a figure is a whole number, a text or a list of lines; rounded(x, places) makes a text of a number", file(l), f.Name(), value)
	case text == "":
		return "", fmt.Errorf("%s: %s: %w", file(l), f.Name(), ErrNoFigure)
	}
	return text, nil
}

// told is a figure as a text, empty for None.
func told(value starlark.Value) (text string, ok bool) {
	switch value := value.(type) {
	case starlark.NoneType:
		return "", true
	case starlark.String:
		return string(value), true
	case starlark.Int:
		return thousands(value.String()), true
	case *starlark.List:
		var lines []string
		for item := range value.Elements() {
			line, isText := starlark.AsString(item)
			if !isText {
				return "", false
			}
			lines = append(lines, line)
		}
		return strings.Join(lines, "\n"), true
	}
	return "", false
}

// rounded is a number as a text with so many places after the point.
func rounded(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var number starlark.Value
	var places int
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, "x", &number, "places?", &places); err != nil {
		return nil, err
	}
	x, ok := starlark.AsFloat(number)
	if !ok || math.IsNaN(x) || math.IsInf(x, 0) || places < -9 || places > 9 {
		return nil, fmt.Errorf("%s: %s with %d places after the point", b.Name(), number, places)
	}
	if places < 0 { // to tens, hundreds …
		unit := math.Pow10(-places)
		x, places = math.Round(x/unit)*unit, 0
	}
	return starlark.String(thousands(strconv.FormatFloat(x, 'f', places, 64))), nil
}

// thousands writes a number in figures with a comma before each three of them.
func thousands(number string) string {
	whole, rest, point := strings.Cut(number, ".")
	digits := strings.TrimPrefix(whole, "-")
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	if strings.HasPrefix(whole, "-") {
		digits = "-" + digits
	}
	if point {
		digits += "." + rest
	}
	return digits
}

package lessons

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Number is answered by a number.
type Number struct {
	Unit string // HTML
	// Tolerance is how far from the truth an answer may be: in the unit, or
	// as a part of the truth when Relative.
	Tolerance float64
	Relative  bool
}

// figures are how a number is written: JSON and a script write it back as it
// was.
var figures = regexp.MustCompile(`^\d{1,15}(\.\d{1,6})?$`)

// Name implements [Form].
func (*Number) Name() string { return "number" }

// Read implements [Form].
func (*Number) Read(answer string) (string, bool) {
	answer = strings.TrimSpace(answer)
	if !figures.MatchString(answer) {
		return "", false
	}
	return plain(value(answer)), true
}

// value is a number that figures has matched.
func value(s string) float64 {
	f, _ := strconv.ParseFloat(s, 64)
	return f
}

func plain(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// Right implements [Form].
func (n *Number) Right(answer, truth string) bool {
	far := n.Tolerance
	if n.Relative {
		far *= value(truth)
	}
	return math.Abs(value(answer)-value(truth)) <= far+1e-9
}

// Makes implements [Form]: a mistake is a number, from which an answer may be
// as far as from the truth, or a range.
func (n *Number) Makes(answer, mistake string) bool {
	low, high, isRange := strings.Cut(mistake, "..")
	if !isRange {
		return n.Right(answer, mistake)
	}
	return value(low) <= value(answer) && value(answer) <= value(high)
}

func (n *Number) outline() string { return fmt.Sprint(n.Tolerance, n.Relative) }

func (n *Number) mistake(written any) (string, error) {
	ends, isRange := written.([]any)
	if !isRange {
		ends = []any{written}
	}
	var numbers []string
	for _, end := range ends {
		number, ok := n.Read(fmt.Sprint(end))
		if !ok {
			return "", fmt.Errorf("%v is no number such as 12 or 0.5", end)
		}
		numbers = append(numbers, number)
	}
	if isRange && (len(numbers) != 2 || value(numbers[0]) >= value(numbers[1])) {
		return "", fmt.Errorf("a range is [LEAST, MOST]")
	}
	return strings.Join(numbers, ".."), nil
}

func (p *parser) number(text string) (asked, Form, error) {
	var q struct {
		Asked     asked  `yaml:",inline"`
		Unit      string `yaml:"unit"`
		Tolerance string `yaml:"tolerance"`
	}
	if err := strict(text, &q); err != nil {
		return q.Asked, nil, err
	}
	if q.Unit == "" {
		return q.Asked, nil, fmt.Errorf("a number needs its unit")
	}
	form := &Number{Unit: p.inline(q.Unit)}
	if q.Tolerance == "" {
		return q.Asked, form, nil
	}
	number, percent := strings.CutSuffix(q.Tolerance, "%")
	if !figures.MatchString(number) || value(number) <= 0 || percent && value(number) >= 100 {
		return q.Asked, nil, fmt.Errorf("tolerance %s is neither a number in the unit, as 0.3, nor a part of what is right, as 20%%", q.Tolerance)
	}
	form.Tolerance, form.Relative = value(number), percent
	if percent {
		form.Tolerance /= 100
	}
	return q.Asked, form, nil
}

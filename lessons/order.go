package lessons

import (
	"fmt"
	"slices"
	"strings"
)

// Order is answered by putting items in order. They stand in a page as they
// do in the block.
type Order struct{ Items []Item }

// Name implements [Form].
func (*Order) Name() string { return "order" }

// Read implements [Form]: each item is there once.
func (o *Order) Read(answer string) (string, bool) {
	order := strings.Split(answer, ",")
	if !slices.Equal(slices.Sorted(slices.Values(order)), slices.Sorted(slices.Values(keys(o.Items)))) {
		return "", false
	}
	return answer, true
}

// Right implements [Form].
func (*Order) Right(answer, truth string) bool { return answer == truth }

// Makes implements [Form]: a mistake is some of the items, which come in its
// order, with others between them or not.
func (*Order) Makes(answer, mistake string) bool {
	order := strings.Split(answer, ",")
	last := -1
	for item := range strings.SplitSeq(mistake, ",") {
		place := slices.Index(order, item)
		if place <= last {
			return false
		}
		last = place
	}
	return true
}

// confirm refuses a truth that a learner has without doing anything.
func (o *Order) confirm(truth string) error {
	if truth == strings.Join(keys(o.Items), ",") {
		return fmt.Errorf("the items are written in the right order: mix them")
	}
	return nil
}

func (o *Order) outline() string { return strings.Join(keys(o.Items), " ") }

func (o *Order) mistake(written any) (string, error) {
	list, _ := written.([]any)
	var some []string
	for _, item := range list {
		key := fmt.Sprint(item)
		if !slices.Contains(keys(o.Items), key) || slices.Contains(some, key) {
			return "", fmt.Errorf("%s is no key of an item, or is there twice", key)
		}
		some = append(some, key)
	}
	if len(some) < 2 {
		return "", fmt.Errorf("it is not [KEY, KEY, …] in the order that is wrong")
	}
	return strings.Join(some, ","), nil
}

func (p *parser) order(text string) (asked, Form, error) {
	var q struct {
		Asked asked      `yaml:",inline"`
		Items []itemForm `yaml:"items"`
	}
	if err := strict(text, &q); err != nil {
		return q.Asked, nil, err
	}
	items, err := p.items("items", 3, q.Items)
	return q.Asked, &Order{items}, err
}

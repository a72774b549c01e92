package site

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"fivetuple/sandbox/event"
)

// misread is the error of a request's JSON; where a setting is at fault, a
// [*event.RefusalError] that names it.
func misread(err error) error {
	var form *json.UnmarshalTypeError
	if errors.As(err, &form) && form.Field != "" {
		return refusedForm(form)
	}
	// This error of encoding/json has no type.
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		if name, unquoted := strconv.Unquote(name); unquoted == nil {
			return &event.RefusalError{Why: event.WhyUnknown, Setting: name}
		}
	}
	return err
}

// refusedForm says how the value of a setting must be written.
func refusedForm(form *json.UnmarshalTypeError) *event.RefusalError {
	refused := &event.RefusalError{Why: event.WhyNoObject, Setting: form.Field}
	switch form.Type.Kind() {
	case reflect.Int, reflect.Int64:
		refused.Why = event.WhyNoWhole
	case reflect.Float64:
		refused.Why = event.WhyNoNumber
	case reflect.String:
		refused.Why = event.WhyNoText
	case reflect.Slice:
		refused.Why = event.WhyNoNames
	}
	if form.Type == reflect.TypeFor[time.Duration]() {
		refused.Why, refused.Min, refused.Max = event.WhyNoTime, "0", fmt.Sprint(event.MaxDelay.Nanoseconds())
	}
	return refused
}

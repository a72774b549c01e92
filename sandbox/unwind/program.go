//go:build linux

package unwind

// Instructions of a table's programs.
//
// Source: DWARF 5, 6.4.2 Call Frame Instructions.
const (
	advance = 0x40 // the low bits are the operand of these three
	saved   = 0x80
	restore = 0xc0

	nop             = 0x00
	setLocation     = 0x01
	advance1        = 0x02
	advance2        = 0x03
	advance4        = 0x04
	savedExtended   = 0x05
	restoreExtended = 0x06
	undefined       = 0x07
	same            = 0x08
	inRegister      = 0x09
	remember        = 0x0a
	recall          = 0x0b
	frame           = 0x0c
	frameRegister   = 0x0d
	frameOffset     = 0x0e
	frameExpression = 0x0f
	expression      = 0x10
	savedSigned     = 0x11
	frameSigned     = 0x12
	frameOffsetSign = 0x13
	valueExpression = 0x16
	backSigned      = 0x2d // of arm64: from here on the return address is signed, or is not any more
	argumentsSize   = 0x2e
	noRegister      = ^uint64(0) // the frame begins where only an expression says
)

// machine runs the program of a function up to an address.
type machine struct {
	*common
	location, until uint64
	now, first      rule
	remembered      []rule
}

// rule is how the caller is found when the next instruction is at an address.
func (f *function) rule(address uint64) (rule, bool) {
	m := &machine{common: f.common, location: f.from, until: address}
	if !m.run(f.common.program) {
		return rule{}, false
	}
	m.first = m.now
	ok := m.run(f.program) && m.now.register != noRegister
	return m.now, ok
}

// run returns false when the program has an instruction that it does not
// know. It ends before the first one that is about later addresses.
func (m *machine) run(program []byte) bool {
	c := &cursor{b: program}
	for !c.over() && m.location <= m.until {
		op := c.byte()
		if !m.step(op&0xc0, op, c) {
			return false
		}
	}
	return true
}

func (m *machine) step(high, op byte, c *cursor) bool {
	low := uint64(op & 0x3f)
	switch high {
	case advance:
		m.location += low * m.code
		return true
	case saved:
		m.keep(low, place{true, int64(c.unsigned()) * m.data})
		return true
	case restore:
		m.restore(low)
		return true
	}
	return m.other(op, c)
}

func (m *machine) keep(register uint64, at place) {
	switch register {
	case m.pointer:
		m.now.pointer = at
	case m.back:
		m.now.back = at
	}
}

func (m *machine) restore(register uint64) {
	switch register {
	case m.pointer:
		m.now.pointer = m.first.pointer
	case m.back:
		m.now.back = m.first.back
	}
}

// other deals with the instructions whose operands follow them.
func (m *machine) other(op byte, c *cursor) bool {
	switch op {
	case nop:
	case setLocation:
		m.location = c.pointer(m.encoding)
	case advance1:
		m.location += uint64(c.byte()) * m.code
	case advance2:
		m.location += uint64(c.uint16()) * m.code
	case advance4:
		m.location += uint64(c.uint32()) * m.code
	case savedExtended:
		m.keep(c.unsigned(), place{true, int64(c.unsigned()) * m.data})
	case savedSigned:
		m.keep(c.unsigned(), place{true, c.signed() * m.data})
	case restoreExtended:
		m.restore(c.unsigned())
	case undefined, same:
		m.keep(c.unsigned(), place{})
	case remember:
		m.remembered = append(m.remembered, m.now)
	case recall:
		last := len(m.remembered) - 1
		if last < 0 {
			return false
		}
		m.now, m.remembered = m.remembered[last], m.remembered[:last]
	default:
		return m.frame(op, c)
	}
	return true
}

// frame deals with the instructions that say where the frame begins, and
// with expressions, which are passed over: where the frame depends on one
// nothing can be said.
func (m *machine) frame(op byte, c *cursor) bool {
	switch op {
	case frame:
		m.now.register, m.now.offset = c.unsigned(), int64(c.unsigned())
	case frameSigned:
		m.now.register, m.now.offset = c.unsigned(), c.signed()*m.data
	case frameRegister:
		m.now.register = c.unsigned()
	case frameOffset:
		m.now.offset = int64(c.unsigned())
	case frameOffsetSign:
		m.now.offset = c.signed() * m.data
	case frameExpression:
		m.now.register = noRegister
		c.at += int(c.unsigned() & 0xffff)
	case expression, valueExpression:
		if register := c.unsigned(); register == m.pointer || register == m.back {
			return false
		}
		c.at += int(c.unsigned() & 0xffff)
	case inRegister:
		c.unsigned()
		c.unsigned()
	case argumentsSize:
		c.unsigned()
	case backSigned:
	default:
		return false
	}
	return true
}

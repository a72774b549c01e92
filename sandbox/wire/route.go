//go:build linux

package wire

// route says to which ends a frame of this one goes. Between two it goes to
// the other; a switch knows the Ethernet addresses that it has seen, and
// gives what it cannot place, broadcast and multicast to all others.
//
// Source: IEEE 802.1D, section 7.
func (w *Wire) route(from *line, frame []byte) []*line {
	var others []*line
	for _, l := range w.lines {
		if l != from {
			others = append(others, l)
		}
	}
	if len(others) < 2 || len(frame) < 12 {
		return others
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.learned[[6]byte(frame[6:12])] = from
	if to := w.learned[[6]byte(frame[:6])]; to != nil && frame[0]&1 == 0 {
		if to == from {
			return nil
		}
		return []*line{to}
	}
	return others
}

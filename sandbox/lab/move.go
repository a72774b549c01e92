package lab

import (
	"fmt"
	"slices"
)

// Move is what the one who plays the host Hand does next: they put a segment
// on the wire, or stop the run.
type Move struct {
	On    []string `yaml:"on"`    // flags of the segment that has to reach them first, since their last move; none when they do not wait
	Flags []string `yaml:"flags"` // of the segment that they send
	Seq   uint32   `yaml:"seq"`
	Ack   *uint32  `yaml:"ack"` // counted from the number of the other side's SYN, which no script can know; absent: 0 as it is
	Data  string   `yaml:"data"`
	Stop  bool     `yaml:"stop"` // in place of a segment
}

// moveFlags are those that a move may name.
var moveFlags = []string{"SYN", "ACK", "PSH", "FIN", "RST"}

// ParseMoves reads the script of one who plays a host: a list of moves, in
// YAML.
func ParseMoves(text []byte) ([]Move, error) {
	var moves []Move
	if err := Unmarshal(text, &moves); err != nil {
		return nil, err
	}
	for i, m := range moves {
		for _, flag := range slices.Concat(m.On, m.Flags) {
			if !slices.Contains(moveFlags, flag) {
				return nil, fmt.Errorf("move %d: flag %q is none of %v", i+1, flag, moveFlags)
			}
		}
		if m.Stop != (len(m.Flags) == 0) || m.Stop && i != len(moves)-1 {
			return nil, fmt.Errorf("move %d: a move has flags; only the last may have stop in their place", i+1)
		}
	}
	return moves, nil
}

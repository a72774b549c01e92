//go:build linux && !amd64

package worker

// oldPathAt is empty: newer machines have only the common calls.
var oldPathAt map[uint64]int

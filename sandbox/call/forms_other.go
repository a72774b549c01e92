//go:build linux && !amd64

package call

// addMachine adds nothing: newer machines have only the common calls.
func addMachine(Table) {}

//go:build !unix

package store

import "os"

// lockFile opens the file; this system has no lock that ends with a process.
func lockFile(name string) (*os.File, error) { return os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600) }

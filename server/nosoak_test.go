//go:build linux && !soak

package main

// soak says that these are the tests that take longer: make soak.
const soak = false

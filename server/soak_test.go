//go:build linux && soak

package main

const soak = true

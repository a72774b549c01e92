package sandbox

import _ "embed"

//go:embed seccomp.json
var containerSeccomp []byte

// ContainerSeccomp is the seccomp profile, as Docker and Podman read it, for
// a container in which every lab runs: Docker's own for a container without
// capabilities, and the seven system calls by which a worker isolates a
// sandbox and asks its sockets.
func ContainerSeccomp() []byte { return containerSeccomp }

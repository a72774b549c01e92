// Package lab is the definition of a lab: hosts, programs, the wire between
// them and how it all starts. A lab is a folder with a lab.yaml, the
// programs' files and, where something is claimed, checks.star.
package lab

import (
	"crypto/sha256"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"fivetuple/sandbox/event"
)

// Topology says which hosts there are and what joins them.
type Topology string

// The topologies.
const (
	Loopback Topology = "loopback" // one host and its own lo; every program's name is a name of 127.0.0.1 and ::1
	Wire     Topology = "wire"     // hosts client (10.0.0.1, fd00::1) and server (10.0.0.2, fd00::2), and one wire in our hands
	LAN      Topology = "lan"      // hosts host1 (10.0.0.1, fd00::1) … host8 and one switch in our hands
	Unix     Topology = "unix"     // one host without a network, for Unix-domain sockets
)

// Start says how programs start.
type Start string

// The ways to start.
const (
	Run  Start = "run"  // programs run until something blocks them
	Step Start = "step" // programs are held before each call until the learner steps them
)

// Lab is one lab.
type Lab struct {
	Name     string            // handshake/three-way: its folder below labs
	Title    map[string]string // by language: en, ko
	Topology Topology
	Start    Start
	Hosts    int               // of a lan, from 2 to MaxHosts
	Hand     string            // host of a wire that has no kernel: the learner plays it
	Moves    []Move            // of the host Hand, when nobody is there to play it
	Sysctl   map[string]string // settings of every host: net.ipv4.tcp_syncookies
	Wire     event.Wire        // what the wire starts with
	Timeline []WireStep        // what happens to it later
	Programs []Program
	Limits   Limits
	AllCalls bool   // show every system call, and not only those about sockets and a program's own life
	Checks   string // text of checks.star, may be empty
	Seed     int64  // for every random choice
}

// WireStep is a change of the wire's settings at a moment of the run.
type WireStep struct {
	At    time.Duration // since the start of the run, or
	After *After        // since this call of a program succeeded, or got under way, for the first time
	event.WireChange
}

// MaxHosts is how many hosts a lan may have.
const MaxHosts = 8

// HostNames are the names of the lab's hosts; on loopback and unix each
// program's name is a name of the one host.
func (l *Lab) HostNames() []string {
	switch l.Topology {
	case Wire:
		return []string{"client", "server"}
	case LAN:
		names := make([]string, l.Hosts)
		for i := range names {
			names[i] = fmt.Sprintf("host%d", i+1)
		}
		return names
	}
	return l.ProgramNames()
}

// ProgramNames are the names of the lab's programs.
func (l *Lab) ProgramNames() (names []string) {
	for _, p := range l.Programs {
		names = append(names, p.Name)
	}
	return names
}

// Wired says whether there is a wire in our hands.
func (l *Lab) Wired() bool { return l.Topology == Wire || l.Topology == LAN }

// Program is one program of a lab.
type Program struct {
	Name    string   // unique in the lab; on loopback also its host's name
	Host    string   // name of a host; on loopback and unix the program's own name
	File    string   // name of its source: client.py
	Source  []byte   // content of File
	Command []string // what to run instead of File, with arguments; a first word with a slash names an executable, otherwise found on PATH
	After   *After   // what it waits for before its first call, when the lab starts by running
	Input   []string // lines that the automatic hand gives it when nobody is there to type

	// Versions are the program in all languages in which the course has it,
	// what the lab names first. [Program.Choose] chooses one.
	Versions []Version

	loaded [sha256.Size]byte // of the source that Load read
}

// Version is a program in one language.
type Version struct {
	File   string // server.c
	Source []byte
}

// Choose makes p the version whose file is named so; false when there is none.
func (p *Program) Choose(file string) bool {
	for _, v := range p.Versions {
		if v.File == file {
			p.File, p.Source, p.loaded = v.File, v.Source, sha256.Sum256(v.Source)
			return true
		}
	}
	return false
}

// In is the lab with each program in the language with this ending (.c);
// false when the course does not have all of them in it.
func (l *Lab) In(ending string) (*Lab, bool) {
	own := *l
	own.Programs = slices.Clone(l.Programs)
	for i := range own.Programs {
		p := &own.Programs[i]
		if !p.Choose(strings.TrimSuffix(p.File, path.Ext(p.File)) + ending) {
			return nil, false
		}
	}
	return &own, true
}

// Unedited says whether the program is what [Load] read: the course's own,
// and not a learner's.
func (p *Program) Unedited() bool {
	return p.File != "" && len(p.Command) == 0 && p.loaded == sha256.Sum256(p.Source)
}

// After is a call of another program that must have succeeded first.
type After struct {
	Program string
	Call    string // listen, bind; for a step of the timeline one of Moments
}

// Moments are the calls from which a step of the timeline may count.
var Moments = []string{"bind", "listen", "connect", "accept4", "sendto", "recvfrom", "shutdown", "close"}

// Limits bound one sandbox. A zero is replaced by its default.
type Limits struct {
	Time      time.Duration // of the whole run; default 10 minutes
	CPU       time.Duration // of each process, whole seconds; default 10 seconds
	Memory    int64         // bytes of data of each process; default 256 MiB
	AllMemory int64         // bytes held by all processes together; default twice Memory
	Output    int64         // bytes each program may print; default 1 MiB
	Files     int           // descriptors of each process; default 256
	Processes int           // of the whole sandbox; default 64
	Events    int           // default 100,000
	Bytes     int64         // of the whole recording; default 64 MiB
}

package sandbox

import (
	"bytes"
	"os"

	"golang.org/x/sys/unix"

	"fivetuple/sandbox/lab"
)

// wantsWire says why the wire of a lab, if it has one, cannot be the machine's
// lo, on which one thing can be done: it is cut by having a host's sockets
// discard what arrives. It is empty when it can.
func wantsWire(l *lab.Lab) (why Text) {
	switch {
	case !l.Wired():
	case l.Topology != lab.Wire || !cutOnce(l):
		return say("a lab with a wire needs hosts with a network of their own", "회선이 있는 실습에는 자기 네트워크를 가진 호스트가 필요합니다")
	case !onlyCut(l):
		return say("the wire of this lab is to delay, lose or hold packets; without namespaces it can only be cut", "이 실습의 회선은 패킷을 늦추거나 잃거나 붙잡아야 하는데, 네임스페이스가 없으면 회선을 끊을 수만 있습니다")
	case !oneHost(l):
		return say("this lab's programs name hosts that have no addresses of their own without namespaces", "이 실습의 프로그램은 호스트를 이름으로 부르는데, 네임스페이스가 없으면 그 호스트에 자기 주소가 없습니다")
	case !cuts():
		return say("a wire can be cut only where pidfd_getfd is allowed", "회선은 pidfd_getfd가 허용된 곳에서만 끊을 수 있습니다")
	}
	return Text{}
}

// cutOnce says whether the lab's wire is cut, now or later.
func cutOnce(l *lab.Lab) bool {
	cut := len(l.Wire.Cut) > 0
	for _, step := range l.Timeline {
		cut = cut || step.Cut != nil && len(*step.Cut) > 0
	}
	return cut
}

// onlyCut says whether nothing else ever happens on the lab's wire.
func onlyCut(l *lab.Lab) bool {
	now := l.Wire
	only := now.OnlyCut()
	for _, step := range l.Timeline {
		now = step.Apply(now)
		only = only && now.OnlyCut()
	}
	return only
}

// oneHost says whether the lab's programs can be at one address: each is
// called as its host, and none names an address of the wire, which would be
// one of the world outside.
func oneHost(l *lab.Lab) bool {
	for _, p := range l.Programs {
		if p.Name != p.Host || bytes.Contains(p.Source, []byte("10.0.0.")) || bytes.Contains(p.Source, []byte("fd00:")) {
			return false
		}
	}
	return l.Hand == ""
}

// cuts says whether this process may copy descriptors, by which sockets of
// programs are reached.
func cuts() bool {
	self, err := unix.PidfdOpen(os.Getpid(), 0)
	if err != nil {
		return false
	}
	defer unix.Close(self)
	copied, err := unix.PidfdGetfd(self, self, 0)
	if err != nil {
		return false
	}
	unix.Close(copied)
	return true
}

package text

func (l Lang) diagram() map[string]string {
	return map[string]string{
		"diagram-label":     l.pick("Sequence diagram, time goes down", "순서도, 시간은 아래로 흐릅니다"),
		"wire-hold":         l.pick("the wire · on hold", "회선 · 붙잡기"),
		"wire-flow":         l.pick("the wire · {delay} delay", "회선 · 지연 {delay}"),
		"loopback":          l.pick("loopback (lo)", "루프백 (lo)"),
		"idle":              l.pick("{time}", "{time}"),
		"again":             l.pick("again", "재전송"),
		"bytes":             l.pick("{n} B", "{n} B"),
		"datagram":          l.pick("a UDP datagram of {n} B", "UDP 데이터그램({n} B)"),
		"held-label":        l.pick("{packet}, held in the middle of the wire", "{packet}, 회선 가운데에서 기다리는 중"),
		"deliver":           l.pick("Deliver", "전달"),
		"deliver-label":     l.pick("Deliver {packet}", "{packet} 전달"),
		"drop":              l.pick("Drop", "버리기"),
		"drop-label":        l.pick("Drop {packet}", "{packet} 버리기"),
		"reason-by-hand":    l.pick("dropped by you", "직접 버림"),
		"reason-unplugged":  l.pick("nobody at the other end", "반대쪽 끝이 없음"),
		"reason-loss":       l.pick("lost on the wire", "회선에서 손실됨"),
		"reason-queue-full": l.pick("the wire’s queue was full", "회선의 큐가 가득 참"),
		"reason-undefined":  l.pick("dropped", "버려짐"),
	}
}

func (l Lang) details() map[string]string {
	return map[string]string{
		"details":             l.pick("Details", "자세히"),
		"details-empty":       l.pick("Choose a packet or a call in the diagram to see all that is known of it.", "다이어그램에서 패킷이나 호출을 고르면 알려진 모든 내용이 나타납니다."),
		"f-program":           l.pick("program", "프로그램"),
		"f-line":              l.pick("line", "줄"),
		"f-fd":                l.pick("descriptor", "디스크립터"),
		"f-wchan":             l.pick("slept in", "잠든 커널 함수"),
		"f-errno":             l.pick("error", "오류"),
		"f-duration":          l.pick("took", "걸린 시간"),
		"f-proto":             l.pick("protocol", "프로토콜"),
		"f-src":               l.pick("source", "출발지"),
		"f-dst":               l.pick("destination", "목적지"),
		"f-flags":             l.pick("flags", "플래그"),
		"f-seq":               l.pick("sequence number", "순서 번호"),
		"f-ack":               l.pick("acknowledgement", "확인 응답 번호"),
		"f-window":            l.pick("window", "윈도우"),
		"f-len":               l.pick("payload", "데이터"),
		"f-options":           l.pick("options", "옵션"),
		"f-text":              l.pick("text", "내용"),
		"f-reason":            l.pick("reason", "이유"),
		"f-travelled":         l.pick("under way for", "이동 시간"),
		"f-bytes":             l.pick("Bytes of the frame", "프레임의 바이트"),
		"frame":               l.pick("Frame, {n} bytes", "프레임, {n}바이트"),
		"raw-relative":        l.pick("{raw} (relative {relative})", "{raw} (상대 {relative})"),
		"at-call-held":        l.pick("held at", "멈춘 시각"),
		"at-call-enter":       l.pick("made at", "호출 시각"),
		"at-call-blocked":     l.pick("seen blocked at", "블로킹 확인"),
		"at-call-return":      l.pick("returned at", "반환 시각"),
		"at-packet-sent":      l.pick("sent at", "보낸 시각"),
		"at-packet-held":      l.pick("held at", "붙잡힌 시각"),
		"at-packet-delivered": l.pick("delivered at", "전달된 시각"),
		"at-packet-dropped":   l.pick("dropped at", "버려진 시각"),
	}
}

func (l Lang) sentences() map[string]string {
	return map[string]string{
		"narrative":             l.pick("What happens, in words", "글로 보는 진행"),
		"say-start":             l.pick("The hosts are ready; the programs start.", "호스트가 준비되어 프로그램이 시작됩니다."),
		"say-call-held":         l.pick("{program} is held before {call}.", "{program}: {call} 호출 앞에서 멈춰 있습니다."),
		"say-call-enter":        l.pick("{program} is in {call}.", "{program}: {call} 호출 중입니다."),
		"say-call-blocked":      l.pick("{program} is blocked in {call}: it sleeps in the kernel’s {wchan}.", "{program}: {call} 안에서 블로킹되어 커널의 {wchan}에서 잠들어 있습니다."),
		"say-call-return":       l.pick("{program}: {call} {result}.", "{program}: {call} {result}"),
		"say-call-return-after": l.pick("{program}: {call} returns after {took}: {result}.", "{program}: {call} 호출이 {took} 만에 반환됩니다: {result}"),
		"say-call-error":        l.pick("{program}: {call} fails with {errno}.", "{program}: {call} 호출이 {errno} 오류로 실패합니다."),
		"say-packet-sent":       l.pick("{from} sends {packet} to {to}.", "{from} → {to}: {packet} 패킷을 보냅니다."),
		"say-packet-again":      l.pick("{from} sends {packet} to {to} again.", "{from} → {to}: {packet} 패킷을 다시 보냅니다."),
		"say-packet-held":       l.pick("{packet} from {from} waits in the middle of the wire.", "{from} → {to}: {packet} 패킷이 회선 가운데에서 기다립니다."),
		"say-packet-delivered":  l.pick("{packet} arrives at {to}.", "{from} → {to}: {packet} 패킷이 도착합니다."),
		"say-packet-dropped":    l.pick("{packet} from {from} never arrives: {reason}.", "{from} → {to}: {packet} 패킷이 도착하지 못합니다. {reason}."),
		"say-state":             l.pick("{host}: the state of its socket changes, {from} → {to}.", "{host}: 소켓의 상태가 바뀝니다. {from} → {to}"),
		"say-state-new":         l.pick("{host}: a new socket in the state {to} ({socket}).", "{host}: 새 소켓이 생깁니다. 상태 {to} ({socket})"),
		"say-state-gone":        l.pick("{host}: the kernel forgets the socket that was in {from} ({socket}).", "{host}: 커널이 {from} 상태의 소켓을 잊습니다. ({socket})"),
		"say-print":             l.pick("{program} prints: {text}", "{program}의 출력: {text}"),
		"say-input":             l.pick("{program} is given the line: {text}", "{program}에 보낸 줄: {text}"),
		"say-exit":              l.pick("{program} {how}.", "{program}: {how}."),
		"say-wire-hold":         l.pick("The wire is on hold: each packet waits for you.", "회선이 붙잡기 상태입니다. 패킷마다 여러분을 기다립니다."),
		"say-wire-flow":         l.pick("The wire flows with a delay of {delay}.", "회선이 흐릅니다. 지연은 {delay}입니다."),
		"say-end":               l.pick("The run is over: {why}.", "실행이 끝났습니다. {why}."),
	}
}

func (l Lang) ends() map[string]string {
	return map[string]string{
		"over":                l.pick("The run is over: {why}.", "실행이 끝났습니다. {why}."),
		"recording":           l.pick("Download the recording (JSON)", "기록 내려받기(JSON)"),
		"end-finished":        l.pick("every program has exited and the kernel has nothing left to send", "프로그램이 모두 종료되었고 커널이 더 보낼 것도 없습니다"),
		"end-stopped":         l.pick("you stopped it", "여러분이 중지했습니다"),
		"end-time-limit":      l.pick("it reached its time limit", "시간 한도에 이르렀습니다"),
		"end-event-limit":     l.pick("it told more events than a recording may hold", "기록할 수 있는 이벤트의 수를 넘었습니다"),
		"end-left":            l.pick("nobody was watching it any more", "보는 사람이 더 이상 없었습니다"),
		"end-shutdown":        l.pick("the server was shut down", "서버가 종료되었습니다"),
		"end-worker-died":     l.pick("the process that held the sandbox was killed", "샌드박스를 맡은 프로세스가 강제로 종료되었습니다"),
		"note-no-such-packet": l.pick("That packet is no longer held.", "그 패킷은 이미 붙잡혀 있지 않습니다."),
		"note-not-held":       l.pick("The program is not held before a call, so it cannot be stepped.", "프로그램이 호출 앞에서 멈춰 있지 않아 한 단계 진행할 수 없습니다."),
		"note-no-wire":        l.pick("There is no wire in this lab: both programs are on one host.", "이 실습에는 회선이 없습니다. 두 프로그램이 한 호스트에 있습니다."),
		"note-no-such-program": l.pick("There is no such program in this run.",
			"이 실행에는 그런 프로그램이 없습니다."),
		"note-no-input": l.pick("The program takes no more input.", "프로그램이 더 이상 입력을 받지 않습니다."),
		"note-worker":   l.pick("The sandbox could not go on.", "샌드박스가 계속될 수 없었습니다."),
		"note-failed":   l.pick("That could not be done: {error}", "할 수 없었습니다: {error}"),
	}
}

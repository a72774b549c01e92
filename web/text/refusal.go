package text

import (
	"cmp"
	"maps"
	"strings"

	"fivetuple/sandbox/event"
)

// Refusal says which setting was refused, and what it may be.
func (l Lang) Refusal(r *event.RefusalError) string {
	words := l.refusals()
	maps.Copy(words, l.misreadings())
	return strings.NewReplacer(
		"{setting}", cmp.Or(words["setting-"+r.Setting], r.Setting),
		"{value}", r.Value, "{min}", r.Min, "{max}", r.Max, "{choices}", strings.Join(r.Choices, ", "),
	).Replace(words["refusal-"+string(r.Why)])
}

// refusals is the words of an [event.RefusalError]: by its Why, and by its
// Setting where that is no name of a file.
func (l Lang) refusals() map[string]string {
	return map[string]string{
		"refusal-range":    l.pick("{setting} cannot be {value}. Choose from {min} to {max}.", "{setting}에 쓸 수 없는 값입니다: {value}. {min} 이상 {max} 이하로 정하십시오."),
		"refusal-zero":     l.pick("{setting} cannot be {value}. Choose from {min} to {max}, or 0 for the default.", "{setting}에 쓸 수 없는 값입니다: {value}. {min} 이상 {max} 이하, 또는 기본값을 뜻하는 0으로 정하십시오."),
		"refusal-long":     l.pick("{setting} is too long: {value}. At most {max} is allowed.", "{setting}: 너무 깁니다({value}). {max}까지 쓸 수 있습니다."),
		"refusal-choice":   l.pick("{setting} cannot be “{value}”. Choose one of: {choices}.", "{setting}에 쓸 수 없는 값입니다: ‘{value}’. 다음 중에서 고르십시오: {choices}."),
		"refusal-missing":  l.pick("{setting} is missing. Fill it in and send again.", "{setting}: 값이 빠져 있습니다. 채운 뒤 다시 보내십시오."),
		"refusal-address":  l.pick("{setting} cannot be “{value}”. Write an address and a port, such as 10.0.0.1:8080 or [fd00::1]:8080.", "{setting}에 쓸 수 없는 값입니다: ‘{value}’. 10.0.0.1:8080이나 [fd00::1]:8080처럼 주소와 포트를 쓰십시오."),
		"refusal-families": l.pick("One of the two addresses is IPv4, the other IPv6. Write two of the same kind.", "두 주소 가운데 하나는 IPv4이고 다른 하나는 IPv6입니다. 같은 종류로 맞추십시오."),
		"refusal-both":     l.pick("Both the bytes of a frame and a segment were given. Send one of them.", "프레임의 바이트와 세그먼트가 함께 들어 있습니다. 둘 중 하나만 보내십시오."),
		"refusal-one":      l.pick("{setting}: only one of these can be had at once: {choices}.", "{setting}: 다음 가운데 하나만 쓸 수 있습니다: {choices}."),
		"refusal-no-wire":  l.noWire(),

		"setting-wire.mode":       l.pick("The wire’s mode", "회선의 방식"),
		"setting-wire.delay":      l.pick("The delay", "지연 시간"),
		"setting-wire.jitter":     l.pick("The jitter", "지터"),
		"setting-wire.loss":       l.pick("The chance of loss", "손실 확률"),
		"setting-wire.reorder":    l.pick("The chance of reordering", "순서 바뀜 확률"),
		"setting-wire.duplicate":  l.pick("The chance of duplication", "복제 확률"),
		"setting-wire.corrupt":    l.pick("The chance of corruption", "손상 확률"),
		"setting-wire.rate":       l.pick("The wire’s rate", "회선의 속도"),
		"setting-wire.queue":      l.pick("The number of packets in the wire’s queue", "회선 큐의 패킷 수"),
		"setting-wire.mtu":        l.pick("The wire’s MTU", "회선의 MTU"),
		"setting-wire.cut":        l.pick("The host to be cut off", "케이블을 끊을 호스트"),
		"setting-wire.cuts":       l.pick("The list of hosts to be cut off", "케이블을 끊을 호스트의 목록"),
		"setting-until":           l.pick("What to deliver until", "어디까지 전달할지"),
		"setting-until.flags":     l.pick("A flag to deliver until", "어디까지 전달할지 정하는 플래그"),
		"setting-until.state":     l.pick("A state to deliver until", "어디까지 전달할지 정하는 상태"),
		"setting-until.host":      l.pick("A host to deliver until", "어디까지 전달할지 정하는 호스트"),
		"setting-start":           l.pick("The way to start", "시작 방식"),
		"setting-program":         l.pick("The program", "프로그램"),
		"setting-from":            l.pick("The sending host", "보내는 호스트"),
		"setting-to":              l.pick("The receiving host", "받는 호스트"),
		"setting-data":            l.pick("The length of the frame", "프레임의 길이"),
		"setting-checksum":        l.pick("What becomes of the checksums", "체크섬 처리"),
		"setting-segment.proto":   l.pick("The protocol", "프로토콜"),
		"setting-segment.src":     l.pick("The source", "출발지"),
		"setting-segment.dst":     l.pick("The destination", "목적지"),
		"setting-segment.flags":   l.pick("A flag", "플래그"),
		"setting-segment.window":  l.pick("The window", "윈도우"),
		"setting-segment.mss":     l.pick("The MSS", "MSS"),
		"setting-segment.payload": l.pick("The data", "데이터"),
	}
}

func (l Lang) noWire() string {
	return l.pick("There is no wire in this lab: both programs are on one host.", "이 실습에는 회선이 없습니다. 두 프로그램이 한 호스트에 있습니다.")
}

// misreadings is the words for settings in JSON that cannot be read, which a
// page never sends.
func (l Lang) misreadings() map[string]string {
	return map[string]string{
		"refusal-unknown":          l.pick("There is no setting “{setting}”. Look at its spelling.", "그런 설정은 없습니다: ‘{setting}’. 이름을 다시 확인하십시오."),
		"refusal-no-time":          l.pick("{setting} must be a whole number of nanoseconds, from {min} to {max}.", "{setting}: {min} 이상 {max} 이하의 정수(나노초)로 쓰십시오."),
		"refusal-no-whole-number":  l.pick("{setting} must be a whole number.", "{setting}: 정수로 쓰십시오."),
		"refusal-no-number":        l.pick("{setting} must be a number.", "{setting}: 수로 쓰십시오."),
		"refusal-no-text":          l.pick("{setting} must be a text.", "{setting}: 문자열로 쓰십시오."),
		"refusal-no-list-of-names": l.pick("{setting} must be a list of names.", "{setting}: 이름의 목록으로 쓰십시오."),
		"refusal-no-object":        l.pick("{setting} must be an object with settings in it.", "{setting}: 설정을 담은 객체로 쓰십시오."),
	}
}

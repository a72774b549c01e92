package text

import (
	"fmt"
	"maps"
	"time"
)

// Stage is the words of a lab's stage, by the keys that its script uses. A
// name in braces stands for a value that the script puts there.
func (l Lang) Stage() map[string]string {
	all := map[string]string{}
	for _, part := range []map[string]string{
		l.controls(), l.keys(), l.connection(), l.programs(), l.sockets(), l.diagram(), l.details(), l.sentences(), l.ends(), l.refusals(),
	} {
		maps.Copy(all, part)
	}
	return all
}

// Limits says what a sandbox may use.
func (l Lang) Limits(run, cpu time.Duration, memory, output int64) string {
	minutes, seconds := run.Minutes(), cpu.Seconds()
	return fmt.Sprintf(l.pick(
		"Limits: a run ends by itself after %g minutes. Each program may use %g seconds of processor time and %d MiB of memory, and print %d KiB. A run that nobody watches ends after a minute.",
		"한도: 실행은 %g분 뒤에 저절로 끝납니다. 프로그램마다 프로세서 시간 %g초, 메모리 %d MiB, 출력 %d KiB까지 쓸 수 있습니다. 보는 사람이 없는 실행은 1분 뒤에 끝납니다."),
		minutes, seconds, memory>>20, output>>10)
}

func (l Lang) controls() map[string]string {
	return map[string]string{
		"toolbar":         l.pick("Controls of the run", "실행 제어"),
		"run":             l.pick("Run", "실행"),
		"run-again":       l.pick("Run again", "다시 실행"),
		"run-step":        l.pick("Run step by step", "단계별 실행"),
		"stop":            l.pick("Stop", "중지"),
		"step-all":        l.pick("Step all", "모두 한 단계"),
		"wire":            l.pick("Wire", "회선"),
		"hold":            l.pick("Hold", "붙잡기"),
		"flow":            l.pick("Flow", "흐름"),
		"wire-hold-title": l.pick("Each packet waits in the middle of the wire until you deliver or drop it", "패킷마다 회선 가운데에서 기다리며, 여러분이 전달하거나 버립니다"),
		"wire-flow-title": l.pick("Packets arrive by themselves, after the delay", "패킷이 지연 시간 뒤에 저절로 도착합니다"),
		"delay":           l.pick("Delay", "지연"),
		"link":            l.pick("Link", "링크"),
		"link-title":      l.pick("Keep this run and copy a link to it, or to the call or packet that is chosen", "이 실행을 보관하고, 실행이나 고른 호출·패킷의 링크를 복사합니다"),
		"relative":        l.pick("Relative numbers", "상대 번호"),
		"relative-title":  l.pick("Count sequence numbers from the first one of each direction; otherwise show them as they are on the wire", "순서 번호를 방향마다 첫 번호부터 셉니다. 끄면 회선 위의 값을 그대로 보여 줍니다"),
		"causes":          l.pick("Causes", "원인"),
		"causes-title":    l.pick("Draw lines from each call or packet to what it led to: of the one that is chosen, or of all", "호출과 패킷에서 그것이 일으킨 일로 선을 긋습니다. 고른 것이 있으면 그것만, 없으면 모두 보여 줍니다"),
		"blank":           l.pick("Press Run. Two programs start in hosts of their own, and what happens between them appears here.", "실행을 누르십시오. 두 프로그램이 각자의 호스트에서 시작되고, 그 사이에서 일어나는 일이 여기에 나타납니다."),
		"blank-unavailable": l.pick("This lab cannot run on this server as it is.",
			"지금 이 서버에서는 이 실습을 실행할 수 없습니다."),
	}
}

func (l Lang) keys() map[string]string {
	return map[string]string{
		"help":           l.pick("Keys and limits", "단축키와 한도"),
		"help-intro":     l.pick("The keys work while the focus is in the lab, except where you type.", "초점이 실습 안에 있을 때 작동하며, 글을 입력하는 곳에서는 작동하지 않습니다."),
		"help-diagram":   l.pick("In the diagram, ↑ and ↓ move among calls and packets in the order of time, Home and End go to the first and the last.", "다이어그램에서는 ↑와 ↓로 호출과 패킷을 시간 순서대로 오가고, Home과 End로 처음과 끝으로 갑니다."),
		"key-run":        l.pick("run", "실행"),
		"key-run-step":   l.pick("run step by step", "단계별 실행"),
		"key-step-all":   l.pick("step every program that is held", "멈춰 있는 프로그램을 모두 한 단계 진행"),
		"key-step-one":   l.pick("step one program", "프로그램 하나를 한 단계 진행"),
		"key-continue":   l.pick("let all programs run on", "모든 프로그램을 계속 실행"),
		"key-pause":      l.pick("pause all programs before their next call", "모든 프로그램을 다음 호출 앞에서 일시정지"),
		"key-deliver":    l.pick("deliver the oldest held packet", "가장 오래 기다린 패킷을 전달"),
		"key-drop":       l.pick("drop the oldest held packet", "가장 오래 기다린 패킷을 버림"),
		"key-duplicate":  l.pick("duplicate the oldest held packet", "가장 오래 기다린 패킷을 복제"),
		"key-later":      l.pick("deliver the oldest held packet 1 s later", "가장 오래 기다린 패킷을 1초 뒤에 전달"),
		"key-edit":       l.pick("edit the bytes of the oldest held packet", "가장 오래 기다린 패킷의 바이트를 고침"),
		"key-until":      l.pick("deliver until what is chosen beside the wire, or hold again", "회선 옆에서 고른 때까지 전달하거나 다시 붙잡음"),
		"key-toggle":     l.pick("wire: hold or flow", "회선: 붙잡기 또는 흐름"),
		"key-cut":        l.pick("cut the cable, or mend it", "케이블을 끊거나 다시 이음"),
		"key-causes":     l.pick("lines of cause: show or hide", "원인을 잇는 선을 보이거나 숨김"),
		"key-link":       l.pick("copy a link to this run, or to what is chosen", "이 실행이나 고른 것의 링크 복사"),
		"key-stop":       l.pick("stop", "중지"),
		"key-help":       l.pick("show or hide this help", "이 도움말을 열거나 닫음"),
		"key-zoom-in":    l.pick("zoom in on time", "시간을 더 자세히"),
		"key-zoom-out":   l.pick("zoom out: more time at a glance", "더 긴 시간을 한눈에"),
		"key-zoom-as-is": l.pick("back to the usual scale of time", "시간 축척을 처음대로"),
	}
}

func (l Lang) connection() map[string]string {
	return map[string]string{
		"connection-idle":         l.pick("not running", "실행 전"),
		"connection-live":         l.pick("connected", "연결됨"),
		"connection-reconnecting": l.pick("connection lost, trying again in {s} s", "연결이 끊겨 {s}초 뒤에 다시 시도합니다"),
		"connection-closed":       l.pick("run complete", "실행 완료"),
		"not-connected":           l.pick("There is no connection just now. The command was not sent; try again when it is back.", "지금은 연결이 없어 명령을 보내지 못했습니다. 다시 연결되면 시도하십시오."),
		"faults":                  l.pick("Faults of the wire", "회선의 고장"),
		"faults-set":              l.pick("({n} set)", "({n}개 설정됨)"),
		"fault-loss":              l.pick("loss", "손실"),
		"fault-reorder":           l.pick("reordering", "순서 바뀜"),
		"fault-duplicate":         l.pick("duplication", "복제"),
		"fault-corrupt":           l.pick("corruption", "손상"),
		"fault-jitter":            l.pick("jitter", "지터"),
		"fault-rate":              l.pick("rate", "속도"),
		"fault-mtu":               l.pick("MTU", "MTU"),
		"unlimited":               l.pick("unlimited", "제한 없음"),
		"cut":                     l.pick("Cut the cable", "케이블 끊기"),
		"cut-from":                l.pick("Cut only what {host} sends", "{host}이(가) 보내는 것만 끊기"),
		"compose":                 l.pick("Compose a segment …", "세그먼트 만들기 …"),
		"no-server":               l.pick("The server cannot be reached. Check that it runs and that you are online, then run again.", "서버에 연결할 수 없습니다. 서버가 실행 중인지, 네트워크가 연결되어 있는지 확인한 뒤 다시 실행하십시오."),
		"bad-answer":              l.pick("The server gave an answer that makes no sense (status {status}). Try again in a moment.", "서버가 알 수 없는 응답을 보냈습니다(상태 {status}). 잠시 뒤에 다시 시도하십시오."),
		"gone":                    l.pick("The server no longer has this run: it was started anew, or you were away too long. What came until then can be replayed here.", "서버에 이 실행이 더 이상 없습니다. 서버가 다시 시작되었거나 너무 오래 떠나 있었습니다. 그때까지 온 내용은 여기서 다시 볼 수 있습니다."),
		"newer-stream":            l.pick("The server is newer than this page, which would show its runs wrong. Reload the page.", "서버가 이 페이지보다 새 버전이라 실행이 잘못 보일 수 있습니다. 페이지를 새로 고치십시오."),
		"refused-1007":            l.pick("The server did not understand a message of this page. Reload the page.", "서버가 이 페이지의 메시지를 이해하지 못했습니다. 페이지를 새로 고치십시오."),
		"refused-1008":            l.pick("Too many commands in a short time. Wait a moment, then go on.", "짧은 시간에 명령이 너무 많았습니다. 잠시 기다린 뒤 계속하십시오."),
		"refused-1009":            l.pick("The line was too long: at most 4,000 bytes can be sent at once.", "줄이 너무 깁니다. 한 번에 4,000바이트까지 보낼 수 있습니다."),
	}
}

func (l Lang) programs() map[string]string {
	return map[string]string{
		"hosts":            l.pick("Hosts", "호스트"),
		"tab-failed":       l.pick("✗ failed", "✗ 실패"),
		"tab-held":         l.pick("‖ held", "‖ 멈춤"),
		"language-label":   l.pick("Language of {program}", "{program}의 언어"),
		"step-language":    l.pick("This step has programs in {language} only. Put back to {language}: {programs}.", "이 단계의 프로그램은 {language} 버전만 있어 {programs} 프로그램을 {language} 버전으로 바꾸었습니다."),
		"source-label":     l.pick("{file}, the program’s text", "{file}, 프로그램의 내용"),
		"editor-label":     l.pick("{file}, edit the program’s text", "{file}, 프로그램 내용 고치기"),
		"edit":             l.pick("Edit", "고치기"),
		"edit-done":        l.pick("Done", "고치기 끝"),
		"edited":           l.pick("edited", "고침"),
		"reset":            l.pick("Reset to original", "원래대로"),
		"changes":          l.pick("Changes", "바뀐 곳"),
		"save":             l.pick("Download", "내려받기"),
		"step":             l.pick("Step", "한 단계"),
		"continue":         l.pick("Run on", "계속"),
		"pause":            l.pick("Pause", "일시정지"),
		"doing-starting":   l.pick("starting", "시작하는 중"),
		"doing-running":    l.pick("outside the calls shown: in its own code, asleep, or waiting for input", "표시되는 호출 밖: 자기 코드를 실행하거나, 잠들었거나, 입력을 기다리는 중"),
		"doing-held":       l.pick("held before {call}", "{call} 앞에서 멈춤"),
		"doing-calling":    l.pick("in {call}", "{call} 호출 중"),
		"doing-blocked":    l.pick("blocked in {call}", "{call} 안에서 블로킹됨"),
		"doing-blocked-in": l.pick("blocked in {call}, asleep in the kernel’s {wchan}", "{call} 안에서 블로킹됨 · 커널의 {wchan}에서 잠듦"),
		"doing-ended":      l.pick("ended with the run", "실행과 함께 끝남"),
		"exit-code":        l.pick("exited with status {code}", "끝남(종료 상태 {code})"),
		"exit-signal":      l.pick("ended by signal {signal}", "시그널에 의해 끝남({signal})"),
		"exit-error":       l.pick("ended with an error: {error}", "오류로 끝남: {error}"),
		"exit-error-line":  l.pick("ended with an error in line {line}: {error}", "{line}번째 줄의 오류로 끝남: {error}"),
		"limit-cpu":        l.pick("ended: it used up its processor time, perhaps in a loop that never waits", "프로세서 시간 한도를 다 써서 끝남(기다리지 않고 계속 도는 반복문일 수 있음)"),
		"limit-memory":     l.pick("ended: it asked for more memory than it may have", "메모리 한도를 넘겨서 끝남"),
		"limit-disk":       l.pick("ended: its files took more room than they may", "파일이 디스크 한도를 넘겨서 끝남"),
		"limit-output":     l.pick("ended: it printed more than it may", "출력 한도를 넘겨서 끝남"),
		"output-label":     l.pick("Output of {program}", "{program}의 출력"),
		"input-label":      l.pick("A line for the standard input of {program}", "{program}의 표준 입력에 보낼 줄"),
		"input-hint":       l.pick("a line of input", "표준 입력에 보낼 줄"),
		"input-send":       l.pick("Send", "보내기"),
		"input-end":        l.pick("End", "끝"),
		"input-end-title":  l.pick("End the program’s standard input (EOF)", "프로그램의 표준 입력을 끝냅니다(EOF)"),
	}
}

func (l Lang) sockets() map[string]string {
	return map[string]string{
		"sockets":       l.pick("Sockets", "소켓"),
		"no-sockets":    l.pick("none", "없음"),
		"col-fd":        l.pick("fd", "fd"),
		"col-addresses": l.pick("local → remote", "로컬 → 원격"),
		"col-state":     l.pick("state, queues", "상태, 큐"),
		"no-fd":         l.pick("No program holds it", "가진 프로그램이 없음"),
		"no-name":       l.pick("no address yet", "아직 주소 없음"),
		"queue-listen":  l.pick("accept {n}/{max}", "수락 대기 {n}/{max}"),
		"queue-recv":    l.pick("recv {n} B", "수신 {n} B"),
		"queue-send":    l.pick("send {n} B", "송신 {n} B"),
	}
}

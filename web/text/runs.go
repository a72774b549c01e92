package text

import (
	"fmt"
	"maps"
	"time"
)

// RunTitle is the title of the page of a run that is kept.
func (l Lang) RunTitle(lab string) string {
	return fmt.Sprintf(l.pick("Recorded run: %s", "기록된 실행: %s"), lab)
}

// RecordedRun is the label of what does not run now.
func (l Lang) RecordedRun() string { return l.pick("Recorded", "기록") }

// RecordedWhat says what the page of a run shows.
func (l Lang) RecordedWhat(ended bool) string {
	if !ended {
		return l.pick("This run happened on a real kernel and was recorded. It was still going on when this link was made; what came later is not here. Nothing runs now.",
			"실제 커널에서 일어난 실행을 기록한 것입니다. 링크를 만들 때 아직 실행 중이었으므로 그 뒤의 일은 들어 있지 않습니다. 지금 실행되는 것은 없습니다.")
	}
	return l.pick("This run happened on a real kernel and was recorded. Nothing runs now.",
		"실제 커널에서 일어난 실행을 기록한 것입니다. 지금 실행되는 것은 없습니다.")
}

// RunReplay is the heading of the replay.
func (l Lang) RunReplay() string { return l.pick("What happened", "일어난 일") }

// RunItself is the link to the lesson whose lab was run.
func (l Lang) RunItself(number, title string) string {
	return fmt.Sprintf(l.pick("Run it yourself in lesson %s %s", "수업 %s %s에서 직접 실행하기"), number, title)
}

// LabGone says that the lesson of a run is no longer in the course.
func (l Lang) LabGone() string {
	return l.pick("The lesson of this lab is no longer in the course.", "이 실습이 들어 있던 수업은 과정에 더 이상 없습니다.")
}

// RunLab, RunWhen, RunLong and RunVersions name what is known of a run.
func (l Lang) RunLab() string      { return l.pick("Lab", "실습") }
func (l Lang) RunWhen() string     { return l.pick("Run at", "실행한 때") }
func (l Lang) RunLong() string     { return l.pick("Events", "이벤트") }
func (l Lang) RunVersions() string { return l.pick("Made with", "실행 환경") }

// Moment is a time as a reader of the page reads it.
func (l Lang) Moment(t time.Time) string {
	return t.UTC().Format(l.pick("2 January 2006, 15:04 UTC", "2006년 1월 2일 15:04 UTC"))
}

// EventsIn says how many events a run has, and in which time.
func (l Lang) EventsIn(events int, run time.Duration) string {
	return fmt.Sprintf(l.pick("%d in %.3f s", "%.3[2]f초 동안 %[1]d개"), events, run.Seconds())
}

// MadeWith says on what a run was made.
func (l Lang) MadeWith(software, kernel string, vocabulary int) string {
	return fmt.Sprintf(l.pick("%s, %s, recording format %d", "%s, %s, 기록 형식 %d"), software, kernel, vocabulary)
}

// RunDownloads stands before the forms in which a run can be downloaded.
func (l Lang) RunDownloads() string { return l.pick("Download this run:", "이 실행 내려받기:") }

// RunPrograms is the name of the programs among these forms.
func (l Lang) RunPrograms() string { return l.pick("programs", "프로그램") }

// RunNeedsScript says why the replay needs scripts.
func (l Lang) RunNeedsScript() string {
	return l.pick("The replay is drawn by scripts. Without them you can read the programs below, and download the run as text.",
		"재생 화면은 스크립트가 그립니다. 스크립트가 없어도 아래에서 프로그램을 읽고, 실행을 텍스트로 내려받을 수 있습니다.")
}

// Replay is the words of the stage on the page of a run that is kept, beside
// those of [Lang.Stage].
func (l Lang) Replay() map[string]string {
	all := map[string]string{
		"recorded":   l.RecordedRun(),
		"loading":    l.pick("The run is being fetched.", "실행을 불러오는 중입니다."),
		"whole-run":  l.pick("The whole run, {all} events. Choose a call or packet, and the address points at it.", "실행 전체, 이벤트 {all}개. 호출이나 패킷을 고르면 주소가 그것을 가리킵니다."),
		"at-event":   l.pick("Event {n} of {all}, at {time} s: {words}", "이벤트 {n}/{all}, {time}초: {words}"),
		"no-event":   l.pick("The link points at event {n}, but this run has {all} events. Here is the whole run.", "링크는 {n}번째 이벤트를 가리키지만 이 실행의 이벤트는 {all}개입니다. 실행 전체를 보여 줍니다."),
		"went-on":    l.pick("The run went on; this is as far as the link goes.", "실행은 계속되었지만 링크에는 여기까지만 들어 있습니다."),
		"no-server":  l.pick("The server cannot be reached, so the run cannot be shown. Check that you are online, then reload the page.", "서버에 연결할 수 없어 실행을 보여 줄 수 없습니다. 네트워크를 확인한 뒤 페이지를 새로 고치십시오."),
		"broken-run": l.pick("What the server gave is not a whole recording, so nothing of it is shown. Reload the page; if it stays, ask for a new link.", "서버가 보낸 내용이 온전한 기록이 아니어서 아무것도 보여 주지 않습니다. 페이지를 새로 고치고, 계속되면 새 링크를 부탁하십시오."),
		"newer-run":  l.pick("The run was recorded by a newer fivetuple than this page knows, and would be shown wrong. Reload the page.", "이 페이지보다 새로운 fivetuple이 기록한 실행이라 잘못 보일 수 있습니다. 페이지를 새로 고치십시오."),
	}
	maps.Copy(all, l.OfOthers())
	return all
}

// OfOthers are the words of the stage that are others for a run in which the
// reader had no hand.
func (l Lang) OfOthers() map[string]string {
	return map[string]string{
		"reason-by-hand": l.pick("dropped by hand", "손으로 버림"),
		"say-wire-hold":  l.pick("The wire is on hold: each packet waits for a hand.", "회선이 붙잡기 상태입니다. 패킷마다 손으로 보낼 때까지 기다립니다."),
		"end-stopped":    l.pick("it was stopped by hand", "실행한 사람이 중지했습니다"),
	}
}

// Runs is the title of the page of a learner's links.
func (l Lang) Runs() string { return l.pick("Your links to runs", "내가 만든 실행 링크") }

// RunsWhat says what is kept under a link, and for how long.
func (l Lang) RunsWhat() string {
	return l.pick("Whoever has such a link sees that run: the programs as they were, and all that happened, with what the programs printed and what was typed into them. They do not see who ran it, and no other run. A link works for thirteen months; you can remove it before. One browser may keep 100.",
		"링크를 가진 사람은 그 실행을 볼 수 있습니다. 당시의 프로그램과 일어난 일 전부, 프로그램이 출력한 내용과 입력받은 내용이 보입니다. 누가 실행했는지와 다른 실행은 보이지 않습니다. 링크는 열세 달 동안 유효하고, 그 전에 지울 수도 있습니다. 브라우저 하나에서 100개까지 둘 수 있습니다.")
}

// NoRuns says that there are no links yet.
func (l Lang) NoRuns() string {
	return l.pick("None yet. Run a lab, then press Link in its controls.", "아직 없습니다. 실습을 실행한 뒤 실행 제어의 ‘링크’를 누르십시오.")
}

// RemoveRun is the button that takes a link away.
func (l Lang) RemoveRun(title string) string {
	return fmt.Sprintf(l.pick("Remove the link to %s", "%s 링크 지우기"), title)
}

// Remove is what that button shows.
func (l Lang) Remove() string { return l.pick("Remove", "지우기") }

// RunKept says when a run was kept, and how long it is.
func (l Lang) RunKept(at time.Time, events int) string {
	return fmt.Sprintf(l.pick("%s, %d events", "%s, 이벤트 %d개"), l.Moment(at), events)
}

// RunProblem is the heading of the page in the place of a run, for an error
// code of the HTTP interface, and APIError what to do.
func (l Lang) RunProblem(code string) string {
	switch code {
	case "unknown-run":
		return l.pick("There is no such run", "그런 실행이 없습니다")
	case "newer-run":
		return l.pick("This run is of a newer version", "더 새로운 버전의 기록입니다")
	case "broken-run":
		return l.pick("This run cannot be read", "이 실행을 읽을 수 없습니다")
	case "no-links":
		return l.pick("Runs cannot be opened at present", "지금은 실행을 열 수 없습니다")
	case "busy":
		return l.pick("The server is busy", "서버가 바쁩니다")
	}
	return l.StatusTitle(500)
}

// linkError is APIError for what has to do with links to runs; it is empty
// for every other code.
func (l Lang) linkError(code string) string {
	switch code {
	case "no-links":
		return l.pick("This server cannot keep runs at present, so there are no links to them. Labs work all the same, and you can download a run when it is over. Whoever runs the server finds the reason in what it prints.",
			"지금 이 서버는 실행을 보관하지 못하므로 실행의 링크를 만들거나 열 수 없습니다. 실습은 그대로 쓸 수 있고, 끝난 실행은 내려받을 수 있습니다. 원인은 서버가 출력한 내용에 있으니 운영자에게 알려 주십시오.")
	case "unknown-run":
		return l.pick("Perhaps the link has a slip or was cut short: it ends in 26 capital letters and digits, then perhaps # and a number. Or the one who made it has removed it, or its thirteen months are over. Ask for a new one, or run the lab yourself.",
			"링크에 오타가 있거나 일부가 잘렸을 수 있습니다. 링크 끝에는 대문자와 숫자 26자가 오고, 그 뒤에 #과 번호가 붙기도 합니다. 만든 사람이 지웠거나 열세 달의 보관 기간이 끝났을 수도 있습니다. 새 링크를 부탁하거나 직접 실습을 실행해 보십시오.")
	case "empty-run":
		return l.pick("Nothing has happened in this run yet. Wait until it shows something, then make the link.",
			"이 실행에서는 아직 아무 일도 일어나지 않았습니다. 무언가 나타난 뒤에 링크를 만드십시오.")
	case "large-run":
		return l.pick("This run is too large for a link: it may have at most 16 MiB of events. Stop it earlier or send less, then make the link; or download it as it is.",
			"이 실행은 너무 커서 링크로 만들 수 없습니다. 이벤트가 16 MiB를 넘으면 안 됩니다. 더 일찍 멈추거나 덜 보내도록 한 뒤 링크를 만들거나, 지금 그대로 내려받으십시오.")
	case "own-links-full":
		return l.pick("You have made as many links as this browser may keep. Remove some on the page “Your links to runs”, then try again.",
			"이 브라우저에서 둘 수 있는 링크를 모두 썼습니다. ‘내가 만든 실행 링크’ 페이지에서 몇 개를 지운 뒤 다시 시도하십시오.")
	case "all-links-full":
		return l.pick("The server has no room for more runs. Download this one instead, and tell whoever runs the server.",
			"서버에 실행을 더 보관할 자리가 없습니다. 대신 이 실행을 내려받고, 운영자에게 알려 주십시오.")
	case "too-many-links":
		return l.pick("Too many links in a short time. Wait a few seconds, then try again.",
			"짧은 시간에 링크를 너무 많이 만들었습니다. 몇 초 기다렸다가 다시 시도하십시오.")
	case "large-links":
		return l.pick("The links made from your network have used up the room that it may use in a short time. Try again in a few minutes, or after some hours when the run is large; or download it instead.",
			"이 네트워크에서 만든 링크가 짧은 시간에 쓸 수 있는 자리를 모두 썼습니다. 몇 분 뒤에, 큰 실행이면 몇 시간 뒤에 다시 시도하거나, 링크 대신 실행을 내려받으십시오.")
	case "newer-run":
		return l.pick("It was recorded by a newer fivetuple than this server has, and would be shown wrong here. Nothing of it is lost: it opens when the server is brought up to date.",
			"이 서버보다 새로운 fivetuple이 기록한 실행이라 여기서는 잘못 보일 수 있습니다. 기록은 그대로 있으며, 서버를 새 버전으로 올리면 열립니다.")
	case "broken-run":
		return l.pick("What is kept of it is damaged, so nothing of it is shown. The server’s log says more. Run the lab again and make a new link.",
			"보관된 내용이 손상되어 아무것도 보여 주지 않습니다. 서버의 로그에 더 자세한 내용이 있습니다. 실습을 다시 실행하고 새 링크를 만드십시오.")
	}
	return ""
}

package text

import (
	"fmt"
	"net/http"
)

// Name is what the language calls itself.
func (l Lang) Name() string { return l.pick("English", "한국어") }

// SiteTitle is the title of the course map.
func (l Lang) SiteTitle() string {
	return l.pick("fivetuple · sockets, on the real kernel", "fivetuple · 진짜 커널로 배우는 소켓")
}

// SiteHeading is the heading of the course map.
func (l Lang) SiteHeading() string {
	return l.pick("Sockets, on the real kernel", "진짜 커널로 배우는 소켓")
}

// SiteDescription says in a sentence or two what the course is.
func (l Lang) SiteDescription() string {
	return l.pick(
		"Two real programs, a real Linux kernel, and a wire that waits for you. See each socket call, each packet and each change of TCP state, and step them one at a time.",
		"실제 프로그램 두 개와 실제 리눅스 커널, 그리고 여러분의 손을 기다리는 회선. 소켓 호출과 패킷, TCP 상태 변화를 하나하나 보며 한 단계씩 진행합니다.")
}

// SiteHonesty says that nothing is simulated.
func (l Lang) SiteHonesty() string {
	return l.pick(
		"Nothing here is simulated. Each lab starts its own hosts in the kernel of this server; the states, the numbers and the times that you see are what that kernel really did.",
		"시뮬레이션은 없습니다. 실습마다 이 서버의 커널 안에 전용 호스트가 만들어지며, 화면에 보이는 상태와 번호와 시간은 모두 그 커널이 실제로 한 일입니다.")
}

// SkipLink is the first link of a page.
func (l Lang) SkipLink() string { return l.pick("Skip to the text", "본문으로 건너뛰기") }

// SkipToLab is the second one, where a page has a lab.
func (l Lang) SkipToLab() string { return l.pick("Skip to the lab", "실습으로 건너뛰기") }

// Course is the link to the course map.
func (l Lang) Course() string { return l.pick("Course", "전체 과정") }

// LanguageLabel names the language switch.
func (l Lang) LanguageLabel() string { return l.pick("Language", "언어") }

// Minutes is how long a lesson takes.
func (l Lang) Minutes(n int) string { return fmt.Sprintf(l.pick("%d min", "%d분"), n) }

// StartHere is the link to the first lesson.
func (l Lang) StartHere() string {
	return l.pick("Begin with the first lesson", "첫 수업부터 시작하기")
}

// UnitNumber is a unit's number above its title.
func (l Lang) UnitNumber(n int) string { return fmt.Sprintf(l.pick("Unit %d", "%d단원"), n) }

// Contents is the heading of a lesson's table of contents.
func (l Lang) Contents() string { return l.pick("In this lesson", "이 수업의 차례") }

// Sources is the heading of a lesson's sources.
func (l Lang) Sources() string { return l.pick("Sources", "참고 자료") }

// PrevLesson is the label of the link to the lesson before.
func (l Lang) PrevLesson() string { return l.pick("Previous lesson", "이전 수업") }

// NextLesson is the label of the link to the lesson after.
func (l Lang) NextLesson() string { return l.pick("Next lesson", "다음 수업") }

// Neighbours names the navigation to the lessons before and after.
func (l Lang) Neighbours() string { return l.pick("Lessons before and after", "앞뒤 수업") }

// Instructor is the summary of the notes for the instructor.
func (l Lang) Instructor() string { return l.pick("For the instructor", "가르치는 분께") }

// Misconceptions is the label of the misconceptions a lesson cures.
func (l Lang) Misconceptions() string {
	return l.pick("Misconceptions this lesson works on", "이 수업이 바로잡는 오해")
}

// PredictLabel stands above a question that is asked before the run.
func (l Lang) PredictLabel() string { return l.pick("Predict", "예측") }

// PredictWait says that the answer comes from the run; form is that of the
// question.
func (l Lang) PredictWait(form string) string {
	if form == "choice" {
		return l.pick("Choose, then run the lab below: your own run gives the answer.",
			"하나를 고른 다음 아래 실습을 실행하십시오. 정답은 여러분의 실행이 알려 줍니다.")
	}
	return l.pick("Answer, then run the lab below: your own run tells what is right.",
		"먼저 답한 다음 아래 실습을 실행하십시오. 정답은 여러분의 실행이 알려 줍니다.")
}

// NoState stands in a list of states until one is chosen.
func (l Lang) NoState() string { return l.pick("choose a state", "상태 고르기") }

// YourAnswer is the label of a field for a number.
func (l Lang) YourAnswer() string { return l.pick("Your answer", "답") }

// FieldHow says how the value of a hidden field is written.
func (l Lang) FieldHow(bits int) string {
	return fmt.Sprintf(l.pick("This field has %d bits. Write its value in decimal (20) or hexadecimal (0x14).",
		"%d비트짜리 칸입니다. 10진수(20)나 16진수(0x14)로 적으십시오."), bits)
}

// Measure is a number with its unit.
func (l Lang) Measure(number, unit string) string { return number + l.pick(" ", "") + unit }

// Tolerance says how far from the right number an answer may be.
func (l Lang) Tolerance(far string) string {
	return fmt.Sprintf(l.pick("What is within %s of the run’s number counts as right.", "실행에서 나온 수와 %s 이내로 다르면 맞은 것으로 봅니다."), far)
}

// KeepOrder is the button that answers with the order as it is.
func (l Lang) KeepOrder() string { return l.pick("This is my order", "이 순서로 답하기") }

// MistakeLabel stands before a wrong answer that is often given.
func (l Lang) MistakeLabel() string { return l.pick("A frequent mistake:", "흔한 오답:") }

// BecauseLabel opens why the run shows what it shows.
func (l Lang) BecauseLabel() string { return l.pick("What is right, and why", "정답과 그 까닭") }

// Recall is the button that compares an answer from memory.
func (l Lang) Recall() string { return l.pick("Compare", "비교하기") }

// QuizLabel stands above a quiz question.
func (l Lang) QuizLabel() string { return l.pick("Question", "문제") }

// QuizRight marks the right choice.
func (l Lang) QuizRight() string { return l.pick("Right", "맞습니다") }

// QuizWrong marks a wrong choice.
func (l Lang) QuizWrong() string { return l.pick("Not so", "아닙니다") }

// SetLab is the button of a step that sets the lab.
func (l Lang) SetLab() string { return l.pick("Set the lab so", "실습을 이렇게 설정") }

// LabDone is said by that button once it was pressed.
func (l Lang) LabDone() string {
	return l.pick("Set. Now run it.", "설정했습니다. 이제 실행하십시오.")
}

// LabLabel names the stage of a lab.
func (l Lang) LabLabel() string { return l.pick("Lab", "실습") }

// LabOnPaper says what a lab is made of; names are those of its hosts or,
// where there is one host, of its programs.
func (l Lang) LabOnPaper(topology, names string) string {
	switch topology {
	case "wire":
		return fmt.Sprintf(l.pick("Two hosts, %s, and a wire between them.", "호스트 둘(%s)과 그 사이의 회선 하나로 된 실습입니다."), names)
	case "lan":
		return fmt.Sprintf(l.pick("Hosts on one switch: %s.", "스위치 하나에 연결된 호스트(%s)로 된 실습입니다."), names)
	case "unix":
		return fmt.Sprintf(l.pick("One host without a network; its programs are %s.", "네트워크가 없는 호스트 하나와 프로그램(%s)으로 된 실습입니다."), names)
	}
	return fmt.Sprintf(l.pick("One host and its own lo; its programs are %s.", "자기 lo를 가진 호스트 하나와 프로그램(%s)으로 된 실습입니다."), names)
}

// StageNeedsScript says why a lab needs scripts.
func (l Lang) StageNeedsScript() string {
	return l.pick(
		"This lab needs scripts: they draw live what two programs and the server’s kernel do, and send your commands. The lesson and the programs below can be read without them.",
		"이 실습에는 스크립트가 필요합니다. 두 프로그램과 서버의 커널이 하는 일을 실시간으로 그리고 여러분의 명령을 보냅니다. 수업 글과 아래의 프로그램은 스크립트 없이도 읽을 수 있습니다.")
}

// Unavailable says that labs cannot run here, what was found and what to do.
// Detail and remedy may be empty.
func (l Lang) Unavailable(detail, remedy string) string {
	return l.found(l.APIError("unavailable"), detail, remedy)
}

// found adds to s what was found and what to do.
func (l Lang) found(s, detail, remedy string) string {
	if detail != "" {
		s += "\n" + l.pick("Found: ", "확인한 내용: ") + detail
	}
	if remedy != "" {
		s += "\n" + l.pick("Remedy: ", "해결 방법: ") + remedy
	}
	return s
}

// StatusTitle is the heading of an error page.
func (l Lang) StatusTitle(status int) string {
	switch status {
	case http.StatusNotFound:
		return l.pick("There is no such page", "그런 페이지가 없습니다")
	case http.StatusMethodNotAllowed:
		return l.pick("That cannot be done here", "여기서는 할 수 없는 요청입니다")
	}
	return l.pick("Something went wrong", "문제가 생겼습니다")
}

// StatusText says what to do about it.
func (l Lang) StatusText(status int) string {
	switch status {
	case http.StatusNotFound:
		return l.pick("Perhaps the address has a slip, or the lesson has moved. Here is the whole course.",
			"주소에 오타가 있거나 수업이 옮겨졌을 수 있습니다. 전체 과정은 다음과 같습니다.")
	case http.StatusMethodNotAllowed:
		return l.pick("This address can be read, but nothing can be sent to it.",
			"이 주소는 읽을 수만 있고, 무언가를 보낼 수는 없습니다.")
	}
	return l.pick("The fault is ours. Try again in a moment; if it stays, the server’s log says more.",
		"서버 쪽의 문제입니다. 잠시 뒤에 다시 시도하십시오. 계속되면 서버의 로그에 더 자세한 내용이 있습니다.")
}

// APIError is the message for an error code of the HTTP interface, with what
// to do about it. An unknown code gets the words for a fault of the server.
func (l Lang) APIError(code string) string {
	if s := l.linkError(code); s != "" {
		return s
	}
	switch code {
	case "bad-request":
		return l.pick("The server did not understand the request. Reload the page and try again.",
			"서버가 요청을 이해하지 못했습니다. 페이지를 새로 고친 뒤 다시 시도하십시오.")
	case "unknown-lab":
		return l.pick("There is no such lab. Reload the page: the course may have changed.",
			"그런 실습이 없습니다. 과정이 바뀌었을 수 있으니 페이지를 새로 고치십시오.")
	case "unknown-sandbox":
		return l.pick("This run is no longer kept. Run the lab again.",
			"이 실행은 더 이상 보관되어 있지 않습니다. 실습을 다시 실행하십시오.")
	case "unknown-recording":
		return l.pick("The course has another recorded run by now. Reload the page.",
			"그사이 과정의 기록된 실행이 바뀌었습니다. 페이지를 새로 고치십시오.")
	case "cross-origin":
		return l.pick("The request came from another site and was refused. Open the course at its own address.",
			"다른 사이트에서 온 요청이라 거절했습니다. 과정의 원래 주소로 접속하십시오.")
	case "too-large":
		return l.pick("The programs are too large: together they may have at most 1 MiB. Shorten them and run again.",
			"프로그램이 너무 큽니다. 모두 합해 1 MiB까지 보낼 수 있습니다. 줄인 뒤 다시 실행하십시오.")
	case "too-many":
		return l.pick("You have started many labs in a short time. Wait a few seconds, then run again.",
			"짧은 시간에 실습을 너무 많이 시작했습니다. 몇 초 기다렸다가 다시 실행하십시오.")
	case "busy":
		return l.pick("The server reads so many runs at this moment that it has no memory for one more. Wait a few seconds, then try again.",
			"서버가 지금 많은 실행을 한꺼번에 읽고 있어 하나를 더 읽을 메모리가 없습니다. 몇 초 기다렸다가 다시 시도하십시오.")
	case "own-full":
		return l.pick("As many of your labs run at once as may. End one of them, in this tab or another, then run again.",
			"동시에 실행할 수 있는 실습 수를 모두 쓰고 있습니다. 이 탭이나 다른 탭의 실습을 하나 끝낸 뒤 다시 실행하십시오.")
	case "not-kept":
		return l.pick("This was not kept: the server cannot write down progress at present. Go on; lessons and labs work all the same.",
			"이 기록은 남지 않았습니다. 지금 서버가 학습 기록을 쓸 수 없습니다. 수업과 실습은 그대로 계속할 수 있습니다.")
	case "not-read":
		return l.pick("Your progress cannot be downloaded at present: the server cannot use the folder it keeps it in. What was kept is not lost. Try again later; whoever runs the server finds the reason in what it prints.",
			"지금은 학습 기록을 내려받을 수 없습니다. 서버가 기록을 둔 폴더를 쓰지 못하기 때문입니다. 전에 남긴 기록은 사라지지 않습니다. 나중에 다시 시도하십시오. 원인은 서버가 출력한 내용에 있으니 운영자에게 알려 주십시오.")
	case "unreadable":
		return l.pick("What is kept of you cannot be read by this server, so it is left as it is: nothing is lost, and nothing new is kept. Go on; lessons and labs work all the same. On the page of your progress you can erase it and begin anew; whoever runs the server finds the reason in what it prints.",
			"이 서버가 여러분의 기록을 읽지 못해 그대로 두었습니다. 사라진 것은 없지만 새로 남지도 않습니다. 수업과 실습은 그대로 계속할 수 있습니다. ‘나의 학습 기록’ 페이지에서 지우고 새로 시작할 수 있고, 원인은 서버가 출력한 내용에 있으니 운영자에게 알려 주십시오.")
	case "not-erased":
		return l.pick("Nothing was erased: the server cannot write at present. Try again later.",
			"지워지지 않았습니다. 지금 서버가 디스크에 쓸 수 없습니다. 나중에 다시 시도하십시오.")
	case "stopping":
		return l.pick("The server is about to end. Run again when it is back.",
			"서버가 곧 끝납니다. 서버가 다시 시작된 뒤에 실행하십시오.")
	case "unavailable":
		return l.pick("Labs cannot run on this server as it is. The lesson can be read without them.",
			"지금 이 서버에서는 실습을 실행할 수 없습니다. 수업은 그대로 읽을 수 있습니다.")
	case "not-found":
		return l.pick("There is nothing at this address.", "이 주소에는 아무것도 없습니다.")
	}
	return l.pick("Something went wrong on the server. Try again in a moment.",
		"서버에 문제가 생겼습니다. 잠시 뒤에 다시 시도하십시오.")
}

// WhyLabel opens the explanation of a choice where scripts are off.
func (l Lang) WhyLabel() string { return l.pick("Why or why not", "왜 그런가, 왜 아닌가") }

// Colophon is the foot of every page.
func (l Lang) Colophon() string {
	return l.pick("Real sockets, real packets, one clock. Free software under the Apache License 2.0.",
		"진짜 소켓, 진짜 패킷, 하나의 시계. Apache License 2.0에 따르는 자유 소프트웨어입니다.")
}

// InCrowd says that an address has its share of the places, and who of those
// there is next when.
func (l Lang) InCrowd(place int) string {
	return l.pick(fmt.Sprintf("Very many labs are started from your network just now. You are number %d in line; your lab starts by itself when it is your turn.", place),
		fmt.Sprintf("지금 같은 네트워크에서 실습이 한꺼번에 많이 시작되고 있습니다. 대기 순서는 %d번째이며, 차례가 되면 저절로 시작합니다.", place))
}

// InLine says that all places for labs are taken, and who is next when.
func (l Lang) InLine(place int) string {
	return l.pick(fmt.Sprintf("All places for labs are taken just now. You are number %d in line; your lab starts by itself when it is your turn.", place),
		fmt.Sprintf("지금은 실습 자리가 모두 찼습니다. 대기 순서는 %d번째이며, 차례가 되면 저절로 시작합니다.", place))
}

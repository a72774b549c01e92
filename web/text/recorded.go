package text

import (
	"fmt"
	"maps"
	"time"
)

// DockerLine starts a live course, in a copy of fivetuple.
const DockerLine = "docker compose up"

// Recorded says when a run was recorded, and on what.
func (l Lang) Recorded(made time.Time, versions string) string {
	return fmt.Sprintf(l.pick("Recorded run · %s · %s", "기록된 실행 · %s · %s"), made.Format(l.pick("2 January 2006", "2006년 1월 2일")), versions)
}

// RecordedCourse says what the labs of an exported course show.
func (l Lang) RecordedCourse(made time.Time, versions string) string {
	return fmt.Sprintf(l.pick(
		"This is the course as files: each lab shows a run that was recorded on %s (%s). Nothing is started when you open one; everything else is as it was when it ran.",
		"파일로 내보낸 과정입니다. 실습마다 %s에 기록한 실행을 보여 줍니다(%s). 열어도 새로 실행되는 것은 없고, 그 밖에는 모두 실행 당시 그대로입니다."),
		made.Format(l.pick("2 January 2006", "2006년 1월 2일")), versions)
}

// RecordedHonesty says that nothing is simulated, where labs are recorded.
func (l Lang) RecordedHonesty() string {
	return l.pick(
		"Nothing here is simulated. Each lab ran in a real Linux kernel, in hosts of its own; the states, the numbers and the times that you see are what that kernel really did.",
		"시뮬레이션은 없습니다. 실습마다 진짜 리눅스 커널 안의 전용 호스트에서 실행했으며, 화면에 보이는 상태와 번호와 시간은 모두 그 커널이 실제로 한 일입니다.")
}

// LiveCourse is what opens what a live course has besides.
func (l Lang) LiveCourse() string {
	return l.pick("What a live course lets you do here", "직접 실행하는 과정에서 할 수 있는 일")
}

// LiveCourseHow says what that is, and introduces the line that starts one.
func (l Lang) LiveCourseHow() string {
	return l.pick(
		"Where the course runs on a server, you start this lab yourself: you hold, drop and edit packets, step both programs, change them and run them again; exercises are graded and your progress is kept. With Docker, one line in a copy of fivetuple starts such a server, on http://localhost:8080/:",
		"서버에서 돌아가는 과정에서는 이 실습을 직접 실행합니다. 패킷을 붙잡고 버리고 고치며, 두 프로그램을 한 단계씩 진행하고, 고쳐서 다시 실행할 수 있습니다. 연습 문제를 채점받고 학습 기록도 남깁니다. Docker가 있으면 fivetuple 사본 안에서 다음 한 줄로 그런 서버가 http://localhost:8080/ 에 뜹니다.")
}

// PredictRecorded says that the answer comes from the recorded run; form is
// that of the question.
func (l Lang) PredictRecorded(form string) string {
	if form == "choice" {
		return l.pick("Choose, then show the recorded run below: it gives the answer.",
			"하나를 고른 다음 아래의 기록된 실행을 보십시오. 정답은 그 실행이 알려 줍니다.")
	}
	return l.pick("Answer, then show the recorded run below: it tells what is right.",
		"먼저 답한 다음 아래의 기록된 실행을 보십시오. 정답은 그 실행이 알려 줍니다.")
}

// PredictOfRecorded is the words of a predict block's script where the run
// was recorded.
func (l Lang) PredictOfRecorded() map[string]string {
	all := map[string]string{
		"predict-kept":   l.pick("Your prediction is kept. Now show the recorded run.", "예측을 적어 두었습니다. 이제 기록된 실행을 보십시오."),
		"predict-choose": l.pick("The recorded run has the answer. Choose first, then compare.", "기록된 실행에 정답이 있습니다. 먼저 하나를 고르면 비교할 수 있습니다."),
		"predict-answer": l.pick("The recorded run has the answer. Answer the whole question first, then compare.", "기록된 실행에 정답이 있습니다. 먼저 빠짐없이 답하면 비교할 수 있습니다."),
		"predict-lost":   l.pick("The answer could not be loaded. Check the connection, then show the run again.", "정답을 불러오지 못했습니다. 연결을 확인하고 실행을 다시 보십시오."),
		"predict-right":  l.pick("✓ As you predicted. In the recorded run: {answer}.", "✓ 예측대로입니다. 기록된 실행의 결과: {answer}"),
		"predict-wrong":  l.pick("✗ You predicted {mine}. In the recorded run: {answer}.", "✗ 예측: {mine} · 기록된 실행의 결과: {answer}"),
	}
	maps.Copy(all, l.answers())
	return all
}

// StepsOfLive says of steps without a recorded run that they need a live
// course.
func (l Lang) StepsOfLive() string {
	return l.pick("A step without a button needs your hand, in a live course. Here, follow it in the text and in the recorded run.",
		"버튼이 없는 단계는 직접 실행하는 과정에서 손으로 해 볼 일입니다. 여기서는 글과 기록된 실행으로 따라가 보십시오.")
}

// ShowStep is the button that shows the run which a step has set.
func (l Lang) ShowStep() string {
	return l.pick("Show this run, recorded", "이렇게 기록한 실행 보기")
}

// StepShown says that the run of the n-th step is shown.
func (l Lang) StepShown(n int) string {
	return fmt.Sprintf(l.pick("Shown: the run of step %d", "%d번째 단계의 실행을 보고 있습니다"), n)
}

// ConnectionOfLive says why there is no WebSocket to show.
func (l Lang) ConnectionOfLive() string {
	return l.pick("In a live course this shows the WebSocket that brings the page its lab, frame by frame. These pages are files and have none.",
		"직접 실행하는 과정에서는 실습을 실어 나르는 이 페이지의 웹소켓을 프레임 하나하나 보여 줍니다. 파일로 내보낸 페이지에는 웹소켓이 없습니다.")
}

// TrialsOfLive says what trials are, and that they need a live course; no
// program is named where the learner plays a host.
func (l Lang) TrialsOfLive(program string) string {
	if program == "" {
		return l.pick("In a live course you play a host by hand, in the lab above, and each of these trials looks at what the kernel at the other end made of it.",
			"직접 실행하는 과정에서는 위의 실습에서 호스트 하나를 손으로 맡고, 시험마다 상대 쪽 커널이 그것을 어떻게 받아들였는지 살핍니다.")
	}
	return fmt.Sprintf(l.pick("In a live course you write the program %s in the lab above, and each of these trials runs it on the real kernel, against another peer.",
		"직접 실행하는 과정에서는 위의 실습에서 %s 프로그램을 완성하고, 시험마다 진짜 커널에서 다른 상대와 실행합니다."), program)
}

// ConnectionOfRecorded says the same where a server gives out the recording.
func (l Lang) ConnectionOfRecorded() string {
	return l.pick("In a live run this shows the WebSocket that brings the page its lab, frame by frame. A recorded run comes in one piece and needs none.",
		"직접 실행할 때는 실습을 실어 나르는 이 페이지의 웹소켓을 프레임 하나하나 보여 줍니다. 기록된 실행은 한 번에 받으므로 웹소켓이 필요 없습니다.")
}

// ShownInstead says that a lab shows a recorded run because it cannot run
// here, what was found, and what to do.
func (l Lang) ShownInstead(detail, remedy string) string {
	return l.found(l.pick("This lab cannot run on this server as it is. What you see below is a run that was recorded on another machine.",
		"지금 이 서버에서는 이 실습을 실행할 수 없습니다. 아래에 보이는 것은 다른 컴퓨터에서 기록한 실행입니다."), detail, remedy)
}

// RecordedInstead says of a course that its labs show recorded runs.
func (l Lang) RecordedInstead() string {
	return l.pick("Each lab shows a run that was recorded on another machine, and says so.",
		"실습마다 다른 컴퓨터에서 기록한 실행을 보여 주며, 기록이라고 표시합니다.")
}

// ReplayNeedsScript introduces a recorded run where scripts are off.
func (l Lang) ReplayNeedsScript() string {
	return l.pick("With scripts on, this run is replayed here as a diagram. Without them, this is what happened.",
		"스크립트를 켜면 이 실행을 그림으로 다시 볼 수 있습니다. 스크립트 없이는 일어난 일을 글로 보여 줍니다.")
}

// ReplayByScript says the same where the run stands elsewhere as text.
func (l Lang) ReplayByScript() string {
	return l.pick("With scripts on, this run is replayed here as a diagram. The lesson and the programs below can be read without them.",
		"스크립트를 켜면 이 실행을 그림으로 다시 볼 수 있습니다. 수업 글과 아래의 프로그램은 스크립트 없이도 읽을 수 있습니다.")
}

// RecordedStage is the words of a stage that shows a recorded run in the
// place of live ones, beside those of [Lang.Stage].
func (l Lang) RecordedStage() map[string]string {
	all := map[string]string{
		"show-recorded":       l.pick("Show the recorded run", "기록된 실행 보기"),
		"show-recorded-again": l.pick("Show it again", "처음부터 다시 보기"),
		"blank-recorded":      l.pick("This run was recorded. Show it, and what happened in it appears here, moment by moment.", "미리 기록해 둔 실행입니다. 위의 버튼을 누르면 그때 일어난 일이 순간순간 여기에 나타납니다."),
		"no-server":           l.pick("The recording could not be loaded. Check the connection, then try again.", "기록을 불러오지 못했습니다. 연결을 확인하고 다시 시도하십시오."),
		"broken-run":          l.pick("What was loaded is no whole recording, so nothing of it is shown. Reload the page, then try again.", "불러온 내용이 온전한 기록이 아니어서 아무것도 보여 주지 않습니다. 페이지를 새로 고친 뒤 다시 시도하십시오."),
		"newer-run":           l.pick("The run was recorded by a newer fivetuple than this page knows, and would be shown wrong. Reload the page.", "이 페이지보다 새로운 fivetuple이 기록한 실행이라 잘못 보일 수 있습니다. 페이지를 새로 고치십시오."),
	}
	maps.Copy(all, l.OfOthers())
	return all
}

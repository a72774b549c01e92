package text

import "fmt"

// Trials is the heading of the trials of an exercise.
func (l Lang) Trials() string { return l.pick("The trials", "시험") }

// TrialsWhat says what they are, and in how many runs; program is empty when
// the learner plays a host by hand.
func (l Lang) TrialsWhat(program string, runs int) string {
	if program == "" {
		return l.pick("Run the lab above, play, and have your run judged when it is over. What the other host's kernel saw decides on each of them.",
			"위의 실습을 실행해 세그먼트를 직접 보내고, 끝나면 판정을 받으십시오. 상대 호스트의 커널이 본 것으로 하나하나 판정합니다.")
	}
	if runs == 1 {
		return fmt.Sprintf(l.pick("Write the program %s in the lab above. It runs once, on the real kernel, and what the kernel saw decides on each of them. You can watch in the lab.",
			"위의 실습에서 %s 프로그램을 완성하십시오. 진짜 커널에서 한 번 실행하고, 커널이 본 것으로 하나하나 판정합니다. 실습에서 그대로 지켜볼 수 있습니다."), program)
	}
	return fmt.Sprintf(l.pick("Write the program %s in the lab above. Each trial runs it on the real kernel, each time against another peer, and looks at what the kernel saw. You can watch in the lab.",
		"위의 실습에서 %s 프로그램을 완성하십시오. 시험마다 진짜 커널에서 다른 상대와 실행하고 커널이 본 것을 살핍니다. 실습에서 그대로 지켜볼 수 있습니다."), program)
}

// Grade is the button that begins the trials.
func (l Lang) Grade(byHand bool) string {
	if byHand {
		return l.pick("Judge my run", "내 실행 판정받기")
	}
	return l.pick("Put it to the trials", "시험해 보기")
}

// Behind stands before the hint of the mistake that a trial has found.
func (l Lang) Behind(byHand bool) string {
	if byHand {
		return l.pick("What happened in your run:", "이 실행에서 일어난 일:")
	}
	return l.pick("What your program did:", "이 프로그램이 한 일:")
}

// Hints is what opens the hints of a trial.
func (l Lang) Hints(n int) string {
	if n == 1 {
		return l.pick("One hint", "힌트 1개")
	}
	return fmt.Sprintf(l.pick("%d hints", "힌트 %d개"), n)
}

// NextHint is the button that shows one hint more.
func (l Lang) NextHint() string { return l.pick("One hint more", "힌트 하나 더") }

// Exercise are the words of the trials while they run.
func (l Lang) Exercise(byHand bool) map[string]string {
	words := map[string]string{
		"trial-running": l.pick("running …", "실행 중 …"),
		"trial-passed":  l.pick("passed", "통과"),
		"trial-failed":  l.pick("not passed", "통과하지 못함"),
		"trial-waiting": l.pick("after the ones above", "위의 것을 먼저"),
		"all-passed":    l.pick("✓ Your program passes every trial.", "✓ 프로그램이 모든 시험을 통과했습니다."),
		"one-failed":    l.pick("✗ “{title}” is not passed yet. The lab above shows the run; look at it before you open a hint.", "✗ “{title}”에서 막혔습니다. 위의 실습에 그 실행이 남아 있습니다. 힌트를 열기 전에 먼저 살펴보십시오."),
		"not-run":       l.pick("The trial could not be run. The lab above says why.", "시험을 실행하지 못했습니다. 이유는 위의 실습에 나와 있습니다."),
	}
	if byHand {
		words["all-passed"] = l.pick("✓ Your run passes every trial.", "✓ 이 실행은 모든 시험을 통과했습니다.")
		words["not-run"] = l.pick("There is no run to judge. Press Run in the lab above and play; the programs of the lab stay as they are.", "판정할 실행이 없습니다. 위의 실습에서 실행을 누르고 직접 진행하십시오. 실습의 프로그램은 고치지 않습니다.")
	}
	return words
}

package text

import "fmt"

// Trials is the heading of the trials of an exercise.
func (l Lang) Trials() string { return l.pick("The trials", "시험") }

// TrialsWhat says what they are, and in how many runs.
func (l Lang) TrialsWhat(program string, runs int) string {
	if runs == 1 {
		return fmt.Sprintf(l.pick("Write the program %s in the lab above. It runs once, on the real kernel, and what the kernel saw decides on each of them. You can watch in the lab.",
			"위의 실습에서 %s 프로그램을 완성하십시오. 진짜 커널에서 한 번 실행하고, 커널이 본 것으로 하나하나 판정합니다. 실습에서 그대로 지켜볼 수 있습니다."), program)
	}
	return fmt.Sprintf(l.pick("Write the program %s in the lab above. Each trial runs it on the real kernel, each time against another peer, and looks at what the kernel saw. You can watch in the lab.",
		"위의 실습에서 %s 프로그램을 완성하십시오. 시험마다 진짜 커널에서 다른 상대와 실행하고 커널이 본 것을 살핍니다. 실습에서 그대로 지켜볼 수 있습니다."), program)
}

// Grade is the button that begins the trials.
func (l Lang) Grade() string { return l.pick("Put it to the trials", "시험해 보기") }

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
func (l Lang) Exercise() map[string]string {
	return map[string]string{
		"trial-running": l.pick("running …", "실행 중 …"),
		"trial-passed":  l.pick("passed", "통과"),
		"trial-failed":  l.pick("not passed", "통과하지 못함"),
		"trial-waiting": l.pick("after the ones above", "위의 것을 먼저"),
		"all-passed":    l.pick("✓ Your program passes every trial.", "✓ 프로그램이 모든 시험을 통과했습니다."),
		"one-failed":    l.pick("✗ “{title}” is not passed yet. The lab above shows the run; look at it before you open a hint.", "✗ “{title}”에서 막혔습니다. 위의 실습에 그 실행이 남아 있습니다. 힌트를 열기 전에 먼저 살펴보십시오."),
		"not-run":       l.pick("The trial could not be run. The lab above says why.", "시험을 실행하지 못했습니다. 이유는 위의 실습에 나와 있습니다."),
	}
}

package text

import "fmt"

// Progress is the title of the page of what the reader has done.
func (l Lang) Progress() string { return l.pick("Your progress", "나의 학습 기록") }

// ProgressLink is the link to that page; due questions wait there.
func (l Lang) ProgressLink(due int) string {
	if due == 0 {
		return l.Progress()
	}
	if due == 1 {
		return l.pick("Your progress: one question to review", "나의 학습 기록: 복습할 문제 1개")
	}
	return fmt.Sprintf(l.pick("Your progress: %d questions to review", "나의 학습 기록: 복습할 문제 %d개"), due)
}

// Tally says how many lessons are done.
func (l Lang) Tally(done, total int) string {
	return fmt.Sprintf(l.pick("%d of %d lessons done", "수업 %[2]d개 가운데 %[1]d개 마침"), done, total)
}

// ContinueWith is the link to the lesson visited last.
func (l Lang) ContinueWith(number, title string) string {
	return fmt.Sprintf(l.pick("Continue with %s %s", "이어서 하기: %s %s"), number, title)
}

// Mark says how far the reader is with a lesson.
func (l Lang) Mark(mark string) string {
	if mark == "done" {
		return l.pick("✓ done", "✓ 마침")
	}
	return l.pick("begun", "보는 중")
}

// Review is the heading of questions that are asked again.
func (l Lang) Review() string { return l.pick("Asked again", "다시 풀어 보기") }

// ReviewWhy says why they are asked again.
func (l Lang) ReviewWhy() string {
	return l.pick("You answered this otherwise once. What do you say now?",
		"예전에 다르게 답했던 문제입니다. 지금은 어떻게 생각하십니까?")
}

// ReviewBack is the link to the lesson of such a question.
func (l Lang) ReviewBack() string { return l.pick("Back to that lesson", "그 수업 다시 보기") }

// Beliefs is the heading of what the reader once answered wrong.
func (l Lang) Beliefs() string {
	return l.pick("What you once believed", "한때 이렇게 생각했습니다")
}

// BeliefsWhat says what stands below it, and how much of it is overcome.
func (l Lang) BeliefsWhat(overcome, all int) string {
	return fmt.Sprintf(l.pick("Your last wrong answer to each question, and what was so. %d of %d overcome: answered right since.",
		"문제마다 마지막으로 틀린 답과 실제로 어땠는지를 함께 적었습니다. %[2]d개 가운데 %[1]d개는 그 뒤에 맞혀 바로잡았습니다."), overcome, all)
}

// MoreBeliefs says that there are more than are shown.
func (l Lang) MoreBeliefs(n int) string {
	return fmt.Sprintf(l.pick("%d more are in the record that you can download.", "나머지 %d개는 내려받은 기록에 들어 있습니다."), n)
}

// Believed is the label of a wrong answer.
func (l Lang) Believed() string { return l.pick("You once believed:", "예전에 한 답:") }

// WasSo is the label of what was so: a run showed it, or the course says it.
func (l Lang) WasSo(predict bool) string {
	if predict {
		return l.pick("What the run showed", "실행에서 나타난 것")
	}
	return l.pick("What is right", "맞는 답")
}

// ThinkFirst stands beside an answer that is folded away.
func (l Lang) ThinkFirst() string {
	return l.pick("asked again: think first", "다시 풀 문제이니 먼저 생각해 보십시오")
}

// Overcome marks what has been answered right since.
func (l Lang) Overcome() string { return l.pick("✓ overcome", "✓ 바로잡음") }

// NotOvercome marks what has not.
func (l Lang) NotOvercome() string {
	return l.pick("not answered right yet", "아직 맞히지 못함")
}

// BeliefPlace is the link to the question.
func (l Lang) BeliefPlace() string {
	return l.pick("To the question in its lesson", "수업에서 이 문제 보기")
}

// NothingDue says that no question waits.
func (l Lang) NothingDue() string {
	return l.pick("No question waits for you. One that you answer wrong comes back here, and at the end of later lessons.",
		"지금 다시 풀 문제는 없습니다. 틀린 문제는 여기와 다음 수업들의 끝에서 다시 나옵니다.")
}

// NothingKept says that nothing is kept of the reader yet.
func (l Lang) NothingKept() string {
	return l.pick("Nothing yet. Open a lesson, and what you do in it is remembered for this browser.",
		"아직 기록이 없습니다. 수업을 열면 그 안에서 한 일이 이 브라우저의 기록으로 남습니다.")
}

// NotKept says that the server keeps no progress at present.
func (l Lang) NotKept() string {
	return l.pick("This server keeps no progress at present: it cannot use its folder for it. All lessons and labs work; what was kept before is not lost. Whoever runs the server finds the reason in what it prints.",
		"지금 이 서버는 학습 기록을 남기지 못합니다. 기록을 둘 폴더를 쓸 수 없기 때문입니다. 수업과 실습은 모두 그대로 쓸 수 있고, 전에 남긴 기록도 사라지지 않습니다. 원인은 서버가 출력한 내용에 있으니 운영자에게 알려 주십시오.")
}

// Unreadable says that something is kept of the reader that this server
// cannot read.
func (l Lang) Unreadable() string {
	return l.pick("Something is kept of you that this server cannot read: a newer program wrote it, or it is damaged. It is not lost and not written over, so nothing new is kept either. All lessons and labs work.\nWhoever runs the server finds the reason in what it prints. If you would rather begin anew, erase it below.",
		"여러분의 기록이 남아 있지만 이 서버가 읽지 못합니다. 더 새로운 프로그램이 썼거나 손상된 기록입니다. 기록은 사라지지 않았고 덮어쓰지도 않았습니다. 그래서 새로운 기록도 남지 않습니다. 수업과 실습은 모두 그대로 쓸 수 있습니다.\n원인은 서버가 출력한 내용에 있으니 운영자에게 알려 주십시오. 새로 시작하고 싶다면 아래에서 지우십시오.")
}

// UnreadableShort says so on the map of the course, beside a link to what
// can be done.
func (l Lang) UnreadableShort() string {
	return l.pick("What is kept of you cannot be read at present. Nothing of it is lost.", "여러분의 기록을 지금 읽을 수 없습니다. 사라진 것은 없습니다.")
}

// Kept is the heading above what is kept.
func (l Lang) Kept() string { return l.pick("What is kept of you", "남아 있는 기록") }

// WhatIsKept says what is kept, and under what.
func (l Lang) WhatIsKept() string {
	return l.pick("Which lessons you opened and ran, and what you answered, with your last wrong answer to each question, under a random word in a cookie of this browser: no name, no address. It is forgotten when you erase it, or after thirteen months without a visit. Erasing it also removes the links to runs that you have made.",
		"어떤 수업을 열고 실행했는지, 문제에 무엇이라고 답했고 마지막으로 어떻게 틀렸는지를 이 브라우저의 쿠키에 든 무작위 낱말로 구분해 남깁니다. 이름도 주소도 남기지 않습니다. 여러분이 지우거나 열세 달 동안 찾아오지 않으면 사라집니다. 기록을 지우면 여러분이 만든 실행 링크도 함께 지워집니다.")
}

// ExportProgress is the link that downloads the record.
func (l Lang) ExportProgress() string { return l.pick("Download it (JSON)", "내려받기 (JSON)") }

// EraseProgress is the button that erases the record.
func (l Lang) EraseProgress() string { return l.pick("Erase it", "지우기") }

// SureErase asks before the record is erased.
func (l Lang) SureErase() string { return l.pick("Erase all of it?", "기록을 모두 지울까요?") }

// EraseIsFinal says that it cannot be had back; what can be read can be
// downloaded.
func (l Lang) EraseIsFinal(readable bool) string {
	if !readable {
		return l.pick("It cannot be had back, not even by a server that could read it.",
			"지우면 되돌릴 수 없습니다. 읽을 수 있는 서버가 있더라도 마찬가지입니다.")
	}
	return l.pick("It cannot be had back. Download it first if you may want to look at it later.",
		"지우면 되돌릴 수 없습니다. 나중에 볼 수도 있다면 먼저 내려받으십시오.")
}

// Cancel closes a dialog without doing anything.
func (l Lang) Cancel() string { return l.pick("Cancel", "취소") }

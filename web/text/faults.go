package text

// Faults is the heading of what is wrong with the files of a course.
func (l Lang) Faults() string {
	return l.pick("The course’s files have faults", "과정 파일에 잘못된 곳이 있습니다")
}

// FaultsWhat says what is shown meanwhile.
func (l Lang) FaultsWhat() string {
	return l.pick("The page below is as it was before the last change. Put these right and save: the page follows.",
		"이 페이지는 마지막으로 고치기 전의 내용입니다. 다음 파일을 바로잡아 저장하면 페이지가 새로 열립니다.")
}

// Reload is the button that loads a page again whose files have changed.
func (l Lang) Reload() string { return l.pick("Reload", "새로 고침") }

// Author is the words of the script that follows an author's own course.
func (l Lang) Author() map[string]string {
	return map[string]string{
		"changed":   l.pick("The lesson has changed. Reloading ends what is going on in the lab.", "수업이 바뀌었습니다. 새로 고치면 지금 실습에서 하던 일이 끝납니다."),
		"failed":    l.pick("Does not hold in this run", "이번 실행에서 성립하지 않는 것"),
		"held":      l.pick("✓ All {n} claims of the course about this run hold.", "✓ 이번 실행에 대한 검사 {n}개가 모두 성립합니다."),
		"unknown":   l.pick("Not checked: the lab was edited or set as neither lab.yaml nor a step with an id has it.", "검사하지 않음: lab.yaml이나 id가 있는 단계와 다르게 고치거나 설정한 실행입니다."),
		"unchecked": l.pick("The checks could not be run on this run.", "이번 실행을 검사하지 못했습니다."),
	}
}

package text

// Faults is the heading of what is wrong with the files of a course.
func (l Lang) Faults() string {
	return l.pick("The course’s files have faults", "과정 파일에 잘못된 곳이 있습니다")
}

// FaultsWhat says what is shown meanwhile.
func (l Lang) FaultsWhat() string {
	return l.pick("The page below is as it was before the last change. Put these right, save, and load the page again.",
		"이 페이지는 마지막으로 고치기 전의 내용입니다. 다음 파일을 바로잡아 저장한 뒤 페이지를 새로 고치십시오.")
}

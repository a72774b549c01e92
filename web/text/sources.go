package text

// AboutCourse names the links at the foot of a page.
func (l Lang) AboutCourse() string { return l.pick("About the course", "과정에 대하여") }

// CourseSources is the heading of the page of all sources.
func (l Lang) CourseSources() string {
	return l.pick("Sources of the course", "과정의 참고 자료")
}

// CourseSourcesLead says what they are.
func (l Lang) CourseSourcesLead() string {
	return l.pick("What the lessons rest on besides their own runs: standards, manual pages, papers and books, each with the lessons that use it.",
		"실습의 실행 결과와 함께 수업의 근거가 되는 표준, 매뉴얼 페이지, 논문과 책입니다. 각각 어느 수업에서 쓰는지도 적었습니다.")
}

// Standards is the heading of RFCs.
func (l Lang) Standards() string { return l.pick("RFCs", "RFC") }

// ManualPages is the heading of manual pages.
func (l Lang) ManualPages() string {
	return l.pick("Linux manual pages", "리눅스 매뉴얼 페이지")
}

// OtherSources is the heading of the rest.
func (l Lang) OtherSources() string {
	return l.pick("Other standards, documentation, papers and books", "그 밖의 표준, 문서, 논문과 책")
}

// Errata is the heading of the page of what was wrong.
func (l Lang) Errata() string { return l.pick("Errata", "바로잡은 곳") }

// ErrataLead says what it has.
func (l Lang) ErrataLead() string {
	return l.pick("What was wrong in the course and has been put right, newest first.", "과정에서 잘못되어 바로잡은 내용입니다. 최근 것부터 적었습니다.")
}

// NoErrata says that there is none.
func (l Lang) NoErrata() string {
	return l.pick("No error is known at present.", "지금까지 알려진 오류가 없습니다.")
}

// TellError says what helps to find one.
func (l Lang) TellError() string {
	return l.pick("If you find one, tell whoever runs this course: the lesson, the sentence, and what you saw. Where a run showed otherwise, its recording says everything; below the lab it can be downloaded as JSON.",
		"오류를 찾으면 이 과정을 운영하는 분께 알려 주십시오. 어느 수업의 어느 문장인지, 무엇을 보았는지 적으면 됩니다. 실행 결과가 글과 달랐다면 그 기록이 모든 것을 말해 줍니다. 기록은 실습 아래에서 JSON으로 내려받습니다.")
}

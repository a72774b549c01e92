package text

import "fmt"

// Search is the search button and the title of its page.
func (l Lang) Search() string { return l.pick("Search", "검색") }

// SearchLabel names the search field.
func (l Lang) SearchLabel() string {
	return l.pick("Search the course (key: /)", "과정에서 찾기(단축키: /)")
}

// SearchTitle is the title of the page for a query, which may be empty.
func (l Lang) SearchTitle(query string) string {
	if query == "" {
		return l.Search()
	}
	return query + " · " + l.Search()
}

// SearchHeading is its heading.
func (l Lang) SearchHeading(query string) string {
	if query == "" {
		return l.pick("Search the course", "과정에서 찾기")
	}
	return fmt.Sprintf(l.pick("Search: %s", "검색: %s"), query)
}

// Found is how many places were found.
func (l Lang) Found(n int) string {
	if n == 1 {
		return l.pick("1 place", "1곳")
	}
	return fmt.Sprintf(l.pick("%d places, the best first", "%d곳, 잘 맞는 순서"), n)
}

// SearchEmpty says what can be searched for.
func (l Lang) SearchEmpty() string {
	return l.pick("Type a word into the field above. Lessons, questions and the glossary are searched. For example:",
		"위쪽 칸에 찾을 낱말을 적으십시오. 수업과 문제와 용어집에서 찾습니다. 예를 들면 다음과 같습니다.")
}

// SearchNone says that nothing was found, and what to do.
func (l Lang) SearchNone() string {
	return l.pick("Nothing has all of these words. Try fewer words, or other ones, for example:",
		"이 낱말이 모두 들어 있는 곳이 없습니다. 낱말을 줄이거나 바꾸어 보십시오. 예를 들면 다음과 같습니다.")
}

// StillSearchHow says what can be searched for, where no server searches.
func (l Lang) StillSearchHow() string {
	return l.pick("Type a word into the field above. Lessons, questions and the glossary are searched.",
		"위쪽 칸에 찾을 낱말을 적으십시오. 수업과 문제와 용어집에서 찾습니다.")
}

// SearchNeedsScript says why, where scripts are off.
func (l Lang) SearchNeedsScript() string {
	return l.pick("In the course as files the page itself searches, so it needs scripts. The glossary leads to the lessons without them.",
		"파일로 내보낸 과정에서는 페이지가 직접 찾으므로 스크립트가 필요합니다. 스크립트 없이는 용어집에서 수업을 찾아갈 수 있습니다.")
}

// StillSearch is the words of the script that searches.
func (l Lang) StillSearch() map[string]string {
	return map[string]string{
		"found":     l.pick("{n} places, the best first", "{n}곳, 잘 맞는 순서"),
		"found-one": l.Found(1),
		"none":      l.pick("Nothing has all of these words. Try fewer words, or other ones.", "이 낱말이 모두 들어 있는 곳이 없습니다. 낱말을 줄이거나 바꾸어 보십시오."),
		"failed":    l.pick("The index could not be loaded. Check the connection, then try again.", "색인을 불러오지 못했습니다. 연결을 확인하고 다시 시도하십시오."),
	}
}

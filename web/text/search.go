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

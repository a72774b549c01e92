package lessons_test

import (
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"

	"fivetuple/lessons"
)

// instead are words that the course does without, and what it says instead,
// so that one thing has the same name in every lesson.
var instead = map[string]map[string]string{
	"ko": {
		"코스": "과정", "강의": "과정", "실습실": "실습", "대기 줄": "큐", "듣는 소켓": "리스너", "주소 집안": "주소 체계",
		"생명선": "세로선", "단추": "버튼", "맥OS": "macOS", "도커": "Docker", "시스템 콜": "시스템 호출", "계수기": "카운터",
		"탐침": "탐색 패킷", "씨앗값": "시드", "반환": "돌려주다, 돌아오다",
	},
	"en": {" the own ": " its own ", " in place of ": " instead of "},
}

func TestWords(t *testing.T) {
	course := lessons.Embedded()
	for lang, words := range instead {
		err := fs.WalkDir(course, lang, func(name string, d fs.DirEntry, err error) error {
			if err != nil || path.Ext(name) != ".md" {
				return err
			}
			text, err := fs.ReadFile(course, name)
			if err != nil {
				return err
			}
			for word, better := range words {
				for _, line := range lines(string(text), word) {
					t.Errorf("%s:%d: %q; the course says %q", name, line, word, better)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// lines are the numbers of the lines of text in which word stands.
func lines(text, word string) (all []int) {
	for i, line := range strings.Split(text, "\n") {
		if strings.Contains(line, word) {
			all = append(all, i+1)
		}
	}
	return all
}

// polite is the end of a sentence in which a lesson speaks to its reader.
var polite = regexp.MustCompile(`([^아]니다|십시오)[.!]?$`)

// TestAnswersArePlain: a Korean lesson is polite to its reader, but an answer
// to choose is the reader's own and ends plainly (한다).
func TestAnswersArePlain(t *testing.T) {
	c, err := lessons.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range c.Units {
		for _, name := range u.Lessons {
			l, _ := c.Lesson("ko", u.Name, name)
			for _, b := range l.Blocks {
				for _, choice := range choices(b) {
					if polite.MatchString(choice.Text) {
						t.Errorf("ko/%s/%s: %q", u.Name, name, choice.Text)
					}
				}
			}
		}
	}
}

func choices(b lessons.Block) []lessons.Choice {
	switch b := b.(type) {
	case *lessons.Quiz:
		return b.Choices
	case *lessons.Predict:
		return b.Choices
	}
	return nil
}

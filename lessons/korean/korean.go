// Package korean is what finding a Korean word in a text needs to know of
// the language: where a word ends and its particles begin.
package korean

import (
	"strings"
	"unicode"
)

// particles are what a noun is followed by without a space: josa, the forms
// of the copula that a plain text uses, and the plural.
var particles = strings.Fields(`
	은 는 이 가 을 를 의 에 에서 에게 께 로 으로 와 과 랑 이랑 도 만 뿐 부터 까지 보다 처럼 만큼 대로 마다 조차 밖에
	로서 으로서 로써 으로써 이나 나 이든 든 이든지 든지 이란 란 이라 라 이라고 라고 이라는 라는 이라도 라도 이라면 라면 이라서 라서
	입니다 이다 다 인 인데 이고 고 이며 며 이면 면 이지만 지만 이므로 므로 이어서 여서 이었습니다 였습니다 이었다 였다
	일 인지 일지 임 이자 이기 이어야 여야 이더라도 더라도 입니까 이니 니 이니까 니까 이지 지 들 하고 씩 쯤`)

// most is how many particles may follow each other: 소켓들에게만은.
const most = 4

// Particles says whether the whole of s may follow a noun.
func Particles(s string) bool { return chain(s, most) }

func chain(s string, left int) bool {
	if s == "" {
		return true
	}
	if left == 0 {
		return false
	}
	for _, p := range particles {
		if rest, ok := strings.CutPrefix(s, p); ok && chain(rest, left-1) {
			return true
		}
	}
	return false
}

// Run is the Hangul that s begins with.
func Run(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.Is(unicode.Hangul, r) })
	if end < 0 {
		return s
	}
	return s[:end]
}

const (
	firstSyllable, lastSyllable = '가', '힣'
	perInitial                  = 21 * 28 // medials times finals (Unicode 15, section 3.12)
)

// initials are the initial consonants in the order of the syllables, the
// doubled ones as the dictionary files them: with the single ones.
var initials = []rune("ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ")

// Initial is the consonant under which a dictionary has a word that begins
// with r; 0 where r is no Hangul syllable.
func Initial(r rune) rune {
	if r < firstSyllable || r > lastSyllable {
		return 0
	}
	return initials[(r-firstSyllable)/perInitial]
}

// Initials are all of them, in order, each once.
func Initials() []rune { return []rune("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ") }

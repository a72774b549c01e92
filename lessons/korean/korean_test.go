package korean_test

import (
	"testing"

	"fivetuple/lessons/korean"
)

func TestParticles(t *testing.T) {
	for s, want := range map[string]bool{
		"": true, "을": true, "들에게는": true, "에서": true, "입니다": true, "이라는": true, "에서만이라도": true,
		"버퍼": false, "쌍": false, "을버퍼": false, "abc": false, "은은은은은": false,
	} {
		if got := korean.Particles(s); got != want {
			t.Errorf("%q: %t, want %t", s, got, want)
		}
	}
}

func TestInitial(t *testing.T) {
	for r, want := range map[rune]rune{'가': 'ㄱ', '까': 'ㄱ', '소': 'ㅅ', '쓰': 'ㅅ', '확': 'ㅎ', '힣': 'ㅎ', 'A': 0, 'ㄱ': 0} {
		if got := korean.Initial(r); got != want {
			t.Errorf("%c: %c, want %c", r, got, want)
		}
	}
}

func TestRun(t *testing.T) {
	for s, want := range map[string]string{"소켓을 연다": "소켓을", "을": "을", "": "", "a을": "", "을)": "을"} {
		if got := korean.Run(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

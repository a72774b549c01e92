package text

import "maps"

// Predict is the words of a predict block's script.
func (l Lang) Predict() map[string]string {
	all := map[string]string{
		"predict-kept":        l.pick("Your prediction is kept. Now run the lab.", "예측을 적어 두었습니다. 이제 실습을 실행하십시오."),
		"predict-choose":      l.pick("Your run has the answer. Choose first, then compare.", "여러분의 실행에 정답이 있습니다. 먼저 하나를 고르면 비교할 수 있습니다."),
		"predict-answer":      l.pick("Your run has the answer. Answer the whole question first, then compare.", "여러분의 실행에 정답이 있습니다. 먼저 빠짐없이 답하면 비교할 수 있습니다."),
		"predict-not-reached": l.pick("Your run ended before the moment this question asks about. Run the lab again and go further.", "실행이 이 질문의 순간에 이르기 전에 끝났습니다. 다시 실행하여 더 진행하십시오."),
		"predict-lost":        l.pick("The answer of your run could not be loaded. Check the connection; a run that has been over for ten minutes is no longer kept, so run the lab again.", "실행의 정답을 불러오지 못했습니다. 연결을 확인하십시오. 끝난 지 10분이 지난 실행은 남아 있지 않으니 다시 실행하십시오."),
		"predict-right":       l.pick("✓ As you predicted. In your run: {answer}.", "✓ 예측대로입니다. 여러분의 실행 결과: {answer}"),
		"predict-wrong":       l.pick("✗ You predicted {mine}. In your run: {answer}.", "✗ 예측: {mine} · 여러분의 실행 결과: {answer}"),
		"recall-answer":       l.pick("Answer the whole question first.", "먼저 빠짐없이 답하십시오."),
		"recall-right":        l.pick("✓ Right: {answer}.", "✓ 맞습니다. {answer}"),
		"recall-wrong":        l.pick("✗ You answered {mine}. In your run it was {answer}.", "✗ 적은 답: {mine} · 여러분의 실행 결과: {answer}"),
	}
	maps.Copy(all, l.answers())
	return all
}

// answers is the words of the forms in which an answer is given.
func (l Lang) answers() map[string]string {
	return map[string]string{
		"predict-field":   l.pick("Write a number that the field has room for, in decimal (20) or hexadecimal (0x14).", "이 칸에 들어가는 수를 10진수(20)나 16진수(0x14)로 적으십시오."),
		"predict-number":  l.pick("Write a number in figures, such as 12 or 0.5.", "12나 0.5처럼 숫자로 적으십시오."),
		"predict-measure": l.Measure("{number}", "{unit}"),
		"predict-truth":   l.pick("in the run: {answer}", "실행 결과: {answer}"),
		"order-up":        l.pick("Move up: {item}", "위로: {item}"),
		"order-down":      l.pick("Move down: {item}", "아래로: {item}"),
		"order-place":     l.pick("{item}: place {n} of {all}", "{item}: {all}개 가운데 {n}번째"),
		"order-wrong":     l.pick("✗ Not in this order. In the run: {answer}.", "✗ 이 순서가 아닙니다. 실행 결과: {answer}"),
		"order-truth":     l.pick("in the run: place {n}", "실행 결과: {n}번째"),
	}
}

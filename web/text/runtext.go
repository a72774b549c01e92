package text

import "fmt"

// ReadRun is the link to a run as text, where scripts are off; kept says that
// it is the run of the page, and not one that came with the course.
func (l Lang) ReadRun(kept bool) string {
	if kept {
		return l.pick("Read this run as text", "이 실행을 글로 읽기")
	}
	return l.pick("Read a recorded run of this lab as text", "이 실습의 기록된 실행을 글로 읽기")
}

// RunInWords is the heading of a run as text.
func (l Lang) RunInWords() string { return l.pick("The run in words", "글로 보는 실행") }

// ReadStep is the link to the run of a step as text.
func (l Lang) ReadStep() string {
	return l.pick("Read the run recorded so", "이렇게 기록한 실행 읽기")
}

// RunOfStep says that a run is of the lab as the n-th step sets it.
func (l Lang) RunOfStep(n int) string {
	return fmt.Sprintf(l.pick("The lab as step %d sets it", "%d번째 단계처럼 설정한 실습"), n)
}

// RunAsItIs is the link from there to the run of the lab as it is.
func (l Lang) RunAsItIs() string {
	return l.pick("To the run of the lab as it is", "원래 설정의 실행으로")
}

// RunTable names the columns of a run as a table.
func (l Lang) RunTable() (time, what string) {
	return l.pick("Seconds", "초"), l.pick("What happened", "일어난 일")
}

// RestOfRun opens the sentences that do not stand open, of which there are n.
func (l Lang) RestOfRun(n int) string {
	return fmt.Sprintf(l.pick("The other %d sentences", "나머지 %d문장"), n)
}

// BeyondRun says that n more sentences are not in the page.
func (l Lang) BeyondRun(n int) string {
	return fmt.Sprintf(l.pick("%d more sentences are not on this page. All of the run is in its forms below.", "%d문장은 이 페이지에 없습니다. 실행 전체는 아래의 파일에 들어 있습니다."), n)
}

// WholeRun is the link to all lines of a run, of which there are n.
func (l Lang) WholeRun(n int) string {
	return fmt.Sprintf(l.pick("The whole run as lines of text, %d of them", "실행 전체(텍스트 %d줄)"), n)
}

// RestOfPackets opens the packets that do not stand open, of which there are n.
func (l Lang) RestOfPackets(n int) string {
	return fmt.Sprintf(l.pick("The other %d packets", "나머지 패킷 %d개"), n)
}

// PacketsInTable introduces the table of the packets of a run.
func (l Lang) PacketsInTable() string {
	return l.pick("The packets in the order in which they were sent; numbers count from the first of each direction.",
		"보낸 순서로 본 패킷. 번호는 방향마다 첫 번호부터 셉니다.")
}

// PacketColumns name the columns of that table.
func (l Lang) PacketColumns() []string {
	if l == Korean {
		return []string{"번호", "초", "출발", "도착", "패킷", "순서 번호", "확인 응답", "데이터(B)", "그 뒤"}
	}
	return []string{"No.", "Seconds", "From", "To", "Packet", "Seq", "Ack", "Data (B)", "What became of it"}
}

// Arrived says when a packet arrived.
func (l Lang) Arrived(seconds string) string {
	return fmt.Sprintf(l.pick("arrived at %s s", "%s초에 도착"), seconds)
}

// Held says that a packet waits.
func (l Lang) Held() string {
	return l.pick("waits in the middle of the wire", "회선 가운데에서 기다림")
}

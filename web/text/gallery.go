package text

// Gallery is the heading of the page with every component.
func (l Lang) Gallery() string { return l.pick("Gallery of components", "구성 요소 모음") }

// GalleryLead says what that page is.
func (l Lang) GalleryLead() string {
	return l.pick("Every part of the stage and every block of a lesson, in each of its states. The runs are recorded; nothing is started here.",
		"실습 화면의 모든 부분과 수업의 모든 블록을 상태별로 모았습니다. 실행은 모두 기록된 것이며, 여기서 새로 시작되는 것은 없습니다.")
}

// GalleryBlocks is the heading above the blocks of lessons.
func (l Lang) GalleryBlocks() string { return l.pick("Blocks of lessons", "수업의 블록") }

// GalleryStages is the heading above stages and their parts.
func (l Lang) GalleryStages() string { return l.pick("The stage", "실습 화면") }

// GalleryQuestion is the question of the gallery's blocks.
func (l Lang) GalleryQuestion() string {
	return l.pick("In which state is the client while its SYN waits?", "SYN이 기다리는 동안 클라이언트는 어떤 상태입니까?")
}

// GalleryWhy says why a choice is right or wrong.
func (l Lang) GalleryWhy(choice string) string {
	switch choice {
	case "SYN_SENT":
		return l.pick("It has asked, and has no answer yet.", "요청을 보냈고 아직 응답이 없습니다.")
	case "ESTABLISHED":
		return l.pick("For that it would need the server’s answer.", "그러려면 서버의 응답이 있어야 합니다.")
	}
	return l.pick("It was, until it called connect.", "connect를 호출하기 전까지는 그랬습니다.")
}

// GalleryForm is the question of a form of prediction, why the run shows what
// it shows, and what is behind a mistake.
func (l Lang) GalleryForm(form string) (question, because, mistake string) {
	switch form {
	case "number":
		return l.pick("A segment is sent again after 0.2, 0.4 and 0.8 seconds. How long is the next pause?", "세그먼트를 0.2초, 0.4초, 0.8초 뒤에 다시 보냈습니다. 다음 간격은 얼마입니까?"),
			l.pick("Each pause is about twice the one before.", "매번 앞의 두 배쯤 기다립니다."),
			l.pick("So long it takes only several attempts later.", "그만큼 길어지려면 몇 번 더 시도해야 합니다.")
	case "field":
		return l.pick("The server listens on port 8080. Which value does the hidden field have?", "서버는 8080번 포트에서 연결을 기다립니다. 가린 칸의 값은 얼마입니까?"),
			l.pick("8080 is 0x1f90.", "8080은 0x1f90입니다."),
			l.pick("80 is the port of HTTP. This server has another.", "80은 HTTP의 포트입니다. 이 서버의 포트는 다릅니다.")
	case "order":
		return l.pick("In which order do the packets leave?", "패킷은 어떤 순서로 나갑니까?"),
			l.pick("The client asks, the server answers, and the client says that it has heard.", "클라이언트가 요청하고, 서버가 답하고, 클라이언트가 들었다고 말합니다."),
			l.pick("At first there is nothing to acknowledge.", "처음에는 확인해 줄 것이 없습니다.")
	}
	return l.GalleryQuestion(), l.GalleryWhy("SYN_SENT"), l.GalleryWhy("ESTABLISHED")
}

// GalleryUnit is the unit of a number in the gallery.
func (l Lang) GalleryUnit() string { return l.pick("s", "초") }

// GalleryStep is a step of the gallery's list.
func (l Lang) GalleryStep(name string) string {
	if name == "set" {
		return l.pick("Go on call by call.", "호출 하나씩 진행해 봅니다.")
	}
	return l.pick("Look at the band of the client.", "클라이언트의 띠를 살펴봅니다.")
}

// GalleryTrial is a trial of the gallery's exercise.
func (l Lang) GalleryTrial(name string) string {
	switch name {
	case "one":
		return l.pick("One line comes back whole", "한 줄이 온전히 돌아온다")
	case "pieces":
		return l.pick("The line comes in pieces", "한 줄이 조각조각 온다")
	}
	return l.pick("The peer says nothing", "상대가 아무 말도 하지 않는다")
}

// GalleryHints are the hints of such a trial.
func (l Lang) GalleryHints() []string {
	return []string{
		l.pick("How many bytes does one recv give?", "recv 한 번에 몇 바이트가 옵니까?"),
		l.pick("Read until the line ends.", "줄이 끝날 때까지 읽으십시오."),
	}
}

// Exhibit is the heading of one component in one state.
func (l Lang) Exhibit(name string) string {
	if s, ok := l.exhibits()[name]; ok {
		return s
	}
	return name
}

func (l Lang) exhibits() map[string]string {
	return map[string]string{
		"idle":           l.pick("Stage before the first run", "첫 실행 전의 실습 화면"),
		"held":           l.pick("Stage with a held SYN, two calls open", "SYN을 붙잡고 두 호출이 돌아오지 않은 화면"),
		"hand":           l.pick("Held packet with all that can be done", "붙잡은 패킷과 할 수 있는 모든 일"),
		"ended":          l.pick("Stage after the run", "실행이 끝난 화면"),
		"replay":         l.pick("Replay, in the middle", "다시 보기, 중간 지점"),
		"lost":           l.pick("Dropped and retransmitted packets", "버려진 패킷과 재전송"),
		"causes":         l.pick("What led to a packet that is sent again", "다시 보낸 패킷의 원인"),
		"loopback":       l.pick("What is otherwise on loopback", "루프백에서 다른 점"),
		"derived":        l.pick("Derived packets on loopback", "루프백의 유추한 패킷"),
		"lan":            l.pick("Three hosts, a thread with a lane of its own", "호스트 셋, 따로 그린 스레드"),
		"closer":         l.pick("Diagram zoomed in, with ticks", "시간을 확대한 다이어그램과 눈금"),
		"further":        l.pick("Diagram zoomed out", "시간을 축소한 다이어그램"),
		"newest":         l.pick("Diagram scrolled up while the run goes on", "실행 중에 위로 올려 본 다이어그램"),
		"error":          l.pick("Program that ended with an error at a line", "어느 줄에서 오류로 끝난 프로그램"),
		"step":           l.pick("Programs held before a call", "호출 앞에서 멈춘 프로그램"),
		"queues":         l.pick("Sockets with bytes in their queues", "큐에 바이트가 쌓인 소켓"),
		"edit":           l.pick("Program being edited", "고치는 중인 프로그램"),
		"story":          l.pick("In words, with the details of a packet", "글로 보기와 패킷의 자세한 내용"),
		"packets":        l.pick("Table of packets", "패킷 표"),
		"tcp":            l.pick("Inspector: TCP", "패킷 들여다보기: TCP"),
		"udp-ipv6":       l.pick("Inspector: UDP over IPv6", "패킷 들여다보기: IPv6 위의 UDP"),
		"icmp":           l.pick("Inspector: ICMP", "패킷 들여다보기: ICMP"),
		"arp":            l.pick("Inspector: ARP", "패킷 들여다보기: ARP"),
		"http":           l.pick("Inspector: HTTP", "패킷 들여다보기: HTTP"),
		"websocket":      l.pick("Inspector: WebSocket", "패킷 들여다보기: 웹소켓"),
		"states":         l.pick("State diagram", "상태도"),
		"states-at-once": l.pick("State diagram: steps that went by unseen, and what caused one", "상태도: 보이지 않고 지나간 단계와 한 단계의 원인"),
		"charts":         l.pick("Charts", "그래프"),
		"charts-queue":   l.pick("Chart of a listener, with its numbers", "리스너의 그래프와 숫자"),
		"ss":             l.pick("ss", "ss"),
		"ss-line":        l.pick("ss: a socket that was chosen", "ss: 고른 소켓"),
		"strace":         l.pick("strace", "strace"),
		"tcpdump":        l.pick("tcpdump", "tcpdump"),
		"empty":          l.pick("View with nothing to show yet", "아직 보여 줄 것이 없는 화면"),
		"loading":        l.pick("View on its way", "불러오는 중인 화면"),
		"failed":         l.pick("View that could not be loaded", "불러오지 못한 화면"),
		"faults":         l.pick("Faults of the wire", "회선의 고장"),
		"until":          l.pick("Packets that pass by themselves", "저절로 전달되는 패킷"),
		"reconnecting":   l.pick("Connection lost", "끊긴 연결"),
		"full":           l.pick("All places taken", "자리가 모두 찬 서버"),
		"own-full":       l.pick("Too many labs of one’s own", "자신의 실습이 너무 많을 때"),
		"gone":           l.pick("Run that is gone", "사라진 실행"),
		"refusal":        l.pick("Setting that was refused", "거절된 설정"),
		"compose":        l.pick("Packet composed by hand", "손으로 만드는 패킷"),
		"compare":        l.pick("Two runs side by side", "나란히 놓은 두 실행"),
		"link":           l.pick("Link to an event of the run", "실행의 한 이벤트로 가는 링크"),
		"edit-packet":    l.pick("Bytes edited by hand", "손으로 고치는 바이트"),
		"unavailable":    l.pick("Labs cannot run here", "실습을 실행할 수 없는 서버"),
		"recorded":       l.pick("Recorded run in the place of a live one", "실시간 실행을 대신하는 기록"),
		"meanwhile":      l.pick("Recorded run offered to one who waits", "기다리는 동안 볼 수 있는 기록"),
		"look":           l.pick("Recorded run shown to one who waits", "기다리는 동안 보는 기록"),
		"run-text":       l.pick("Run as text, where scripts are off", "스크립트가 없을 때 글로 보는 실행"),
		"predict":        l.pick("Prediction: open, kept, right, wrong, not reached", "예측: 처음, 적어 둠, 맞음, 틀림, 아직 모름"),
		"predict-states": l.pick("Prediction of states: open, right, wrong", "상태 예측: 처음, 맞음, 틀림"),
		"predict-number": l.pick("Prediction of a number: open, right, wrong", "수 예측: 처음, 맞음, 틀림"),
		"predict-field":  l.pick("Prediction of a hidden field: open, right, wrong", "가린 칸 예측: 처음, 맞음, 틀림"),
		"predict-order":  l.pick("Prediction of an order: open, right, wrong", "순서 예측: 처음, 맞음, 틀림"),
		"quiz":           l.pick("Quiz: open, right, wrong", "퀴즈: 처음, 맞음, 틀림"),
		"steps":          l.pick("Steps: read, set, done", "단계: 읽기, 설정, 설정함"),
		"exercise":       l.pick("Exercise: open, under way, failed, passed", "연습 문제: 처음, 진행 중, 실패, 통과"),
		"connection":     l.pick("The page’s own WebSocket: waiting, with frames", "이 페이지의 웹소켓: 대기, 프레임"),
		"beliefs":        l.pick("What was once believed: asked again, and overcome", "예전에 틀린 답: 다시 풀 것과 바로잡은 것"),
		"notes":          l.pick("Notice, and notes for the instructor", "알림과 가르치는 분께 드리는 글"),
	}
}

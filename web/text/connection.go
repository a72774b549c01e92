package text

// ConnectionTitle is the heading of the page's own WebSocket.
func (l Lang) ConnectionTitle() string {
	return l.pick("The WebSocket of this page", "이 페이지의 웹소켓")
}

// ConnectionWait says when something will be seen there.
func (l Lang) ConnectionWait() string {
	return l.pick("Run the lab above. The WebSocket that brings you its diagram appears here, frame by frame, as the server reads and writes it.",
		"위의 실습을 실행하십시오. 그림을 실어 나르는 웹소켓이 여기에 프레임 하나하나 나타납니다. 서버가 읽고 쓰는 그대로입니다.")
}

// Connection are the words with which its frames are told.
func (l Lang) Connection() map[string]string {
	return map[string]string{
		"tuple":        l.pick("TCP connection", "TCP 연결"),
		"tuple-is":     l.pick("browser {remote} ⇄ server {local}", "브라우저 {remote} ⇄ 서버 {local}"),
		"tuple-hint":   l.pick("As the server's kernel sees it. With a proxy between, the browser's side is the proxy.", "서버의 커널이 보는 대로입니다. 사이에 프록시가 있으면 브라우저 쪽은 프록시의 주소입니다."),
		"tcp":          l.pick("The kernel of the server says", "서버 커널의 말"),
		"tcp-is":       l.pick("{state} · round trip {rtt} ms, time-out {rto} ms · cwnd {cwnd} × {mss} bytes · {out} segments out, {in} in · {acked} bytes acknowledged, {received} received · {retrans} sent again", "{state} · 왕복 {rtt}밀리초, 타임아웃 {rto}밀리초 · cwnd {cwnd} × {mss}바이트 · 세그먼트 {out}개 나감, {in}개 들어옴 · 확인 응답 받은 {acked}바이트, 받은 {received}바이트 · 재전송 {retrans}회"),
		"upgrade":      l.pick("Connection {conn}: the upgrade", "연결 {conn}: 업그레이드"),
		"request":      l.pick("The browser asks (headers in the order of the alphabet)", "브라우저의 요청 (헤더는 알파벳순)"),
		"response":     l.pick("The server answers", "서버의 응답"),
		"accept":       l.pick("The browser checks: base64(SHA-1(“{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11”)) = {accept}", "브라우저가 확인합니다. base64(SHA-1(“{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11”)) = {accept}"),
		"closed":       l.pick("Connection {conn}: the server closed the TCP connection", "연결 {conn}: 서버가 TCP 연결을 닫았습니다"),
		"frames":       l.pick("Frames", "프레임"),
		"earlier":      l.pick("{n} earlier ones are no longer shown", "앞선 {n}개는 더 보여 주지 않습니다"),
		"from-browser": l.pick("browser → server", "브라우저 → 서버"),
		"from-server":  l.pick("server → browser", "서버 → 브라우저"),
		"op-0":         l.pick("continuation", "이어지는 조각"),
		"op-1":         l.pick("text", "텍스트"),
		"op-2":         l.pick("binary", "바이너리"),
		"op-8":         l.pick("close", "닫기"),
		"op-9":         l.pick("ping", "핑"),
		"op-10":        l.pick("pong", "퐁"),
		"op-other":     l.pick("reserved", "예약됨"),
		"bytes":        l.pick("{n} bytes", "{n}바이트"),
		"masked":       l.pick("masked", "마스크 있음"),
		"unmasked":     l.pick("not masked", "마스크 없음"),
		"header":       l.pick("Header, {n} bytes", "헤더 {n}바이트"),
		"field-fin":    l.pick("FIN = {fin}: {means}", "FIN = {fin}: {means}"),
		"fin-1":        l.pick("the message ends with this frame", "이 프레임으로 메시지가 끝납니다"),
		"fin-0":        l.pick("more of the message follows", "메시지가 이어집니다"),
		"field-opcode": l.pick("opcode = {op}: {means}", "opcode = {op}: {means}"),
		"field-mask":   l.pick("MASK = {mask}", "MASK = {mask}"),
		"field-length": l.pick("payload length = {n}, in {bits} bits", "페이로드 길이 = {n}, {bits}비트에 적음"),
		"field-key":    l.pick("masking key = {key}", "마스킹 키 = {key}"),
		"wire":         l.pick("Payload on the wire", "회선 위의 페이로드"),
		"data":         l.pick("Each byte XOR the byte of the key whose turn it is", "바이트마다 차례가 된 키의 바이트와 XOR"),
		"text":         l.pick("As text", "텍스트로 읽으면"),
		"code":         l.pick("Close code {code} {reason}", "닫기 코드 {code} {reason}"),
		"more":         l.pick("… and {n} bytes more", "… 그리고 {n}바이트 더"),
		"nonsense":     l.pick("Send “hello” instead of a command", "명령 대신 “hello” 보내기"),
		"close":        l.pick("Close it with code 4000, and come back", "코드 4000으로 닫고 다시 연결"),
		"lost":         l.pick("The reports do not reach this page at present; the browser tries again.", "지금은 보고가 이 페이지에 오지 않습니다. 브라우저가 다시 시도합니다."),
		"over":         l.pick("The run is over. Run the lab again to read on.", "실행이 끝났습니다. 다시 실행하면 이어집니다."),
	}
}

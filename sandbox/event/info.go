package event

// TCPInfo is what the kernel knows of a connection.
//
// Source: tcp(7), TCP_INFO; linux/tcp.h, struct tcp_info.
type TCPInfo struct {
	Congestion  string `json:"congestion,omitempty"` // cubic, bbr, …
	CAState     string `json:"ca_state"`             // Open, Disorder, CWR, Recovery, Loss
	CWnd        int    `json:"cwnd"`                 // segments that may be in flight
	SSThresh    int    `json:"ssthresh,omitempty"`   // segments; absent while it is unlimited
	InFlight    int    `json:"in_flight"`            // segments sent, and neither acknowledged nor thought lost
	Unacked     int    `json:"unacked,omitempty"`    // segments
	SACKed      int    `json:"sacked,omitempty"`     // segments
	Lost        int    `json:"lost,omitempty"`       // segments thought lost
	Retrans     int    `json:"retrans,omitempty"`    // segments sent again and not yet acknowledged
	TotalRetr   int    `json:"total_retrans,omitempty"`
	Retransmits int    `json:"retransmits,omitempty"` // times in a row that the timer ran out
	Probes      int    `json:"probes,omitempty"`      // unanswered window or keepalive probes
	Backoff     int    `json:"backoff,omitempty"`     // how often the timer was doubled
	RTO         int64  `json:"rto"`                   // nanoseconds, as are all times
	RTT         int64  `json:"rtt,omitempty"`         // smoothed; absent while none was measured
	RTTVar      int64  `json:"rttvar,omitempty"`
	MinRTT      int64  `json:"min_rtt,omitempty"`
	MSS         int    `json:"mss,omitempty"`     // bytes, of what it sends
	SendWindow  int    `json:"snd_wnd,omitempty"` // bytes that the peer lets it have in flight
	RecvWindow  int    `json:"rcv_wnd,omitempty"` // bytes that it lets the peer have in flight
	NotSent     int    `json:"notsent,omitempty"` // bytes in the send queue that were never sent
	BytesAcked  uint64 `json:"bytes_acked,omitempty"`
	PacingRate  uint64 `json:"pacing_rate,omitempty"` // bytes a second; absent when unlimited
}

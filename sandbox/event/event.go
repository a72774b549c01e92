// Package event is the vocabulary of a run: what a sandbox tells, one JSON
// object for each thing that happened, and what may be said to it.
//
// An [Event] is encoded once, in the worker, and the same bytes go to the
// browser, the recording and the command line. Within one run Seq counts
// 1, 2, 3 … without holes and T never decreases.
package event

// Version is the version of this vocabulary. It is raised when a reader of
// an older version would misunderstand an event.
const Version = 1

// Kind says what sort of thing happened, and so which fields of an [Event]
// are set.
type Kind string

// The kinds of event.
const (
	KindStart  Kind = "start"  // first event: Version, Topology, Hosts, Programs, Wire
	KindCall   Kind = "call"   // a system call of a program that has to do with sockets or with its own life
	KindSignal Kind = "signal" // a signal reached a thread of a program: Signal, Reason, Text
	KindTask   Kind = "task"   // a further process or thread of a program began or ended: Phase, Parent; Code or Signal at its end
	KindPacket Kind = "packet" // a packet on the wire (or on lo)
	KindInfo   Kind = "info"   // what the kernel knows of a TCP connection (TCP_INFO)
	KindState  Kind = "state"  // a socket came, went, got a name or changed its TCP state
	KindQueue  Kind = "queue"  // the length of a socket's queues changed
	KindPrint  Kind = "print"  // a program wrote to standard output or standard error
	KindInput  Kind = "input"  // a line was given to a program's standard input
	KindExit   Kind = "exit"   // a program ended
	KindWire   Kind = "wire"   // the wire's settings changed, or with Until: packets on hold began to pass by themselves, or pass no more
	KindNote   Kind = "note"   // something worth saying, such as a command that could not be obeyed
	KindEnd    Kind = "end"    // last event: the run is over
)

// Phase is the stage of a call or a packet.
type Phase string

// The phases of a call, in their order. Held is there only when the program
// is being stepped, Blocked only when the call sleeps.
const (
	PhaseHeld    Phase = "held"    // stopped before the kernel sees the call (also: a packet waits in our hands)
	PhaseEnter   Phase = "enter"   // the kernel has been given the call
	PhaseBlocked Phase = "blocked" // the call has not returned; Wchan says where in the kernel it sleeps
	PhaseReturn  Phase = "return"  // the call returned: Result, Errno, Duration
)

// The phases of a packet: sent or made; changed and held, if at all;
// delivered or dropped; discarded, if at all. Reason says why.
const (
	PhaseSent      Phase = "sent"      // by a host. Of: the same frame, which the switch gives to another host too
	PhaseMade      Phase = "made"      // by no host: ReasonDuplicate and ReasonFragment (Of: the original), ReasonICMP (Of: the packet too big), ReasonInjected
	PhaseChanged   Phase = "changed"   // on its way: ReasonCorrupt, ReasonEdit; Data and Summary are the new ones
	PhaseDelivered Phase = "delivered" // given to the receiving kernel (or to the hand that plays the host)
	PhaseDropped   Phase = "dropped"
	PhaseDiscarded Phase = "discarded" // by the receiving kernel, which counted it: ReasonWrong
)

// The reasons of a packet's phase.
const (
	ReasonByHand     = "by-hand"    // dropped by the learner
	ReasonLoss       = "loss"       // dropped by the wire's choice
	ReasonQueue      = "queue"      // dropped: the wire's queue was full
	ReasonCut        = "cut"        // dropped: the wire is cut
	ReasonCopy       = "copy"       // dropped: the same segment is held already
	ReasonTooBig     = "too-big"    // dropped: longer than the wire's MTU, and must not be fragmented
	ReasonFragmented = "fragmented" // dropped: its fragments go on instead
	ReasonUnplugged  = "unplugged"  // dropped: the receiver's link is down
	ReasonDuplicate  = "duplicate"
	ReasonFragment   = "fragment"
	ReasonICMP       = "icmp"
	ReasonInjected   = "injected"
	ReasonCorrupt    = "corrupt"
	ReasonEdit       = "edit"
	ReasonWrong      = "wrong" // discarded: a checksum or a length did not fit
)

// The phases of a task, and of a delivery until something. The first process
// of a program has none: the program begins with the start event and ends
// with its exit event.
const (
	PhaseBegan Phase = "began" // of a task, Parent says which thread made it
	PhaseEnded Phase = "ended" // a task by Code or by Signal, a delivery by Reason
)

// What becomes of a signal, as Reason says: the program ignores it, catches
// it by a function of its own, or takes the kernel's default, which for most
// signals is its end.
const (
	SignalIgnored = "ignored"
	SignalCaught  = "caught"
	SignalDefault = "default"
)

// Event is one thing that happened. Fields that do not belong to its Kind
// are absent.
type Event struct {
	Seq  uint64 `json:"seq"`            // 1, 2, 3 … without holes
	T    int64  `json:"t"`              // nanoseconds since the start of the run, one monotonic clock for all layers
	Kind Kind   `json:"kind"`           //
	Host string `json:"host,omitempty"` // lifeline the event belongs to; on loopback the program's name, which is another name of the one host

	// start
	Version  int       `json:"version,omitempty"`
	Lab      string    `json:"lab,omitempty"`
	Topology string    `json:"topology,omitempty"`
	Hosts    []Host    `json:"hosts,omitempty"`
	Programs []Program `json:"programs,omitempty"`

	// start and wire
	Wire *Wire `json:"wire,omitempty"`

	// wire: with Phase, began or ended; then Reason, and ID or Cause of what was reached
	Until *Until `json:"until,omitempty"`

	// call (also signal, task, print, input and exit: Program, PID)
	Program  string   `json:"program,omitempty"`
	PID      int      `json:"pid,omitempty"`
	TID      int      `json:"tid,omitempty"`      // thread; absent when it is the process's first
	Parent   int      `json:"parent,omitempty"`   // task that began: the thread that made it
	Call     uint64   `json:"call,omitempty"`     // the same number in every phase of one call
	Name     string   `json:"name,omitempty"`     // as in the system call table: accept4
	Args     []string `json:"args,omitempty"`     // each as strace prints it; those the kernel fills in are complete on return
	FD       *int     `json:"fd,omitempty"`       // descriptor the call is about; on return of socket and accept the new one is Result
	Phase    Phase    `json:"phase,omitempty"`    // of a call, a packet, a task or a delivery until something
	Result   *int64   `json:"result,omitempty"`   // -1 when Errno is set; exit and exit_group never return
	Errno    string   `json:"errno,omitempty"`    // ECONNREFUSED
	Line     int      `json:"line,omitempty"`     // line of the program's source; also of an exit that ended with an error
	Duration int64    `json:"duration,omitempty"` // nanoseconds from enter to return
	Wchan    string   `json:"wchan,omitempty"`    // kernel function the blocked call sleeps in: inet_csk_accept

	// packet
	ID      uint64   `json:"id,omitempty"`    // the same number in every phase of one packet; wire: the packet that was waited for, which is held
	Of      uint64   `json:"of,omitempty"`    // packet it was made from
	Again   uint64   `json:"again,omitempty"` // on sent: packet whose bytes it sends again
	From    string   `json:"from,omitempty"`
	To      string   `json:"to,omitempty"`      // packet: lifelines; state: see [Event.State]
	Derived bool     `json:"derived,omitempty"` // packet that could not be captured, but must have been by what the kernel says of its ends: without Data, and T is later than it was sent; wire that is lo, and cut by having a host's sockets discard what arrives
	Reason  string   `json:"reason,omitempty"`  // of a packet's phase, or of the end of a delivery; of a signal what becomes of it
	Summary *Summary `json:"summary,omitempty"`
	Data    []byte   `json:"data,omitempty"` // on sent, made and changed: the whole frame, from its Ethernet header; base64

	// state, queue and info
	Socket *Socket  `json:"socket,omitempty"`
	Recv   *int     `json:"recv,omitempty"`  // bytes not yet read; of a listener: connections not yet accepted
	Send   *int     `json:"send,omitempty"`  // bytes not yet acknowledged; of a listener: its backlog
	SYN    *int     `json:"syn,omitempty"`   // of a listener: connections in SYN_RECV
	Drops  *int     `json:"drops,omitempty"` // of a UDP socket: datagrams dropped since it was made, its buffer being full
	Info   *TCPInfo `json:"info,omitempty"`

	// print, input, note
	Text   string `json:"text,omitempty"`
	Stream string `json:"stream,omitempty"` // print: stdout or stderr

	// exit, task, signal
	Code   *int   `json:"code,omitempty"`   // exit status; absent when a signal ended the program
	Signal string `json:"signal,omitempty"` // SIGKILL
	Error  string `json:"error,omitempty"`  // last line of what the program said of its failure
	Limit  Limit  `json:"limit,omitempty"`  // the limit that ended it

	// note: the setting or the field of a command that was refused
	Refusal *RefusalError `json:"refusal,omitempty"`

	// Cause names what led to this event: for end a word, for all others
	// the Seq of the event that led to it.
	Cause *Cause `json:"cause,omitempty"`
}

// Host is a host of the topology as the start event names it.
type Host struct {
	Name  string   `json:"name"`
	Addrs []string `json:"addrs"`
	Hand  bool     `json:"hand,omitempty"` // no kernel: the learner plays it
}

// Program is a program as the start event names it.
type Program struct {
	Name string `json:"name"`
	Host string `json:"host"` // lifeline
	File string `json:"file,omitempty"`
}

// Socket identifies a socket of the run.
type Socket struct {
	ID      int    `json:"id"`                // 1, 2, 3 …: the same socket through its whole life, from SYN_RECV to TIME_WAIT
	Proto   string `json:"proto"`             // tcp, udp; of Unix-domain sockets u_str, u_dgr, u_seq
	Local   string `json:"local,omitempty"`   // 10.0.0.1:41822, [fd00::1]:41822, /tmp/path, @abstract; absent while it has no name
	Remote  string `json:"remote,omitempty"`  // absent while it has no peer
	Program string `json:"program,omitempty"` // who holds it; absent before accept
	FD      *int   `json:"fd,omitempty"`      // descriptor in that program; absent before accept and after close
	Peer    int    `json:"peer,omitempty"`    // of a Unix-domain socket: ID of the socket it is connected to
	Inode   uint32 `json:"inode,omitempty"`   // of a Unix-domain socket: the number by which ss names it
	Mapped  bool   `json:"mapped,omitempty"`  // it is of IPv6, and to itself its addresses of IPv4 are ::ffff:10.0.0.1
	V6Only  bool   `json:"v6only,omitempty"`  // it is of IPv6, has no peer, and takes no IPv4
}

// Summary is what the headers of a packet say, as far as a reader of a
// sequence diagram wants to know.
type Summary struct {
	Proto   string   `json:"proto"`             // TCP, UDP, ICMP, ICMPv6, IGMP, ARP, IPv4, IPv6, Ethernet
	Src     string   `json:"src"`               // 10.0.0.1:41822
	Dst     string   `json:"dst"`               //
	Flags   []string `json:"flags,omitempty"`   // ["SYN","ACK"] in the order SYN FIN RST PSH ACK URG ECE CWR
	Seq     *uint32  `json:"seq,omitempty"`     // as on the wire, not relative
	Ack     *uint32  `json:"ack,omitempty"`     // present when ACK is set
	Window  *int     `json:"window,omitempty"`  // as on the wire, not scaled
	Len     int      `json:"len"`               // bytes of payload above TCP or UDP; of other protocols above IP
	Options []string `json:"options,omitempty"` // TCP: mss 1460, sackOK, TS val 1 ecr 0, wscale 7
	Text    string   `json:"text,omitempty"`    // printable preview of the payload
}

// State events use From and To for the kernel's names of the TCP states:
// SYN_SENT, SYN_RECV, ESTABLISHED, FIN_WAIT1, FIN_WAIT2, TIME_WAIT, CLOSE,
// CLOSE_WAIT, LAST_ACK, LISTEN, CLOSING. CLOSE is the kernel's name for
// CLOSED. From is absent when the socket is new; To is absent when the
// kernel has forgotten it. From equals To when only the socket's name,
// holder or descriptor changed. Of UDP sockets CLOSE means not connected
// and ESTABLISHED connected.
func (e *Event) State() (from, to string) { return e.From, e.To }

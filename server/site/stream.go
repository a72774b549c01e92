package site

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/go-chi/chi/v5"
	"github.com/gorilla/websocket"
	"golang.org/x/sync/errgroup"
	"golang.org/x/time/rate"

	"fivetuple/sandbox/event"
	"fivetuple/server/live"
)

// Times of a stream. A watcher that takes nothing for writeWait is closed:
// it can come back and go on where it was.
const (
	writeWait = 10 * time.Second
	pongWait  = 60 * time.Second
	pingEvery = 20 * time.Second
	pingShown = 5 * time.Second // where a learner reads along
)

// closeWait is how long a browser may take to answer a close.
const closeWait = 2 * time.Second

// How many messages a hand may send.
const (
	messagesPerSecond = 50
	messagesAtOnce    = 100
)

// maxMessage is how many bytes of events go into one message.
const maxMessage = 64 << 10

// closeNoSandbox is our own close code, see the package.
const closeNoSandbox = 4404

var (
	errOver      = errors.New("the run is over")
	errMalformed = errors.New("not a command")
	errTooOften  = errors.New("too many messages")
	errGone      = errors.New("the browser is gone")
	errStopping  = errors.New("the server is stopping")
)

// closeCodes says with which code each end of a stream is told.
var closeCodes = []struct {
	err  error
	code int
}{
	{errOver, websocket.CloseNormalClosure},
	{errMalformed, websocket.CloseInvalidFramePayloadData},
	{errTooOften, websocket.ClosePolicyViolation},
	{websocket.ErrReadLimit, websocket.CloseMessageTooBig},
	{errStopping, websocket.CloseGoingAway},
}

func (s *Site) stream(w http.ResponseWriter, r *http.Request) {
	after, err := position(r.URL.Query().Get("after"))
	if err != nil {
		s.fail(w, r, lang(r), fmt.Errorf("%w: after: %w", errRequest, err))
		return
	}
	s.streams.Add(1) // before the upgrade, until which Shutdown waits for us
	defer s.streams.Done()
	run, ok := s.Sandboxes.Find(chi.URLParam(r, "id"))
	every := pingEvery
	if ok && r.URL.Query().Has("frames") {
		log, done := s.read.Open(run.ID())
		defer done()
		w, every = log.Along(w, r), pingShown
	}
	conn, err := s.upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	defer conn.Close()
	if !ok {
		closeWith(conn, closeNoSandbox, "no such sandbox")
		return
	}
	watcher := run.Watch(after)
	defer watcher.Close()
	s.serve(conn, run, watcher, every)
}

// position reads the seq after which a stream begins; none is the start.
func position(after string) (uint64, error) {
	if after == "" {
		return 0, nil
	}
	return strconv.ParseUint(after, 10, 64)
}

// serve runs the reader and the writer of a stream until one of them ends,
// and closes it with the code of the reason.
func (s *Site) serve(conn *websocket.Conn, run *live.Sandbox, watcher *live.Watcher, ping time.Duration) {
	group, ctx := errgroup.WithContext(context.Background())
	group.Go(func() error { return read(conn, run) })
	group.Go(func() error { return s.write(ctx, conn, watcher, ping) })
	var overdue *time.Timer
	group.Go(func() error { // the reader ends when the browser has answered the close, or soon
		<-ctx.Done()
		err := context.Cause(ctx)
		for _, c := range closeCodes {
			if errors.Is(err, c.err) {
				closeWith(conn, c.code, c.err.Error())
			}
		}
		wait := closeWait
		if errors.Is(err, errGone) {
			wait = 0
		}
		overdue = time.AfterFunc(wait, func() { _ = conn.Close() }) // a read deadline is put off by each pong
		return nil
	})
	// The reason was told to the browser; nobody else asks. But closing a
	// connection with data unread resets it, and the browser would lose the
	// close code.
	err := group.Wait()
	defer overdue.Stop()
	switch {
	case errors.Is(err, websocket.ErrReadLimit):
		_, _ = io.Copy(io.Discard, conn.NetConn()) // frames cannot be told apart any more
	case errors.Is(err, errMalformed) || errors.Is(err, errTooOften):
		for err = nil; err == nil; { // to the browser's own close
			_, _, err = conn.NextReader()
		}
	}
}

func closeWith(conn *websocket.Conn, code int, reason string) {
	deadline := time.Now().Add(writeWait)
	_ = conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, reason), deadline)
}

// read passes commands on until the browser is gone or says what it may not.
func read(conn *websocket.Conn, run *live.Sandbox) error {
	conn.SetReadLimit(event.MaxCommand)
	_ = conn.SetReadDeadline(time.Now().Add(pongWait))
	conn.SetPongHandler(func(string) error { return conn.SetReadDeadline(time.Now().Add(pongWait)) })
	hand := rate.NewLimiter(messagesPerSecond, messagesAtOnce)
	for {
		kind, message, err := conn.ReadMessage()
		if errors.Is(err, websocket.ErrReadLimit) {
			return err
		}
		if err != nil {
			return errGone
		}
		if !hand.Allow() {
			return errTooOften
		}
		c, err := event.ParseCommand(message)
		var refused *event.RefusalError
		if errors.As(err, &refused) {
			err = nil // the sandbox refuses it, and its events say why
		}
		if err != nil || kind != websocket.TextMessage || !utf8.Valid(message) || c.End != "" {
			return errMalformed
		}
		run.Command(c)
	}
}

// write sends events as they come, and pings, until the run is over. When
// the server stops, so do its runs: the stream goes on until their end has
// been sent, but not for longer than writeWait.
func (s *Site) write(ctx context.Context, conn *websocket.Conn, watcher *live.Watcher, every time.Duration) error {
	ping := time.NewTicker(every)
	defer ping.Stop()
	stop, last := s.Stop.Done(), (<-chan time.Time)(nil)
	for {
		news := watcher.Next(maxMessage)
		if len(news.Events) > 0 {
			_ = conn.SetWriteDeadline(time.Now().Add(writeWait))
			if err := conn.WriteMessage(websocket.TextMessage, bytes.Join(news.Events, []byte("\n"))); err != nil {
				return errGone
			}
			continue
		}
		if news.Ended {
			if s.Stop.Err() != nil {
				return errStopping
			}
			return errOver
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-stop:
			stop, last = nil, time.After(writeWait)
		case <-last:
			return errStopping
		case <-news.Changed:
		case <-ping.C:
			if err := conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeWait)); err != nil {
				return errGone
			}
		}
	}
}

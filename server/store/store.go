// Package store keeps what must last: in NATS JetStream, which this process
// runs itself on a folder, or which a cluster elsewhere runs.
package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Store holds buckets of values by key. It must be closed.
type Store struct {
	dir  string         // empty when the cluster is elsewhere
	own  *server.Server // nil as well
	lock *os.File       // of the folder, nil as well
	conn *nats.Conn
	js   jetstream.JetStream

	writers turn // of those who write to the folder
}

// ErrInUse means that another process keeps its own in the folder.
var ErrInUse = errors.New("another fivetuple uses it")

// ErrDamaged means that what lies in the folder cannot be read as a whole.
// Nothing of it is changed.
var ErrDamaged = errors.New("damaged")

// maxStore is how many bytes the bounds of all buckets may add up to. Of
// itself the server would refuse a bucket whose bound is beyond most of what
// is free on the disk, though it may never hold more than a little.
const maxStore = 1 << 40

// startTime is how long the server of our own may take to start.
const startTime = 20 * time.Second

// Open opens the store in the folder dir, which is made when it is not there.
func Open(ctx context.Context, dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	if err := roomy(dir, 0); err != nil {
		return nil, err
	}
	lock, err := lockFile(filepath.Join(dir, "lock"))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	s := &Store{dir: dir, lock: lock, writers: newTurn()}
	if err := s.start(ctx, filepath.Join(dir, "nats")); err != nil {
		s.Close()
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	return s, nil
}

// Connect uses the cluster at address, the URL of one of its servers or
// several with commas between. No error tells the passwords in them.
func Connect(ctx context.Context, address string) (*Store, error) {
	s := &Store{}
	conn, err := nats.Connect(address, nats.Name("fivetuple"), nats.MaxReconnects(-1))
	if err == nil {
		err = s.use(ctx, conn)
	}
	if err != nil {
		s.Close()
		return nil, fmt.Errorf("%s: %w", redacted(address), err)
	}
	return s, nil
}

// redacted is address without the passwords, and without what is no URL.
func redacted(address string) string {
	var shown []string
	for one := range strings.SplitSeq(address, ",") {
		if u, err := url.Parse(strings.TrimSpace(one)); err == nil {
			shown = append(shown, u.Redacted())
		} else {
			shown = append(shown, "an address that is no URL")
		}
	}
	return strings.Join(shown, ",")
}

// start runs a server of our own, which nobody else can reach.
func (s *Store) start(ctx context.Context, dir string) error {
	own, err := server.NewServer(&server.Options{
		ServerName: "fivetuple", DontListen: true, NoSigs: true, NoLog: true,
		JetStream: true, JetStreamMaxStore: maxStore, StoreDir: dir, SyncAlways: true, DisableJetStreamBanner: true,
	})
	if err != nil {
		return err
	}
	s.own = own
	own.Start()
	if !own.ReadyForConnections(startTime) || !own.JetStreamEnabled() {
		return errors.New("the store did not start; is the folder writable?")
	}
	conn, err := nats.Connect("", nats.InProcessServer(own))
	if err != nil {
		return err
	}
	if err := s.use(ctx, conn); err != nil {
		return err
	}
	return s.whole(ctx, dir)
}

func (s *Store) use(ctx context.Context, conn *nats.Conn) (err error) {
	s.conn = conn
	if s.js, err = jetstream.New(conn); err != nil {
		return err
	}
	_, err = s.js.AccountInfo(ctx)
	return err
}

// whole sees to it that each stream that lies in the folder was read: one
// that the server passed over would be written over.
func (s *Store) whole(ctx context.Context, dir string) error {
	there, err := filepath.Glob(filepath.Join(dir, "jetstream", "*", "streams", "*"))
	if err != nil {
		return err
	}
	read := map[string]bool{}
	names := s.js.StreamNames(ctx)
	for name := range names.Name() {
		read[name] = true
	}
	if err := names.Err(); err != nil {
		return err
	}
	for _, path := range there {
		if name := filepath.Base(path); !read[name] && !strings.HasPrefix(name, ".") {
			return fmt.Errorf("%w: %s", ErrDamaged, path)
		}
	}
	return nil
}

// Close ends the server of our own, if there is one; what was put is on disk.
// Of a nil store there is nothing to close.
func (s *Store) Close() {
	if s == nil {
		return
	}
	if s.conn != nil {
		s.conn.Close()
	}
	if s.own != nil {
		s.own.Shutdown()
		s.own.WaitForShutdown()
	}
	if s.lock != nil {
		s.lock.Close()
	}
}

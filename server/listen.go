package main

import (
	"context"
	"errors"
	"net"

	"fivetuple/sandbox"
)

// listen listens on addr. Without a host it listens on every address of the
// machine at once or, on the tier shared, on each one by itself: labs have
// addresses of this machine there, and ports that the server must leave free.
func listen(ctx context.Context, addr string, abilities []sandbox.Ability) ([]net.Listener, error) {
	host, port, err := net.SplitHostPort(addr)
	if err == nil && (host == "" || host == "0.0.0.0" || host == "::") && sandbox.IsShared(abilities) {
		return listenEach(ctx, port)
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", addr)
	return []net.Listener{l}, err
}

// listenEach listens on this port of each address that the machine has now.
func listenEach(ctx context.Context, port string) (all []net.Listener, err error) {
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		return nil, err
	}
	var config net.ListenConfig
	for _, a := range addrs {
		network, ok := a.(*net.IPNet)
		if !ok || network.IP.IsLinkLocalUnicast() {
			continue // such an address needs the name of its link, too
		}
		l, err := config.Listen(ctx, "tcp", net.JoinHostPort(network.IP.String(), port))
		if err != nil {
			return nil, errors.Join(err, closeAll(all))
		}
		all = append(all, l)
		if port == "0" {
			_, port, _ = net.SplitHostPort(l.Addr().String())
		}
	}
	if len(all) == 0 {
		return nil, errors.New("this machine has no address")
	}
	return all, nil
}

func closeAll(all []net.Listener) (err error) {
	for _, l := range all {
		err = errors.Join(err, l.Close())
	}
	return err
}

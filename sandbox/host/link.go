//go:build linux

package host

import (
	"fmt"
	"net"
	"net/netip"

	"github.com/safchain/ethtool"
	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// inner is the name of a host's own end of its link.
const inner = "eth0"

// addrGenNone keeps the kernel from giving a link an IPv6 address of its own
// accord (IN6_ADDR_GEN_MODE_NONE), and so from telling neighbours about it.
const addrGenNone = 1

// Link gives h an interface eth0 with these addresses, one of a veth pair
// whose other end, named like the host, stays in the caller's namespace and
// leads into our hands. On eth0 nothing is offloaded: every frame is at most
// as long as the MTU and has a correct checksum.
//
// It returns the index of the end in our hands.
func Link(h *Host, prefixes ...netip.Prefix) (int, error) {
	outer := &netlink.Veth{
		LinkAttrs:        netlink.LinkAttrs{Name: h.Name, HardwareAddr: net.HardwareAddr{2, 0, 0, 0, 1, hostByte(prefixes)}},
		PeerName:         inner,
		PeerHardwareAddr: MAC(prefixes[0].Addr()),
		PeerNamespace:    netlink.NsFd(h.ns),
	}
	if err := netlink.LinkAdd(outer); err != nil {
		return 0, fmt.Errorf("add veth pair for host %s: %w", h.Name, err)
	}
	if err := netlink.LinkSetIP6AddrGenMode(outer, addrGenNone); err != nil {
		return 0, fmt.Errorf("link %s: %w", h.Name, err)
	}
	if err := h.Do(func() error { return address(prefixes) }); err != nil {
		return 0, fmt.Errorf("host %s: %w", h.Name, err)
	}
	for _, p := range prefixes {
		h.Addrs = append(h.Addrs, p.Addr())
	}
	if err := netlink.LinkSetUp(outer); err != nil {
		return 0, fmt.Errorf("link %s: %w", h.Name, err)
	}
	return Index(h.Name)
}

// MAC is the Ethernet address of the host with this IP address: it ends in
// the same byte.
func MAC(a netip.Addr) net.HardwareAddr {
	b := a.AsSlice()
	return net.HardwareAddr{2, 0, 0, 0, 0, b[len(b)-1]}
}

func hostByte(prefixes []netip.Prefix) byte {
	return MAC(prefixes[0].Addr())[5]
}

// address sets up eth0 in the calling thread's namespace.
func address(prefixes []netip.Prefix) error {
	nl, err := netlink.NewHandle(unix.NETLINK_ROUTE)
	if err != nil {
		return fmt.Errorf("netlink: %w", err)
	}
	defer nl.Close()
	link, err := nl.LinkByName(inner)
	if err != nil {
		return fmt.Errorf("link %s: %w", inner, err)
	}
	if err := nl.LinkSetIP6AddrGenMode(link, addrGenNone); err != nil {
		return fmt.Errorf("link %s: %w", inner, err)
	}
	if err := noOffload(); err != nil {
		return err
	}
	for _, p := range prefixes {
		if err := nl.AddrAdd(link, &netlink.Addr{IPNet: ipNet(p), Flags: noDAD(p)}); err != nil {
			return fmt.Errorf("address %s: %w", p, err)
		}
	}
	if err := nl.LinkSetUp(link); err != nil {
		return err
	}
	return routeGroups(nl, link)
}

// groups are the addresses of more than one host: IPv4 multicast and
// broadcast. (The kernel routes those of IPv6 by itself.)
var groups = []netip.Prefix{netip.MustParsePrefix("224.0.0.0/4"), netip.MustParsePrefix("255.255.255.255/32")}

// routeGroups has what is sent to a group leave by link: there is no default
// route that would say so.
func routeGroups(nl *netlink.Handle, link netlink.Link) error {
	for _, g := range groups {
		r := &netlink.Route{LinkIndex: link.Attrs().Index, Dst: ipNet(g), Scope: netlink.SCOPE_LINK}
		if err := nl.RouteAdd(r); err != nil {
			return fmt.Errorf("route to %s: %w", g, err)
		}
	}
	return nil
}

// Loop has what h sends to a group go to h itself, by lo.
func Loop(h *Host) error {
	return h.Do(func() error {
		nl, err := netlink.NewHandle(unix.NETLINK_ROUTE)
		if err != nil {
			return fmt.Errorf("netlink: %w", err)
		}
		defer nl.Close()
		link, err := nl.LinkByName("lo")
		if err != nil {
			return fmt.Errorf("link lo: %w", err)
		}
		return routeGroups(nl, link)
	})
}

// noDAD lets an IPv6 address be used at once, without asking the link
// whether someone else has it (IFA_F_NODAD).
func noDAD(p netip.Prefix) int {
	if p.Addr().Is6() {
		return 0x02
	}
	return 0
}

func ipNet(p netip.Prefix) *net.IPNet {
	return &net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())}
}

func noOffload() error {
	tool, err := ethtool.NewEthtool()
	if err != nil {
		return fmt.Errorf("ethtool: %w", err)
	}
	defer tool.Close()
	off := map[string]bool{"tx-checksum-ip-generic": false, "tx-tcp-segmentation": false, "tx-generic-segmentation": false}
	if err := tool.Change(inner, off); err != nil {
		return fmt.Errorf("ethtool: switch off offloads of %s: %w", inner, err)
	}
	return nil
}

// Introduce tells h the Ethernet address that belongs to each address of
// another host, for ever: on a link of two hosts nobody needs to ask.
func Introduce(h *Host, other []netip.Addr) error {
	return h.Do(func() error {
		nl, err := netlink.NewHandle(unix.NETLINK_ROUTE)
		if err != nil {
			return fmt.Errorf("netlink: %w", err)
		}
		defer nl.Close()
		link, err := nl.LinkByName(inner)
		if err != nil {
			return fmt.Errorf("link %s: %w", inner, err)
		}
		for _, a := range other {
			n := &netlink.Neigh{LinkIndex: link.Attrs().Index, State: netlink.NUD_PERMANENT, IP: a.AsSlice(), HardwareAddr: MAC(a)}
			if err := nl.NeighSet(n); err != nil {
				return fmt.Errorf("neighbour %s: %w", a, err)
			}
		}
		return nil
	})
}

package export

import (
	"fmt"
	"html"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"fivetuple/static"
)

// address is an attribute whose value is an address on this site. In text
// and in other attributes a quote is escaped, so it is found in tags alone.
var address = regexp.MustCompile(` (href|src|action|data-run|data-index)="(/[^"]*)"`)

// relative makes the addresses in a page relative to the file that it will
// be; has says which files there are. An address of nothing is an error.
func relative(page []byte, file string, has func(file string) bool) ([]byte, error) {
	var wrong error
	out := address.ReplaceAllFunc(page, func(tag []byte) []byte {
		m := address.FindSubmatch(tag)
		link, target := link(file, html.UnescapeString(string(m[2])))
		if !has(target) && wrong == nil {
			wrong = fmt.Errorf("%s: it leads to %s, which is not exported", file, m[2])
		}
		return fmt.Appendf(nil, ` %s="%s"`, m[1], html.EscapeString(link))
	})
	return out, wrong
}

// anchors are the ids in a page, and what its links name in a page: itself
// where the file is empty.
var (
	named   = regexp.MustCompile(` id="([^"]*)"`)
	leading = regexp.MustCompile(` href="([^"#:]*)#([^"]+)"`)
)

// anchored says which links with an anchor lead to nothing; pages are the
// exported ones, by their files, with relative links.
func anchored(pages map[string][]byte) (wrong []error) {
	ids := map[string]map[string]bool{}
	for file, page := range pages {
		ids[file] = map[string]bool{}
		for _, m := range named.FindAllSubmatch(page, -1) {
			ids[file][html.UnescapeString(string(m[1]))] = true
		}
	}
	for _, file := range slices.Sorted(maps.Keys(pages)) {
		for _, m := range leading.FindAllSubmatch(pages[file], -1) {
			target := file
			if place := html.UnescapeString(string(m[1])); place != "" {
				target = path.Join(path.Dir(file), place)
			}
			anchor := html.UnescapeString(string(m[2]))
			if plain, err := url.PathUnescape(anchor); err == nil {
				anchor = plain
			}
			if !ids[target][anchor] {
				wrong = append(wrong, fmt.Errorf("%s: it leads to %s#%s, and there is no such place", file, target, anchor))
			}
		}
	}
	return wrong
}

// link is an address as a link in file, and the file to which it leads.
func link(file, address string) (link, target string) {
	place, anchor, anchored := strings.Cut(address, "#")
	target = fileOf(place)
	link = strings.Repeat("../", strings.Count(path.Clean(file), "/")) + target
	if anchored {
		link += "#" + anchor
	}
	return link, target
}

// fileOf is the file in which stands what a live site has at an address;
// that of a folder of runs ends in a slash.
func fileOf(address string) string {
	name := strings.TrimPrefix(address, "/")
	switch {
	case strings.HasPrefix(address, static.Prefix), strings.HasPrefix(name, "runs/"):
		return name
	case strings.HasSuffix(name, ".json"):
		return name
	case name == "" || strings.HasSuffix(name, "/"):
		return name + "index.html"
	}
	return name + ".html"
}

//go:build linux

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"image"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

var update = flag.Bool("update", false, "keep the pictures of the gallery as they are now")

const (
	goldens = "testdata/gallery"
	// sight is how high the window is, and the most that is taken in one picture.
	sight = 4000
	// grid is what the places of exhibits are a multiple of, in pixels of the
	// page: so none looks otherwise because one before it has grown.
	grid = drawn * shrink
	// drawn is by how much smaller than it is the browser draws the page.
	drawn = 2
	// oneFont has every machine draw with the one font that the tests install.
	oneFont = `(() => { const s = new CSSStyleSheet();
		s.replaceSync(':root:root { --sans: "Noto Sans CJK KR"; --text: "Noto Sans CJK KR"; --mono: "Noto Sans Mono CJK KR"; text-rendering: geometricPrecision; }');
		document.adoptedStyleSheets = [s]; })()`
)

// TestGallery compares each exhibit of the gallery with the picture that is
// kept of it. After a change that is meant to be seen: go test ./server -run
// TestGallery -update, and look at what git says has changed.
func TestGallery(t *testing.T) {
	base := served(t)
	for _, window := range []struct {
		name, lang string
		width      int
		themes     []string
	}{
		{"wide", "en", 1280, []string{"light", "dark", "projector"}},
		{"narrow", "ko", 360, []string{"light"}},
	} {
		t.Run(window.name, func(t *testing.T) {
			t.Parallel()
			b := openFor(t, 3*time.Minute, base+"/healthz", int64(window.width), sight,
				chromedp.Flag("font-render-hinting", "none"), chromedp.Flag("disable-lcd-text", true))
			b.prepare(base+"/"+window.lang+"/gallery", window.width)
			for _, theme := range window.themes {
				b.wear(theme)
				folder := filepath.Join(goldens, window.name+"-"+theme)
				found := b.exhibits(window.width)
				if *update {
					renew(t, folder, found)
				} else {
					compare(t, folder, found)
				}
			}
		})
	}
}

// prepare opens the gallery with one font, without motion, and drawn at half
// its size.
func (b *browser) prepare(address string, width int) {
	b.Helper()
	b.do(chromedp.EmulateViewport(int64(width), sight, chromedp.EmulateScale(1.0/drawn)))
	b.before(oneFont)
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		calm := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}}
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, calm)
		return err
	}))
	b.do(chromedp.Navigate(address))
	b.until(`document.documentElement.dataset.gallery === 'ready' && document.querySelectorAll('.tool .line').length > 20`)
}

// wear has the page wear a theme.
func (b *browser) wear(theme string) {
	b.Helper()
	b.drawn(`document.documentElement.dataset.theme = '` + theme + `'; document.dispatchEvent(new CustomEvent('ft-theme'));`)
	b.drawn(onGrid)
}

// drawn does something and waits until the page has drawn what came of it:
// some parts measure what they drew, and draw once more.
func (b *browser) drawn(act string) {
	b.Helper()
	b.text(`(() => {
		` + act + `
		globalThis.drawn = false;
		const frames = (n) => (n > 0 ? requestAnimationFrame(() => frames(n - 1)) : globalThis.drawn = true);
		frames(5);
	})()`)
	b.until(`globalThis.drawn`)
}

// onGrid moves each exhibit down to the next place on the grid.
var onGrid = fmt.Sprintf(`for (const e of document.querySelectorAll('.exhibit')) {
	e.style.position = 'relative';
	e.style.top = '0';
	const over = (e.getBoundingClientRect().top + scrollY) %% %[1]d;
	e.style.top = (over > 0 ? (%[1]d - over) / e.currentCSSZoom : 0) + 'px';
}`, grid)

// exhibits are the pictures of all exhibits, by name.
func (b *browser) exhibits(width int) map[string]*image.RGBA {
	b.Helper()
	var places []struct {
		Name        string
		Top, Height int
	}
	said := b.text(`JSON.stringify([...document.querySelectorAll('.exhibit')].map((e) => { const r = e.getBoundingClientRect();
		return {name: e.id.replace('exhibit-', ''), top: Math.round(r.top + scrollY), height: Math.round(r.height)}; }))`)
	if err := json.Unmarshal([]byte(said), &places); err != nil {
		b.Fatal(err)
	}
	found := map[string]*image.RGBA{}
	end, err := strconv.Atoi(b.text(`document.documentElement.scrollHeight`))
	if err != nil {
		b.Fatal(err)
	}
	for len(places) > 0 {
		n, top := 1, places[0].Top
		for n < len(places) && places[n].Top+places[n].Height-top <= sight {
			n++
		}
		top = min(top, (end-sight)/grid*grid) // the page ends before the window
		whole := b.sees(top)
		for _, p := range places[:n] {
			found[p.Name] = shrunk(whole, image.Rect(0, (p.Top-top)/drawn, width/drawn, (p.Top-top+p.Height)/drawn))
		}
		places = places[n:]
	}
	return found
}

// sees is the window as it is when the page has been scrolled to a place.
func (b *browser) sees(top int) *image.RGBA {
	b.Helper()
	b.drawn(fmt.Sprintf(`scrollTo(0, %d);`, top)) // an editor measures itself when it comes into sight
	var shot *image.RGBA
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		got, err := cdp.Call(ctx, t, page.CaptureScreenshot, page.CaptureScreenshotParams{OptimizeForSpeed: new(true)})
		if err != nil {
			return err
		}
		shot, err = readPicture(bytes.NewReader(got.Data))
		return err
	}))
	return shot
}

func renew(t *testing.T, folder string, found map[string]*image.RGBA) {
	t.Helper()
	kept, err := filepath.Glob(folder + "/*.png")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range kept {
		if found[strings.TrimSuffix(filepath.Base(file), ".png")] == nil {
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, p := range found {
		file := filepath.Join(folder, name+".png")
		if want, err := readGolden(file); err == nil && alike(p, want) {
			continue // no news for git
		}
		if err := writePicture(file, p); err != nil {
			t.Fatal(err)
		}
	}
}

// compare says which exhibits look otherwise than the goldens in a folder,
// and where to see it.
func compare(t *testing.T, folder string, found map[string]*image.RGBA) {
	t.Helper()
	kept, err := filepath.Glob(folder + "/*.png")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range kept {
		if name := strings.TrimSuffix(filepath.Base(file), ".png"); found[name] == nil {
			t.Errorf("%s is kept, and the gallery has no such exhibit; if that is meant, run the test with -update", file)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(found)) {
		want, err := readGolden(filepath.Join(folder, name+".png"))
		if err != nil {
			t.Errorf("the exhibit %s has no picture: %v; run the test with -update", name, err)
			continue
		}
		where, share, worst := unlike(found[name], want)
		t.Logf("%s: %.2f%% of all pixels differ, %.0f%% of one tile", name, 100*share, 100*worst)
		if share > allShare || worst > tileShare {
			t.Errorf("the exhibit %s does not look as it did: %.1f%% of its pixels differ, %.0f%% in one place; see %s; if that is meant, run the test with -update",
				name, 100*share, 100*worst, told(t, name, found[name], want, where))
		}
	}
}

// told writes what was found, what was kept, and where they differ to a
// folder that stays.
func told(t *testing.T, name string, got, want, where image.Image) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "gallery-"+name+"-")
	if err != nil {
		t.Fatal(err)
	}
	for file, p := range map[string]image.Image{"got.png": got, "want.png": want, "difference.png": where} {
		if err := writePicture(filepath.Join(folder, file), p); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

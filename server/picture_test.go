//go:build linux

package main

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"os"
	"path/filepath"
)

// A picture of an exhibit is compared with the one that is kept, a golden.
// Both are small: each of their pixels is the mean of shrink × shrink, of a
// page that was drawn at half its size already. So the edge of a letter, which
// another machine draws a little otherwise, counts for little.
const (
	shrink = 2
	levels = 32 // of each colour that a golden keeps

	// Two pixels differ when one of their colours does by more than this, of
	// 255: what rounding and the edges of letters make, and not a line.
	differs = 20
	// A tile of so many pixels each way, and the whole picture, may have this
	// share of pixels that differ. Measured on one machine: the same page once
	// more differs in none; hinted letters, in 12% of one tile and 0.02% of a
	// picture; letters drawn a sixth of a pixel bolder, in 22% and 0.72%. A
	// badge that is missing takes 36% of a tile, a state without its colour
	// 56%, a held packet's buttons all of it.
	tile      = 8
	tileShare = 0.25
	allShare  = 0.01
)

// shrunk is a part of a picture with the mean of each square of pixels, in
// the colours that a golden keeps.
func shrunk(from *image.RGBA, part image.Rectangle) *image.RGBA {
	to := image.NewRGBA(image.Rect(0, 0, part.Dx()/shrink, part.Dy()/shrink))
	for y := range to.Rect.Dy() {
		for x := range to.Rect.Dx() {
			to.SetRGBA(x, y, mean(from, part.Min.X+x*shrink, part.Min.Y+y*shrink))
		}
	}
	return to
}

func mean(from *image.RGBA, x0, y0 int) color.RGBA {
	var sum [3]int
	for y := y0; y < y0+shrink; y++ {
		at := from.PixOffset(x0, y)
		for x := range shrink {
			for c := range sum {
				sum[c] += int(from.Pix[at+4*x+c])
			}
		}
	}
	return color.RGBA{level(sum[0]), level(sum[1]), level(sum[2]), 255}
}

// level is a colour's mean as one of a few levels.
func level(sum int) uint8 {
	const step = 255.0 / (levels - 1)
	return uint8(int(float64(sum)/(shrink*shrink)/step+0.5) * 255 / (levels - 1))
}

// unlike says where two pictures differ and whether by too much: a share of
// all pixels, or of those of one tile.
func unlike(got, want *image.RGBA) (where *image.Gray, share, worst float64) {
	size := got.Rect.Union(want.Rect)
	where = image.NewGray(size)
	tiles := map[image.Point]int{}
	n := 0
	for y := range size.Dy() {
		for x := range size.Dx() {
			if far(got.RGBAAt(x, y), want.RGBAAt(x, y)) {
				where.SetGray(x, y, color.Gray{255})
				tiles[image.Pt(x/tile, y/tile)]++
				n++
			}
		}
	}
	most := 0
	for _, in := range tiles {
		most = max(most, in)
	}
	return where, float64(n) / float64(size.Dx()*size.Dy()), float64(most) / (tile * tile)
}

// alike says whether two pictures show the same.
func alike(got, want *image.RGBA) bool {
	_, share, worst := unlike(got, want)
	return share <= allShare && worst <= tileShare
}

func far(a, b color.RGBA) bool {
	apart := func(x, y uint8) bool { return max(x, y)-min(x, y) > differs }
	return apart(a.R, b.R) || apart(a.G, b.G) || apart(a.B, b.B) || a.A != b.A
}

func readGolden(file string) (*image.RGBA, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return readPicture(bytes.NewReader(b))
}

func readPicture(r io.Reader) (*image.RGBA, error) {
	from, err := png.Decode(r)
	if err != nil {
		return nil, err
	}
	to := image.NewRGBA(from.Bounds())
	draw.Draw(to, to.Rect, from, from.Bounds().Min, draw.Src)
	return to, nil
}

// paletted is a picture of few colours with a table of them, which makes a
// smaller file; any other as it is.
func paletted(p image.Image) image.Image {
	known := map[color.Color]bool{}
	var table color.Palette
	b := p.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if c := p.At(x, y); !known[c] {
				known[c] = true
				table = append(table, c)
			}
		}
	}
	if len(table) > 256 {
		return p
	}
	to := image.NewPaletted(b, table)
	draw.Draw(to, b, p, b.Min, draw.Src)
	return to
}

func writePicture(file string, p image.Image) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(f, paletted(p)); err != nil {
		return err
	}
	return f.Close()
}

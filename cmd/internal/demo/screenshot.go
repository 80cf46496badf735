package demo

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
)

// screenshot is a small PNG: a grey window with a blue title bar and a red warning in it.
func screenshot() (string, error) {
	window := image.NewPaletted(image.Rect(0, 0, 240, 120), color.Palette{
		color.Gray{Y: 0xe6}, color.RGBA{R: 0x1f, G: 0x4e, B: 0x8c, A: 0xff}, color.RGBA{R: 0xc6, G: 0x28, B: 0x28, A: 0xff},
	})
	fill(window, image.Rect(0, 0, 240, 20), 1)
	for y := range 44 {
		fill(window, image.Rect(48-y/2, 40+y, 48+y/2, 41+y), 2)
	}
	for line := range 3 {
		fill(window, image.Rect(88, 46+14*line, 216-24*line, 52+14*line), 1)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, window); err != nil {
		return "", fmt.Errorf("draw the screenshot: %w", err)
	}
	return b.String(), nil
}

func fill(img *image.Paletted, area image.Rectangle, colour int) {
	draw.Draw(img, area, image.NewUniform(img.Palette[colour]), image.Point{}, draw.Src)
}

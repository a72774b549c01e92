package web_test

import (
	"context"
	"strings"
	"testing"

	"fivetuple/web"
)

// TestFormsWithoutScripts: each form of a prediction can be read, with its
// mistakes in words, where nothing can be compared.
func TestFormsWithoutScripts(t *testing.T) {
	for lang, wants := range map[string][]string{
		"en": {"A frequent mistake: client <code>ESTABLISHED</code>", "A frequent mistake: 10–30 s", "A frequent mistake: <code>80</code>", "A frequent mistake: <code>ACK</code> → <code>SYN</code>",
			"within 20% of", "This field has 16 bits.", "What is right, and why"},
		"ko": {"흔한 오답: client <code>ESTABLISHED</code>", "흔한 오답: 10–30초", "흔한 오답: <code>80</code>", "흔한 오답: <code>ACK</code> → <code>SYN</code>",
			"20% 이내", "16비트짜리 칸", "정답과 그 까닭"},
	} {
		var page strings.Builder
		if err := web.GalleryPage(web.NewGalleryView(lang)).Render(context.Background(), &page); err != nil {
			t.Fatal(err)
		}
		contains(t, page.String(), wants...)
	}
}

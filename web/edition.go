package web

import "context"

type editionKey struct{}

// WithEdition has pages that are rendered in the returned context follow the
// files of an author's own course, of which this is the edition.
func WithEdition(ctx context.Context, edition string) context.Context {
	return context.WithValue(ctx, editionKey{}, edition)
}

// editionOf is the edition of which a page is; empty where it is not an
// author's own.
func editionOf(ctx context.Context) string {
	edition, _ := ctx.Value(editionKey{}).(string) // none: ""
	return edition
}

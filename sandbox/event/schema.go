package event

import _ "embed" // Schema

// Schema is the JSON Schema, draft 2020-12, of a recording: of each event
// and of the document that holds them. It says what a reader may rely on,
// and leaves room for kinds, phases and fields that are added later.
//
//go:embed recording.schema.json
var Schema []byte

package lessons

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"fivetuple/sandbox/lab"
	"fivetuple/sandbox/recording"
)

// Recording is a run of a lab that was recorded and lies beside it: it is
// shown where the lab cannot run.
type Recording struct {
	Lab    *lab.Lab // as it was run
	Step   string   // id of the step that has set it so; empty of the lab as it is
	Made   recording.Made
	Packed []byte // as [recording.Pack] writes it
	Hash   string // of it: with another recording it is another one
}

// Read reads the recording. It may be found broken only now: when a course is
// loaded, heads alone are looked at.
func (r *Recording) Read() (*recording.Recording, error) {
	rec, err := recording.Unpack(r.Packed)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", RecordingFile(r.Lab.Name, r.Step), err)
	}
	return rec, nil
}

// Unpacked is the text of the recording.
func (r *Recording) Unpacked() ([]byte, error) {
	text, err := recording.Text(r.Packed)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", RecordingFile(r.Lab.Name, r.Step), err)
	}
	return text, nil
}

// The names of recordings begin and end so.
const (
	recordingName = "recording"
	recordingEnd  = ".json.gz"
)

// RecordingFile is the name of the file of a lab's recorded run; step is the
// id of the one that sets it, or empty.
func RecordingFile(lab, step string) string {
	if step != "" {
		step = "." + step
	}
	return path.Join("labs", lab, recordingName+step+recordingEnd)
}

// Scene is a lab as it is, or as a step of its lesson sets it of which
// something is claimed: what is recorded. The other steps show what a hand
// does.
type Scene struct {
	Lab  *lab.Lab
	Step string // empty of the lab as it is
}

// Scenes are all of a lab: first itself, then the steps of the lesson that is
// named like it.
func (c *Course) Scenes(l *lab.Lab) []Scene {
	all := []Scene{{l, ""}}
	unit, name, _ := strings.Cut(l.Name, "/")
	if lesson, ok := c.Lesson(c.Langs[0], unit, name); ok {
		for _, step := range lesson.Claimed() {
			all = append(all, Scene{step.Set.Apply(l), step.ID})
		}
	}
	return all
}

// Recording is the recorded run of a lab; step is the id of the one that sets
// it, or empty. It is nil when there is none that fits.
func (c *Course) Recording(lab, step string) *Recording {
	return c.recordings[RecordingFile(lab, step)]
}

// HasRecordings says whether there is any recorded run.
func (c *Course) HasRecordings() bool { return len(c.recordings) > 0 }

// loadRecordings reads the recordings beside the labs. Those of other labs
// than the course has now are not shown: the course goes on without.
func (c *Course) loadRecordings(fsys fs.FS) error {
	found, err := fs.Glob(fsys, path.Join("labs/*/*", recordingName+"*"+recordingEnd))
	if err != nil {
		return err
	}
	for _, l := range c.labs {
		for _, scene := range c.Scenes(l) {
			file := RecordingFile(l.Name, scene.Step)
			i := slices.Index(found, file)
			if i < 0 {
				continue
			}
			found = slices.Delete(found, i, i+1)
			packed, err := fs.ReadFile(fsys, file)
			if err != nil {
				return err
			}
			c.addRecording(file, scene, packed)
		}
	}
	for _, file := range found {
		c.Unfit = append(c.Unfit, Fault{File: file, Text: "the course has no such lab, or no such step with a claim"})
	}
	return nil
}

// addRecording takes a recording in, if it fits.
func (c *Course) addRecording(file string, scene Scene, packed []byte) {
	head, err := recording.UnpackHead(packed)
	switch {
	case err != nil:
		c.Unfit = append(c.Unfit, Fault{File: file, Text: err.Error()})
	case head.Made == nil || head.Made.Of != scene.Lab.Fingerprint():
		c.Unfit = append(c.Unfit, Fault{File: file, Text: "it was made of another lab.yaml, program or step than the course has now"})
	default:
		sum := sha256.Sum256(packed)
		c.recordings[file] = &Recording{scene.Lab, scene.Step, *head.Made, packed, hex.EncodeToString(sum[:6])}
	}
}

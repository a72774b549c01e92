package main

import (
	"fmt"
	"net/http"
	"os"

	"fivetuple/lessons"
	"fivetuple/server/site"
)

// pages are what serves a course.
type pages interface {
	http.Handler
	Wait()
}

// openPages loads the course in dir, or the one that is built in, and
// returns what makes its pages. Those of a course in a folder follow its
// files.
func openPages(dir string) (func(site.Config) pages, error) {
	if dir == "" {
		c, err := course(dir)
		return func(config site.Config) pages {
			config.Course = c
			return site.New(config)
		}, err
	}
	folder, err := lessons.OpenFolder(os.DirFS(dir))
	if err != nil {
		return nil, fmt.Errorf("%w:\n%w", errCourse, err)
	}
	return func(config site.Config) pages { return site.Follow(config, folder) }, nil
}

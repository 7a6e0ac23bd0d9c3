// A writer of numbered lines that rotates its file by renaming it, as an app would. Prints the written range as JSON.
package main

import (
	"encoding/json"
	"flag"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"
)

type options struct {
	writer      string
	first       int
	count       int
	rate        float64
	kind        string
	size        int
	torn        bool
	rotateLines int
	ago         int
	file        rotatingFile
}

func main() {
	var o options
	flag.StringVar(&o.file.directory, "dir", ".", "the directory of the file")
	flag.StringVar(&o.file.name, "file", "app.log", "the file's name")
	flag.StringVar(&o.file.rotated, "rotated", "{file}.{n}", "the name of a rotated file")
	flag.Int64Var(&o.file.most, "max-size", 2<<20, "the bytes after which a file is rotated")
	flag.IntVar(&o.file.files, "max-files", 5, "how many files there are at most")
	flag.StringVar(&o.writer, "id", "a", "what the numbers are of")
	flag.IntVar(&o.first, "first", 1, "the first number")
	flag.IntVar(&o.count, "count", 1000, "how many lines to write")
	flag.Float64Var(&o.rate, "rate", 0, "lines a second, 0 for as many as can be")
	flag.StringVar(&o.kind, "kind", "text", "the kind of lines, see kinds.go")
	flag.IntVar(&o.size, "size", 0, "bytes of each line with its end, 0 for about 250")
	flag.BoolVar(&o.torn, "torn", false, "write each line in two halves")
	flag.IntVar(&o.rotateLines, "rotate-lines", 0, "rotate after so many lines too")
	flag.IntVar(&o.ago, "ago", 0, "seconds by which the time in the lines is earlier")
	flag.Parse()
	log.SetFlags(0)
	if err := o.file.open(); err != nil {
		log.Fatal(err)
	}
	last, err := write(&o)
	if err != nil {
		log.Fatal(err)
	}
	json.NewEncoder(os.Stdout).Encode(map[string]any{
		"id": o.writer, "first": o.first, "last": last, "rotations": o.file.rotations,
	})
}

// write stops after a complete line on SIGTERM.
func write(o *options) (last int, err error) {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	begun := time.Now()
	for done := 0; done < o.count; done++ {
		select {
		case <-stop:
			return o.first + done - 1, o.file.flush()
		default:
		}
		line, err := lineOf(o, o.first+done)
		if err != nil {
			return 0, err
		}
		if o.rotateLines > 0 && done > 0 && done%o.rotateLines == 0 {
			err = o.file.rotate()
		}
		if err == nil {
			err = o.file.write(line, o.torn)
		}
		if err != nil {
			return 0, err
		}
		if o.rate > 0 {
			due := time.Duration(float64(done+1) / o.rate * float64(time.Second))
			if ahead := due - time.Since(begun); ahead > 5*time.Millisecond {
				if err := o.file.flush(); err != nil {
					return 0, err
				}
				time.Sleep(ahead)
			}
		}
	}
	return o.first + o.count - 1, o.file.flush()
}

package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// rotatingFile is renamed when it is full. The oldest file is deleted when there are too many.
type rotatingFile struct {
	directory, name, rotated string
	most                     int64
	files                    int

	file      *os.File
	buffer    *bufio.Writer
	size      int64
	rotations int
	dated     []string
}

func (f *rotatingFile) path() string { return filepath.Join(f.directory, f.name) }

func (f *rotatingFile) open() error {
	file, err := os.OpenFile(f.path(), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	info, err := file.Stat()
	if err != nil {
		return err
	}
	f.file, f.size, f.buffer = file, info.Size(), bufio.NewWriterSize(file, 1<<16)
	return nil
}

func (f *rotatingFile) flush() error { return f.buffer.Flush() }

func (f *rotatingFile) write(line []byte, torn bool) error {
	if f.size > 0 && f.size+int64(len(line)) > f.most {
		if err := f.rotate(); err != nil {
			return err
		}
	}
	f.size += int64(len(line))
	if torn {
		f.buffer.Write(line[:len(line)/2])
		if err := f.flush(); err != nil {
			return err
		}
		time.Sleep(2 * time.Millisecond)
		line = line[len(line)/2:]
	}
	_, err := f.buffer.Write(line)
	return err
}

func (f *rotatingFile) rotate() error {
	if err := f.flush(); err != nil {
		return err
	}
	f.file.Close()
	f.rotations++
	if strings.Contains(f.rotated, "{n}") {
		f.shift()
	} else {
		f.date()
	}
	return f.open()
}

// shift renames app.log to app.log.1, and app.log.1 to app.log.2 before.
func (f *rotatingFile) shift() {
	os.Remove(f.rotatedPath(f.files - 1))
	for number := f.files - 2; number >= 1; number-- {
		os.Rename(f.rotatedPath(number), f.rotatedPath(number+1))
	}
	os.Rename(f.path(), f.rotatedPath(1))
}

func (f *rotatingFile) date() {
	path := f.rotatedPath(0)
	os.Rename(f.path(), path)
	f.dated = append(f.dated, path)
	if len(f.dated) > f.files-1 {
		os.Remove(f.dated[0])
		f.dated = f.dated[1:]
	}
}

func (f *rotatingFile) rotatedPath(number int) string {
	extension := filepath.Ext(f.name)
	name := strings.NewReplacer(
		"{file}", f.name, "{name}", strings.TrimSuffix(f.name, extension), "{ext}", extension, "{n}", fmt.Sprint(number),
		"{date}", time.Now().UTC().Format("2006-01-02T15-04-05.000"),
	).Replace(f.rotated)
	return filepath.Join(f.directory, name)
}

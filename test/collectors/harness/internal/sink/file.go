package sink

import (
	"bytes"
	"os"

	"cdk8s-storage-patterns/collectors-harness/internal/account"
)

// the suffix that the exporter `debug` of the OpenTelemetry Collector adds to a line
const afterLine = " log.file.name="

// readFile counts the new lines of a file with the output of a collector.
func (s *Sink) readFile() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	file, err := os.Open(s.Path)
	if err != nil {
		return
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || info.Size() <= s.offset {
		return
	}
	content := make([]byte, info.Size()-s.offset)
	read, _ := file.ReadAt(content, s.offset)
	whole := bytes.LastIndexByte(content[:read], '\n') + 1
	s.offset += int64(whole)
	var records []account.Record
	for _, text := range bytes.Split(content[:max(whole-1, 0)], []byte("\n")) {
		field, _, _ := bytes.Cut(text, []byte(afterLine))
		if len(text) > 0 && text[0] == '{' {
			field = jsonField(text)
		}
		records = append(records, account.Record{Field: field, Raw: text, Time: timeOf(text)})
	}
	s.Account.Take(records)
}

// Report returns the records received so far.
func (s *Sink) Report(written []account.Range) account.Report {
	if s.Kind == "file" {
		s.readFile()
	}
	return s.Account.Report(written)
}

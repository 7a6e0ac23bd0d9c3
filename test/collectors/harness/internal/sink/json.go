package sink

import (
	"bytes"
	"encoding/json"
	"errors"
	"unicode/utf8"

	"cdk8s-storage-patterns/collectors-harness/internal/account"
	"cdk8s-storage-patterns/collectors-harness/internal/line"
)

var errJSON = errors.New("a record is not JSON in UTF-8")

// jsonLines returns the records of a text with one JSON object per line, and the last error.
func (s *Sink) jsonLines(text []byte) (records []account.Record, err error) {
	for len(text) > 0 {
		end := bytes.IndexByte(text, '\n')
		if end < 0 {
			end = len(text)
		}
		if one := bytes.TrimSpace(text[:end]); len(one) > 0 {
			record, bad := s.jsonRecord(one)
			records = append(records, record)
			if bad != nil {
				err = bad
			}
		}
		text = text[min(end+1, len(text)):]
	}
	return records, err
}

// jsonRecord finds the numbered text without decoding the whole record.
func (s *Sink) jsonRecord(raw []byte) (account.Record, error) {
	record := account.Record{Field: jsonField(raw), Raw: raw, Time: timeOf(raw)}
	if !utf8.Valid(raw) || !json.Valid(raw) {
		s.Account.Note("records that are not JSON in UTF-8")
		return record, errJSON
	}
	if raw[0] != '{' {
		s.Account.Note("records that are no object")
	}
	return record, nil
}

// jsonField returns the text until the end of its string.
func jsonField(raw []byte) []byte {
	start := bytes.Index(raw, []byte(line.Mark))
	if start < 0 {
		return nil
	}
	text, escaped := stringAt(raw[start:])
	if !escaped {
		return text
	}
	var decoded string
	if json.Unmarshal([]byte(`"`+string(text)+`"`), &decoded) != nil {
		return text
	}
	return []byte(decoded)
}

// stringAt returns the rest of a string, and whether it contains escape sequences.
func stringAt(raw []byte) (text []byte, escaped bool) {
	for at := 0; at < len(raw); at++ {
		switch raw[at] {
		case '\\':
			escaped = true
			at++
		case '"':
			return raw[:at], escaped
		}
	}
	return raw, escaped
}

var timeKey = []byte(`"@timestamp":`)

// timeOf returns the time of a record unchanged.
func timeOf(raw []byte) string {
	at := bytes.Index(raw, timeKey)
	if at < 0 {
		return ""
	}
	rest := bytes.TrimLeft(raw[at+len(timeKey):], " ")
	if len(rest) > 0 && rest[0] == '"' {
		text, _ := stringAt(rest[1:])
		return string(text)
	}
	return string(rest[:len(rest)-len(bytes.TrimLeft(rest, "0123456789.eE+-"))])
}

// Package line defines numbered lines: `seq=WRITER-NUMBER sum=CHECKSUM PAYLOAD`, until the end of the field.
package line

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"strconv"
	"unicode/utf8"
)

// Mark is the start of a numbered text, after any prefix.
const Mark = "seq="

// Found is a numbered text that was found in a field.
type Found struct {
	Writer  string
	Number  int
	Sum     uint32
	Payload []byte
}

// Text returns the numbered text of a payload.
func Text(writer string, number int, payload string) string {
	return fmt.Sprintf("%s%s-%d sum=%08x %s", Mark, writer, number, Sum([]byte(payload)), payload)
}

// Sum returns the checksum of a payload, which does not change if invalid bytes are replaced.
func Sum(payload []byte) uint32 {
	if utf8.Valid(payload) && !bytes.ContainsRune(payload, utf8.RuneError) {
		return crc32.ChecksumIEEE(payload)
	}
	return crc32.ChecksumIEEE(replaced(payload))
}

// Find parses a field with a numbered text.
func Find(field []byte) (found Found, ok bool) {
	start := bytes.Index(field, []byte(Mark))
	if start < 0 {
		return found, false
	}
	rest := field[start+len(Mark):]
	dash := bytes.IndexByte(rest, '-')
	if dash < 1 || dash > 32 {
		return found, false
	}
	found.Writer = string(rest[:dash])
	rest = rest[dash+1:]
	digits := 0
	for digits < len(rest) && digits < 10 && rest[digits] >= '0' && rest[digits] <= '9' {
		digits++
	}
	number, err := strconv.Atoi(string(rest[:digits]))
	if err != nil {
		return found, false
	}
	found.Number = number
	rest = rest[digits:]
	const sum = " sum=00000000 "
	if len(rest) < len(sum) || !bytes.HasPrefix(rest, []byte(" sum=")) {
		return found, true
	}
	value, err := strconv.ParseUint(string(rest[5:13]), 16, 32)
	if err == nil {
		found.Sum = uint32(value)
		found.Payload = rest[len(sum):]
	}
	return found, true
}

// replaced inserts one replacement per run of invalid bytes, because programs insert different numbers of them.
func replaced(payload []byte) []byte {
	out := make([]byte, 0, len(payload))
	within := false
	for len(payload) > 0 {
		char, size := utf8.DecodeRune(payload)
		if char == utf8.RuneError {
			if !within {
				out = append(out, string(utf8.RuneError)...)
			}
			within = true
		} else {
			out = append(out, payload[:size]...)
			within = false
		}
		payload = payload[size:]
	}
	return out
}

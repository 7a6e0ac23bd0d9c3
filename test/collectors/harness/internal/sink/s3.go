package sink

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
)

const (
	listing = `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">` +
		`<Name>logs</Name><KeyCount>0</KeyCount><MaxKeys>1</MaxKeys><IsTruncated>false</IsTruncated></ListBucketResult>`
	begun = `<?xml version="1.0" encoding="UTF-8"?><InitiateMultipartUploadResult>` +
		`<Bucket>logs</Bucket><Key>%s</Key><UploadId>%s</UploadId></InitiateMultipartUploadResult>`
	completed = `<?xml version="1.0" encoding="UTF-8"?><CompleteMultipartUploadResult>` +
		`<Bucket>logs</Bucket><Key>%s</Key><ETag>"0123456789abcdef0123456789abcdef-1"</ETag></CompleteMultipartUploadResult>`
)

// uploads in progress, by bucket, key and ID
var uploads sync.Map

type upload struct {
	mutex sync.Mutex
	parts map[int][]byte
}

func (s *Sink) s3(r request) answer {
	xml := func(body string) answer { return answer{status: 200, kind: "application/xml", body: []byte(body)} }
	query := r.URL.Query()
	code, refused := status(r.mode)
	switch {
	case r.Method == http.MethodPut && query.Has("uploadId"):
		if refused {
			return answer{status: code}
		}
		number, _ := strconv.Atoi(query.Get("partNumber"))
		if kept, ok := uploads.Load(query.Get("uploadId")); ok {
			of := kept.(*upload)
			of.mutex.Lock()
			of.parts[number] = unchunked(r)
			of.mutex.Unlock()
		}
		return answer{status: 200}
	case r.Method == http.MethodPut:
		return s.object(r, unchunked(r), answer{status: 200})
	case refused:
		return answer{status: code}
	case r.Method == http.MethodPost && query.Has("uploads"):
		id := fmt.Sprintf("%p%s", s, strings.ReplaceAll(r.URL.Path, "/", "-"))
		uploads.Store(id, &upload{parts: map[int][]byte{}})
		return xml(fmt.Sprintf(begun, r.URL.Path, id))
	case r.Method == http.MethodPost && query.Has("uploadId"):
		kept, ok := uploads.LoadAndDelete(query.Get("uploadId"))
		if !ok {
			return answer{status: 404}
		}
		var whole []byte
		for number := 1; number <= len(kept.(*upload).parts); number++ {
			whole = append(whole, kept.(*upload).parts[number]...)
		}
		return s.object(r, whole, xml(fmt.Sprintf(completed, r.URL.Path)))
	case r.Method == http.MethodHead && strings.Count(strings.Trim(r.URL.Path, "/"), "/") > 0:
		return answer{status: 404}
	default:
		return xml(listing)
	}
}

func (s *Sink) object(r request, content []byte, well answer) answer {
	if len(content) > 2 && content[0] == 0x1f && content[1] == 0x8b {
		unzipped, err := gzip.NewReader(bytes.NewReader(content))
		if err == nil {
			content, err = io.ReadAll(unzipped)
		}
		if err != nil {
			return s.settle(r, nil, err, well)
		}
	}
	s.Account.Note("objects")
	s.Account.Note("object like " + shape(r.URL.Path))
	records, err := s.jsonLines(content)
	if err != nil {
		s.Account.Note("objects with records that are not JSON in UTF-8")
	}
	// an object store does not parse its objects
	return s.settle(r, records, nil, well)
}

// shape replaces each digit with 0.
func shape(path string) string {
	return strings.Map(func(char rune) rune {
		if char >= '0' && char <= '9' {
			return '0'
		}
		return char
	}, path[:min(len(path), 60)])
}

// unchunked removes the signatures or checksums that clients insert between the chunks of a body.
func unchunked(r request) []byte {
	if !strings.HasPrefix(r.Header.Get("X-Amz-Content-Sha256"), "STREAMING-") {
		return r.body
	}
	var whole []byte
	rest := r.body
	for {
		head, after, found := bytes.Cut(rest, []byte("\r\n"))
		hex, _, _ := strings.Cut(string(head), ";")
		size, err := strconv.ParseInt(hex, 16, 32)
		if !found || err != nil || size == 0 || int(size) > len(after) {
			return whole
		}
		whole = append(whole, after[:size]...)
		rest = bytes.TrimPrefix(after[size:], []byte("\r\n"))
	}
}

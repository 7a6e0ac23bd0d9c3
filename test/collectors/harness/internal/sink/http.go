package sink

import (
	"bytes"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"

	"cdk8s-storage-patterns/collectors-harness/internal/account"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// request is a request with a valid credential.
type request struct {
	*http.Request
	body []byte
	mode string
}

// answer is the response to a request: a status, a body and its type.
type answer struct {
	status int
	kind   string
	body   []byte
}

func (s *Sink) serveHTTP(listener net.Listener) {
	silent := log.New(io.Discard, "", 0)
	go (&http.Server{Handler: http.HandlerFunc(s.handle), ErrorLog: silent}).Serve(listener)
}

func (s *Sink) handle(w http.ResponseWriter, r *http.Request) {
	body, err := read(r)
	credential := r.Header.Get("Authorization")
	if err != nil {
		s.Account.Note("body: " + err.Error())
		s.reply(w, r, credential, answer{status: 400})
		return
	}
	mode, _, changed := s.current()
	if mode == "hang" {
		s.Account.Request("hang", credential)
		select {
		case <-r.Context().Done():
		case <-changed:
		}
		panic(http.ErrAbortHandler)
	}
	mode = s.Mode()
	if r.Method == http.MethodPost || r.Method == http.MethodPut {
		for _, header := range []string{"Content-Type", "Content-Encoding", "X-Scope-OrgID"} {
			if value := r.Header.Get(header); value != "" {
				s.Account.Note(header + ": " + value)
			}
		}
	}
	if !s.authorized(r, body) {
		s.reply(w, r, credential, answer{status: 401})
		return
	}
	s.reply(w, r, credential, s.answer(request{r, body, mode}))
}

func (s *Sink) reply(w http.ResponseWriter, r *http.Request, credential string, a answer) {
	s.Account.Request(fmt.Sprintf("%s %d", r.Method, a.status), credential)
	if a.kind != "" {
		w.Header().Set("Content-Type", a.kind)
	}
	if s.Kind == "elasticsearch" {
		w.Header().Set("X-Elastic-Product", "Elasticsearch")
	}
	if s.Kind == "s3" && r.Method == http.MethodPut {
		w.Header().Set("ETag", `"0123456789abcdef0123456789abcdef"`)
	}
	w.WriteHeader(a.status)
	w.Write(a.body)
}

func (s *Sink) answer(r request) answer {
	switch s.Kind {
	case "loki":
		return s.loki(r)
	case "elasticsearch", "opensearch":
		return s.search(r)
	case "otlp":
		return s.otlp(r)
	case "s3":
		return s.s3(r)
	default:
		records, err := s.jsonLines(r.body)
		return s.settle(r, records, err, answer{status: 200})
	}
}

// settle counts the records according to the mode, and rejects an invalid body.
func (s *Sink) settle(r request, records []account.Record, err error, well answer) answer {
	if code, refused := status(r.mode); refused {
		if final(code) {
			s.Account.Refuse(records)
		}
		return answer{status: code, kind: "text/plain", body: []byte("told to\n")}
	}
	if err != nil || (r.mode == "poison" && poisoned(records)) {
		if err != nil {
			s.Account.Note("refused: " + err.Error())
		}
		s.Account.Refuse(records)
		return answer{status: 400, kind: "text/plain", body: []byte("cannot be read\n")}
	}
	s.Account.Take(records)
	return well
}

func (s *Sink) authorized(r *http.Request, body []byte) bool {
	switch {
	case s.Auth.Token != "":
		return same(r.Header.Get("Authorization"), "Bearer "+s.Auth.Token)
	case s.Auth.Password != "":
		username, password, _ := r.BasicAuth()
		return same(username, s.Auth.Username) && same(password, s.Auth.Password)
	case s.Auth.SecretAccessKey != "":
		return s.signed(r, body)
	default:
		return true
	}
}

func same(one, other string) bool {
	return subtle.ConstantTimeCompare([]byte(one), []byte(other)) == 1
}

func read(r *http.Request) ([]byte, error) {
	var from io.Reader = r.Body
	var err error
	switch r.Header.Get("Content-Encoding") {
	case "gzip":
		from, err = gzip.NewReader(r.Body)
	case "deflate":
		from, err = zlib.NewReader(r.Body)
	case "zstd":
		var decoder *zstd.Decoder
		if decoder, err = zstd.NewReader(r.Body, zstd.WithDecoderConcurrency(1)); err == nil {
			defer decoder.Close()
			from = decoder
		}
	}
	if err != nil {
		return nil, errors.New("its encoding is another one")
	}
	var body bytes.Buffer
	if r.ContentLength > 0 {
		body.Grow(int(r.ContentLength) + bytes.MinRead)
	}
	if _, err = body.ReadFrom(from); err != nil {
		return nil, errors.New("it ends too early")
	}
	// clients of Loki only declare a protobuf
	pushed := strings.HasSuffix(r.URL.Path, "/loki/api/v1/push") && isProtobuf(r)
	if pushed || r.Header.Get("Content-Encoding") == "snappy" {
		return snappy.Decode(nil, body.Bytes())
	}
	return body.Bytes(), nil
}

func isProtobuf(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Content-Type"), "protobuf")
}

// Package sink provides servers for the protocols of log sinks that count records and fail on request.
package sink

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"

	"cdk8s-storage-patterns/collectors-harness/internal/account"
	"cdk8s-storage-patterns/collectors-harness/internal/gate"
)

// Config is the configuration of a sink.
type Config struct {
	Name string `json:"name"`
	// Kind is http, loki, elasticsearch, opensearch, otlp, s3, forward, kafka, or file, which is read at each report.
	Kind string `json:"kind"`
	Path string `json:"path"`
	Port int    `json:"port"`
	TLS  bool   `json:"tls"`
	Auth Auth   `json:"auth"`
	Mode string `json:"mode"`
	// Keep is the number of records that are kept as samples.
	Keep int `json:"keep"`
}

// Auth is the credential that is required, if any.
type Auth struct {
	Username        string `json:"username"`
	Password        string `json:"password"`
	Token           string `json:"token"`
	SharedKey       string `json:"sharedKey"`
	AccessKeyID     string `json:"accessKeyId"`
	SecretAccessKey string `json:"secretAccessKey"`
}

// Sink is a server with the records that it has received.
type Sink struct {
	Config
	Account *account.Account
	gate    *gate.Gate

	mutex sync.Mutex
	mode  string
	delay time.Duration
	// offset is the number of bytes of the file that were read
	offset int64
	// ids are the IDs of the documents in the index
	ids map[string]bool
	// changed is closed when the mode changes
	changed chan struct{}
}

// Start listens with a certificate of the given configuration.
func Start(config Config, certificate *tls.Config) (*Sink, error) {
	if config.Keep == 0 {
		config.Keep = 20
	}
	sink := &Sink{
		Config:  config,
		Account: account.New(config.Keep),
		mode:    "ok",
		changed: make(chan struct{}),
		ids:     map[string]bool{},
	}
	if config.Kind == "file" {
		return sink, nil
	}
	var err error
	if sink.gate, err = gate.New(fmt.Sprintf("127.0.0.1:%d", config.Port)); err != nil {
		return nil, err
	}
	if !config.TLS {
		certificate = nil
	}
	switch config.Kind {
	case "http", "loki", "elasticsearch", "opensearch", "otlp", "s3":
		sink.serveHTTP(sink.listener(certificate))
	case "forward":
		go sink.serveForward(sink.listener(certificate))
	case "kafka":
		err = sink.serveKafka(certificate)
	default:
		err = fmt.Errorf("no sink is a '%s'", config.Kind)
	}
	if err == nil && config.Mode != "" {
		err = sink.SetMode(config.Mode, 0)
	}
	return sink, err
}

func (s *Sink) listener(certificate *tls.Config) net.Listener {
	if certificate == nil {
		return s.gate
	}
	return tls.NewListener(s.gate, certificate)
}

// SetMode sets how the sink responds: ok, away, hang, poison, item400, item429 or a status, each after a delay.
func (s *Sink) SetMode(mode string, delay time.Duration) error {
	switch mode {
	case "ok", "away", "hang", "poison", "item400", "item429":
	default:
		if status, err := strconv.Atoi(mode); err != nil || status < 400 || status > 599 {
			return errors.New("no such mode: " + mode)
		}
	}
	s.mutex.Lock()
	s.mode, s.delay = mode, delay
	close(s.changed)
	s.changed = make(chan struct{})
	s.mutex.Unlock()
	if s.gate == nil {
		return errors.New("a file does not fail")
	}
	if mode == "away" {
		s.gate.Shut()
		return nil
	}
	return s.gate.Open()
}

// Mode returns the mode, after the delay of a response.
func (s *Sink) Mode() string {
	mode, delay, changed := s.current()
	if delay > 0 {
		select {
		case <-time.After(delay):
		case <-changed:
		}
	}
	return mode
}

func (s *Sink) current() (string, time.Duration, <-chan struct{}) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.mode, s.delay, s.changed
}

// status returns the status of a mode; false if the mode does not reject requests.
func status(mode string) (int, bool) {
	code, err := strconv.Atoi(mode)
	return code, err == nil
}

// final returns whether a client can treat a status as permanent.
func final(status int) bool {
	return status >= 400 && status < 500 && status != 408 && status != 429
}

// Poison marks a record that a sink in the mode poison rejects.
const Poison = "poison"

func poisoned(records []account.Record) bool {
	for _, record := range records {
		if strings.Contains(string(record.Field), Poison) {
			return true
		}
	}
	return false
}

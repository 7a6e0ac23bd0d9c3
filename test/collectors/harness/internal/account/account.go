// Package account counts numbered lines without storing them.
package account

import (
	"bytes"
	"strings"
	"sync"
	"time"

	"cdk8s-storage-patterns/collectors-harness/internal/line"
)

// Record is a record that a collector has sent.
type Record struct {
	// Field is the field with the numbered text.
	Field []byte
	// Time is the time of the record in the format of the protocol.
	Time string
	// Raw is the record as it was sent, and Context contains its labels, resource or tag.
	Raw     []byte
	Context any
}

// Lazy is a context that is only built for samples.
type Lazy func() any

// Sample is a record that is stored.
type Sample struct {
	Seq     string `json:"seq"`
	Time    string `json:"time,omitempty"`
	Raw     string `json:"raw"`
	Context any    `json:"context,omitempty"`
}

type count struct {
	taken   uint16
	damaged bool
	refused bool
}

// Account counts the records that a sink has received.
type Account struct {
	mutex    sync.Mutex
	writers  map[string][]count
	received int
	damaged  int
	lineEnds int
	foreign  int
	firstAt  time.Time
	lastAt   time.Time
	requests map[string]int
	notes    map[string]int
	auth     map[string]int
	samples  []Sample
	odd      []Sample
	keep     int
}

// New returns an account that stores its first records as samples.
func New(keep int) *Account {
	return &Account{
		writers: map[string][]count{}, keep: keep,
		requests: map[string]int{}, notes: map[string]int{}, auth: map[string]int{},
	}
}

// Take counts records that the sink has accepted.
func (a *Account) Take(records []Record) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	now := time.Now()
	if len(records) > 0 && a.firstAt.IsZero() {
		a.firstAt = now
	}
	for _, record := range records {
		a.lastAt = now
		a.received++
		a.take(record)
	}
}

func (a *Account) take(record Record) {
	found, ok := line.Find(record.Field)
	if !ok {
		a.foreign++
		a.odd = sample(a.odd, 20, "", record)
		return
	}
	counted := a.count(found)
	counted.taken++
	switch {
	case found.Payload != nil && line.Sum(found.Payload) == found.Sum:
	case found.Payload != nil && line.Sum(bytes.TrimRight(found.Payload, "\r\n")) == found.Sum:
		a.lineEnds++
	default:
		a.damaged++
		counted.damaged = true
		a.odd = sample(a.odd, 20, seq(found), record)
	}
	if len(a.samples) < a.keep {
		a.samples = sample(a.samples, a.keep, seq(found), record)
	}
}

// Refuse counts records in a request that the sink has rejected for good.
func (a *Account) Refuse(records []Record) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	for _, record := range records {
		if found, ok := line.Find(record.Field); ok {
			a.count(found).refused = true
		}
	}
}

func (a *Account) count(found line.Found) *count {
	counts := a.writers[found.Writer]
	if found.Number >= len(counts) {
		counts = append(counts, make([]count, found.Number+1-len(counts)+len(counts)/4)...)
		a.writers[found.Writer] = counts
	}
	return &counts[found.Number]
}

// Note counts other events.
func (a *Account) Note(what string) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	bump(a.notes, what)
}

// Request counts a request with its response and its credential.
func (a *Account) Request(answer, credential string) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	bump(a.requests, answer)
	if credential != "" {
		bump(a.auth, credential)
	}
}

func bump(counts map[string]int, key string) {
	if _, known := counts[key]; known || len(counts) < 100 {
		counts[key]++
	}
}

const longest = 4000

func sample(samples []Sample, most int, seq string, record Record) []Sample {
	if len(samples) >= most {
		return samples
	}
	raw := record.Raw
	if len(raw) > longest {
		raw = raw[:longest]
	}
	context := record.Context
	if lazy, ok := context.(Lazy); ok {
		context = lazy()
	}
	text := strings.ToValidUTF8(string(raw), "\uFFFD")
	return append(samples, Sample{Seq: seq, Time: record.Time, Raw: text, Context: context})
}

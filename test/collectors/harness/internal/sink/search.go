package sink

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"cdk8s-storage-patterns/collectors-harness/internal/account"
	"cdk8s-storage-patterns/collectors-harness/internal/line"
)

const elasticsearch = `{"name":"sink","cluster_name":"sink","version":{"number":"9.1.0","build_flavor":"default",` +
	`"lucene_version":"10.2.2","minimum_wire_compatibility_version":"8.19.0",` +
	`"minimum_index_compatibility_version":"8.0.0"},"tagline":"You Know, for Search"}`

const opensearch = `{"name":"sink","cluster_name":"sink","version":{"distribution":"opensearch","number":"3.3.0",` +
	`"lucene_version":"10.3.0","minimum_wire_compatibility_version":"2.19.0",` +
	`"minimum_index_compatibility_version":"2.0.0"},"tagline":"The OpenSearch Project: https://opensearch.org/"}`

func (s *Sink) search(r request) answer {
	if code, refused := status(r.mode); refused && r.Method != http.MethodPost {
		return answer{status: code}
	}
	if !strings.HasSuffix(r.URL.Path, "/_bulk") {
		info := map[string]string{"elasticsearch": elasticsearch, "opensearch": opensearch}[s.Kind]
		return answer{status: 200, kind: "application/json", body: []byte(info)}
	}
	items, records := s.bulkItems(r.body)
	if _, refused := status(r.mode); refused {
		return s.settle(r, records, nil, answer{})
	}
	var taken, refused []account.Record
	var out bytes.Buffer
	failed := false
	for at, item := range items {
		code, reason := s.itemStatus(r.mode, at, item)
		if at > 0 {
			out.WriteByte(',')
		}
		if code == 201 {
			s.index(item.id)
			taken = append(taken, item.record)
			fmt.Fprintf(&out, `{"%s":{"_index":"logs","_id":"%d","status":201}}`, item.operation, at)
			continue
		}
		failed = true
		s.Account.Note(fmt.Sprintf("items answered with %d", code))
		if code == 400 {
			refused = append(refused, item.record)
		}
		fmt.Fprintf(&out, `{"%s":{"_index":"logs","status":%d,"error":{"type":"%s","reason":"told to"}}}`,
			item.operation, code, reason)
	}
	s.Account.Take(taken)
	s.Account.Refuse(refused)
	body := fmt.Sprintf(`{"took":1,"errors":%v,"items":[%s]}`, failed, out.String())
	return answer{status: 200, kind: "application/json", body: []byte(body)}
}

type bulkItem struct {
	operation string
	id        string
	record    account.Record
	err       error
}

// bulkItems returns the actions of a bulk request, each with its record.
func (s *Sink) bulkItems(body []byte) (items []bulkItem, records []account.Record) {
	lines := bytes.Split(body, []byte("\n"))
	for at := 0; at+1 < len(lines) && len(lines[at]) > 0; at += 2 {
		var action map[string]struct {
			Index string `json:"_index"`
			Type  string `json:"_type"`
			ID    string `json:"_id"`
		}
		item := bulkItem{operation: "index", err: json.Unmarshal(lines[at], &action)}
		for operation, of := range action {
			item.operation, item.id = operation, of.ID
			s.Account.Note(strings.TrimSpace(fmt.Sprintf("%s into %s %s", operation, of.Index, of.Type)))
		}
		record, err := s.jsonRecord(lines[at+1])
		if item.err == nil {
			item.err = err
		}
		if !bytes.Contains(lines[at+1], []byte(`"@timestamp":`)) {
			s.Account.Note("records without @timestamp")
		}
		item.record = record
		items = append(items, item)
		records = append(records, record)
	}
	return items, records
}

// exists returns whether an index already contains a document with this ID.
func (s *Sink) exists(id string) bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return id != "" && s.ids[id]
}

func (s *Sink) index(id string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if id != "" {
		s.ids[id] = true
	}
}

// itemStatus rejects every tenth line for good, every second item temporarily, and documents that already exist.
func (s *Sink) itemStatus(mode string, at int, item bulkItem) (int, string) {
	found, ok := line.Find(item.record.Field)
	switch {
	case item.err != nil, mode == "poison" && poisoned([]account.Record{item.record}):
		return 400, "document_parsing_exception"
	case mode == "item400" && ok && found.Number%10 == 0:
		return 400, "document_parsing_exception"
	case item.operation == "create" && s.exists(item.id):
		return 409, "version_conflict_engine_exception"
	case mode == "item429" && at%2 == 0:
		return 429, "es_rejected_execution_exception"
	default:
		return 201, ""
	}
}

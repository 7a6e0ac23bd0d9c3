package sink

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"cdk8s-storage-patterns/collectors-harness/internal/account"
	"google.golang.org/protobuf/encoding/protowire"
)

var errLoki = errors.New("a push request of another shape")

func (s *Sink) loki(r request) answer {
	var records []account.Record
	var err error
	switch {
	case strings.HasSuffix(r.URL.Path, "/otlp/v1/logs"):
		return s.otlp(r)
	case !strings.HasSuffix(r.URL.Path, "/loki/api/v1/push"):
		if code, refused := status(r.mode); refused {
			return answer{status: code}
		}
		return answer{status: 404}
	case isProtobuf(r.Request):
		records, err = lokiProtobuf(r.body)
	default:
		records, err = lokiJSON(r.body)
	}
	return s.settle(r, records, err, answer{status: 204})
}

func lokiJSON(body []byte) (records []account.Record, err error) {
	var push struct {
		Streams []struct {
			Stream map[string]string
			Values [][]json.RawMessage
		}
	}
	if err := json.Unmarshal(body, &push); err != nil {
		return nil, errLoki
	}
	for _, stream := range push.Streams {
		for _, value := range stream.Values {
			var moment, text string
			if len(value) < 2 || json.Unmarshal(value[0], &moment) != nil || json.Unmarshal(value[1], &text) != nil {
				err = errLoki
				continue
			}
			records = append(records, lokiRecord([]byte(text), moment, stream.Stream))
		}
	}
	return records, err
}

func lokiRecord(text []byte, moment string, labels any) account.Record {
	record := account.Record{Field: text, Raw: text, Time: moment, Context: labels}
	if len(text) > 0 && text[0] == '{' {
		record.Field = jsonField(text)
	}
	return record
}

// lokiProtobuf reads PushRequest:
// streams = 1 {labels = 1, entries = 2 {timestamp = 1 {seconds = 1, nanos = 2}, line = 2}}.
func lokiProtobuf(body []byte) (records []account.Record, err error) {
	err = fields(body, func(number protowire.Number, stream []byte, _ uint64) error {
		if number != 1 {
			return nil
		}
		labels := ""
		return fields(stream, func(number protowire.Number, value []byte, _ uint64) error {
			switch number {
			case 1:
				labels = string(value)
			case 2:
				record, err := lokiEntry(value, labels)
				records = append(records, record)
				return err
			}
			return nil
		})
	})
	return records, err
}

func lokiEntry(entry []byte, labels string) (account.Record, error) {
	var text []byte
	var seconds, nanos uint64
	err := fields(entry, func(number protowire.Number, value []byte, _ uint64) error {
		if number == 2 {
			text = value
		}
		if number != 1 {
			return nil
		}
		return fields(value, func(number protowire.Number, _ []byte, value uint64) error {
			if number == 1 {
				seconds = value
			} else {
				nanos = value
			}
			return nil
		})
	})
	return lokiRecord(text, strconv.FormatUint(seconds*1e9+nanos, 10), labels), err
}

// fields calls a function with the number of each field and its bytes, or its value if it is a varint.
func fields(message []byte, each func(protowire.Number, []byte, uint64) error) error {
	for len(message) > 0 {
		number, kind, length := protowire.ConsumeTag(message)
		if length < 0 {
			return errLoki
		}
		message = message[length:]
		var value []byte
		var varint uint64
		switch kind {
		case protowire.BytesType:
			value, length = protowire.ConsumeBytes(message)
		case protowire.VarintType:
			varint, length = protowire.ConsumeVarint(message)
		default:
			length = protowire.ConsumeFieldValue(number, kind, message)
		}
		if length < 0 {
			return errLoki
		}
		message = message[length:]
		if err := each(number, value, varint); err != nil {
			return err
		}
	}
	return nil
}

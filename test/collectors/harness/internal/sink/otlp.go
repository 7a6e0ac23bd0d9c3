package sink

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"cdk8s-storage-patterns/collectors-harness/internal/account"
	"cdk8s-storage-patterns/collectors-harness/internal/line"
	collector "go.opentelemetry.io/proto/otlp/collector/logs/v1"
	common "go.opentelemetry.io/proto/otlp/common/v1"
	logs "go.opentelemetry.io/proto/otlp/logs/v1"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

func (s *Sink) otlp(r request) answer {
	if !strings.HasSuffix(r.URL.Path, "/v1/logs") {
		return answer{status: 404}
	}
	var export collector.ExportLogsServiceRequest
	well := answer{status: 200, kind: "application/x-protobuf"}
	err := error(nil)
	if isProtobuf(r.Request) {
		// strict: invalid UTF-8 is rejected
		err = proto.Unmarshal(r.body, &export)
	} else {
		well = answer{status: 200, kind: "application/json", body: []byte("{}")}
		err = protojson.Unmarshal(r.body, &export)
	}
	if err != nil {
		err = errors.New("no strict OTLP")
	}
	return s.settle(r, s.otlpRecords(&export), err, well)
}

func (s *Sink) otlpRecords(export *collector.ExportLogsServiceRequest) (records []account.Record) {
	for _, resource := range export.ResourceLogs {
		of := plainList(resource.GetResource().GetAttributes())
		for _, scope := range resource.ScopeLogs {
			for _, one := range scope.LogRecords {
				records = append(records, otlpRecord(one, of))
			}
		}
	}
	return records
}

func otlpRecord(one *logs.LogRecord, resource map[string]any) account.Record {
	// a field is more specific than the body, which is the whole line if there is no message field
	var field []byte
	for at := 0; field == nil && at < len(one.Attributes); at++ {
		field = markedIn(one.Attributes[at].Value)
	}
	if field == nil {
		field = markedIn(one.Body)
	}
	return account.Record{
		Field: field,
		Raw:   field,
		Time:  strconv.FormatUint(one.TimeUnixNano, 10),
		// only built for samples
		Context: account.Lazy(func() any {
			return map[string]any{
				"resource": resource, "attributes": plainList(one.Attributes), "body": plain(one.Body),
				"severity": one.SeverityText, "severityNumber": int(one.SeverityNumber),
				"observed": fmt.Sprint(one.ObservedTimeUnixNano),
			}
		}),
	}
}

// markedIn returns the string with the numbered text in a value.
func markedIn(value *common.AnyValue) []byte {
	switch of := value.GetValue().(type) {
	case *common.AnyValue_StringValue:
		if strings.HasPrefix(of.StringValue, "{") {
			return jsonField([]byte(of.StringValue))
		}
		if strings.Contains(of.StringValue, line.Mark) {
			return []byte(of.StringValue)
		}
	case *common.AnyValue_BytesValue:
		if strings.Contains(string(of.BytesValue), line.Mark) {
			return of.BytesValue
		}
	case *common.AnyValue_KvlistValue:
		for _, one := range of.KvlistValue.Values {
			if found := markedIn(one.Value); found != nil {
				return found
			}
		}
	}
	return nil
}

func plain(value *common.AnyValue) any {
	switch of := value.GetValue().(type) {
	case *common.AnyValue_StringValue:
		return of.StringValue
	case *common.AnyValue_IntValue:
		return of.IntValue
	case *common.AnyValue_DoubleValue:
		return of.DoubleValue
	case *common.AnyValue_BoolValue:
		return of.BoolValue
	case *common.AnyValue_BytesValue:
		return "0x" + hex.EncodeToString(of.BytesValue)
	case *common.AnyValue_KvlistValue:
		return plainList(of.KvlistValue.Values)
	case *common.AnyValue_ArrayValue:
		all := make([]any, 0, len(of.ArrayValue.Values))
		for _, one := range of.ArrayValue.Values {
			all = append(all, plain(one))
		}
		return all
	}
	return nil
}

func plainList(values []*common.KeyValue) map[string]any {
	all := make(map[string]any, len(values))
	for _, one := range values {
		all[one.Key] = plain(one.Value)
	}
	return all
}

package sink

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"

	"cdk8s-storage-patterns/collectors-harness/internal/account"
	"cdk8s-storage-patterns/collectors-harness/internal/line"
	"github.com/vmihailenco/msgpack/v5"
)

// eventTime is the extension 0 of the forward protocol: seconds and nanoseconds.
type eventTime struct{ seconds, nanos uint32 }

func (e *eventTime) UnmarshalMsgpack(from []byte) error {
	if len(from) < 8 {
		return io.ErrUnexpectedEOF
	}
	e.seconds, e.nanos = binary.BigEndian.Uint32(from), binary.BigEndian.Uint32(from[4:])
	return nil
}

func (e *eventTime) MarshalMsgpack() ([]byte, error) { return nil, nil }

func init() { msgpack.RegisterExt(0, (*eventTime)(nil)) }

// loose decodes maps with keys of any type.
func loose(from io.Reader) *msgpack.Decoder {
	decoder := msgpack.NewDecoder(from)
	decoder.SetMapDecoder(func(decoder *msgpack.Decoder) (any, error) { return decoder.DecodeUntypedMap() })
	decoder.UseLooseInterfaceDecoding(true)
	return decoder
}

func forwardRecord(tag string, moment, record any) account.Record {
	field := markedInside(record)
	return account.Record{
		Field: field, Raw: field, Time: forwardTime(moment),
		Context: account.Lazy(func() any { return map[string]any{"tag": tag, "record": readable(record)} }),
	}
}

// forwardTime is in seconds; newer clients put it into a list with metadata.
func forwardTime(moment any) string {
	switch of := moment.(type) {
	case *eventTime:
		return fmt.Sprintf("%d.%09d", of.seconds, of.nanos)
	case eventTime:
		return fmt.Sprintf("%d.%09d", of.seconds, of.nanos)
	case []any:
		if len(of) > 0 {
			return forwardTime(of[0])
		}
	}
	return fmt.Sprint(moment)
}

func text(value any) []byte {
	switch of := value.(type) {
	case string:
		return []byte(of)
	case []byte:
		return of
	}
	return nil
}

func markedInside(value any) []byte {
	if of := text(value); of != nil {
		if bytes.Contains(of, []byte(line.Mark)) {
			return of
		}
		return nil
	}
	if of, ok := value.(map[any]any); ok {
		for _, one := range of {
			if found := markedInside(one); found != nil {
				return found
			}
		}
	}
	return nil
}

// readable converts a value for JSON.
func readable(value any) any {
	switch of := value.(type) {
	case []byte:
		return string(of)
	case map[any]any:
		all := make(map[string]any, len(of))
		for key, one := range of {
			all[fmt.Sprint(readable(key))] = readable(one)
		}
		return all
	case []any:
		for at, one := range of {
			of[at] = readable(one)
		}
	}
	return value
}

package sink

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"cdk8s-storage-patterns/collectors-harness/internal/account"
	"github.com/klauspost/compress/gzip"
	"github.com/vmihailenco/msgpack/v5"
)

const forwardName = "sink.test"

func (s *Sink) serveForward(listener net.Listener) {
	for {
		connection, err := listener.Accept()
		if err == nil {
			go s.forward(connection)
		}
	}
}

func (s *Sink) forward(connection net.Conn) {
	defer connection.Close()
	decoder := loose(bufio.NewReaderSize(connection, 1<<16))
	if s.Auth.SharedKey != "" && !s.greet(connection, decoder) {
		return
	}
	for {
		message, err := decoder.DecodeInterface()
		if err != nil {
			if !errors.Is(err, io.EOF) && !errors.Is(err, net.ErrClosed) {
				s.Account.Note("forward: " + err.Error())
			}
			return
		}
		parts, ok := message.([]any)
		if !ok || len(parts) < 2 {
			s.Account.Note("forward: a message of another shape")
			return
		}
		if !s.take(connection, parts) {
			return
		}
	}
}

// take counts and acknowledges a message; false closes the connection, which is how this protocol rejects a message.
func (s *Sink) take(connection net.Conn, parts []any) bool {
	mode, _, changed := s.current()
	if mode == "hang" {
		s.Account.Request("hang", "")
		<-changed
		return false
	}
	mode = s.Mode()
	option, _ := parts[len(parts)-1].(map[any]any)
	records, err := entries(parts, option)
	if err != nil {
		s.Account.Note("forward: " + err.Error())
	}
	if code, refused := status(mode); refused {
		s.Account.Request(fmt.Sprint(code), "")
		return false
	}
	s.Account.Request("taken", "")
	s.Account.Take(records)
	if chunk, asked := option["chunk"]; asked {
		ack, _ := msgpack.Marshal(map[string]any{"ack": chunk})
		_, err = connection.Write(ack)
		return err == nil
	}
	s.Account.Note("forward: no acknowledgement asked for")
	return true
}

// greet verifies the shared key of the client, and proves the shared key of the server.
func (s *Sink) greet(connection net.Conn, decoder *msgpack.Decoder) bool {
	nonce := make([]byte, 16)
	rand.Read(nonce)
	hello, _ := msgpack.Marshal([]any{"HELO", map[string]any{"nonce": string(nonce), "auth": "", "keepalive": true}})
	connection.Write(hello)
	message, err := decoder.DecodeInterface()
	ping, ok := message.([]any)
	if err != nil || !ok || len(ping) < 4 {
		s.Account.Note("forward: no ping")
		return false
	}
	host, salt := string(text(ping[1])), string(text(ping[2]))
	known := string(text(ping[3])) == sha512Hex(salt, host, string(nonce), s.Auth.SharedKey)
	s.Account.Request(fmt.Sprintf("ping %v", known), host)
	reason := ""
	if !known {
		reason = "shared_key mismatch"
	}
	pong, _ := msgpack.Marshal([]any{
		"PONG", known, reason, forwardName, sha512Hex(salt, forwardName, string(nonce), s.Auth.SharedKey),
	})
	connection.Write(pong)
	return known
}

func sha512Hex(parts ...string) string {
	sum := sha512.Sum512([]byte(strings.Join(parts, "")))
	return hex.EncodeToString(sum[:])
}

// entries returns the records of a message in one of the modes: message, forward, packed or compressed.
func entries(parts []any, option map[any]any) ([]account.Record, error) {
	tag := string(text(parts[0]))
	if list, ok := parts[1].([]any); ok {
		records := make([]account.Record, 0, len(list))
		for _, one := range list {
			if pair, ok := one.([]any); ok && len(pair) >= 2 {
				records = append(records, forwardRecord(tag, pair[0], pair[1]))
			}
		}
		return records, nil
	}
	packed := text(parts[1])
	if packed == nil && len(parts) >= 3 {
		return []account.Record{forwardRecord(tag, parts[1], parts[2])}, nil
	}
	if string(text(option["compressed"])) == "gzip" {
		unzipped, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			return nil, err
		}
		if packed, err = io.ReadAll(unzipped); err != nil {
			return nil, err
		}
	}
	var records []account.Record
	decoder := loose(bytes.NewReader(packed))
	for {
		one, err := decoder.DecodeInterface()
		if errors.Is(err, io.EOF) {
			return records, nil
		}
		if err != nil {
			return records, err
		}
		if pair, ok := one.([]any); ok && len(pair) >= 2 {
			records = append(records, forwardRecord(tag, pair[0], pair[1]))
		}
	}
}

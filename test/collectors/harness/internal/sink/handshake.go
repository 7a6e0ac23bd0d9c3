package sink

import (
	"bufio"
	"encoding/binary"
	"io"
	"net"
	"sync"
)

const (
	saslHandshake    = 17
	saslAuthenticate = 36
	scramMethod      = "SCRAM-SHA-512"
	// SCRAM has two messages of the client
	scramTokens = 2
)

// oldHandshakes supports clients that send raw tokens after SaslHandshake 0, which kfake does not support.
type oldHandshakes struct{ net.Listener }

func (l oldHandshakes) Accept() (net.Conn, error) {
	connection, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &handshaking{Conn: connection, reader: bufio.NewReader(connection)}, nil
}

type handshaking struct {
	net.Conn
	reader *bufio.Reader
	// pending contains bytes that are read but not requested yet
	pending []byte
	// tokens is the number of raw tokens to expect
	tokens int
	passed bool

	mutex sync.Mutex
	// answers convert the pending responses, in order
	answers []func([]byte) ([]byte, bool)
	written []byte
}

func (c *handshaking) Read(into []byte) (int, error) {
	if len(c.pending) == 0 && !c.passed {
		frame, err := readFrame(c.reader)
		if err != nil {
			return 0, err
		}
		c.pending = c.request(frame)
	}
	if len(c.pending) > 0 {
		taken := copy(into, c.pending)
		c.pending = c.pending[taken:]
		return taken, nil
	}
	return c.reader.Read(into)
}

// request returns the frame for kfake: a raw token becomes a request.
func (c *handshaking) request(body []byte) []byte {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.tokens > 0 {
		c.tokens--
		c.passed = c.tokens == 0
		c.answers = append(c.answers, tokenIn)
		wrapped := binary.BigEndian.AppendUint16(nil, saslAuthenticate)
		// version 0, correlation 0, no client id
		wrapped = append(wrapped, 0, 0, 0, 0, 0, 0, 0xff, 0xff)
		wrapped = binary.BigEndian.AppendUint32(wrapped, uint32(len(body)))
		return framed(append(wrapped, body...))
	}
	answer := asItIs
	if len(body) >= 4 && binary.BigEndian.Uint16(body) == saslHandshake {
		if binary.BigEndian.Uint16(body[2:]) == 0 {
			binary.BigEndian.PutUint16(body[2:], 1)
			c.tokens = scramTokens
			answer = withMechanism
		} else {
			c.passed = true
		}
	}
	c.answers = append(c.answers, answer)
	return framed(body)
}

func (c *handshaking) Write(from []byte) (int, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.written = append(c.written, from...)
	for len(c.answers) > 0 && len(c.written) >= 4 {
		size := int(binary.BigEndian.Uint32(c.written))
		if len(c.written) < 4+size {
			return len(from), nil
		}
		answer, ok := c.answers[0](c.written[4 : 4+size])
		if !ok {
			c.Conn.Close()
			return len(from), nil
		}
		if _, err := c.Conn.Write(framed(answer)); err != nil {
			return 0, err
		}
		c.answers = c.answers[1:]
		c.written = c.written[4+size:]
	}
	if len(c.answers) == 0 && len(c.written) > 0 {
		_, err := c.Conn.Write(c.written)
		c.written = nil
		return len(from), err
	}
	return len(from), nil
}

func asItIs(answer []byte) ([]byte, bool) { return answer, true }

// withMechanism adds the negotiated mechanism, as brokers do.
func withMechanism(answer []byte) ([]byte, bool) {
	if len(answer) < 6 || binary.BigEndian.Uint16(answer[4:]) != 0 {
		return answer, true
	}
	named := append([]byte{}, answer[:6]...)
	named = binary.BigEndian.AppendUint32(named, 1)
	named = binary.BigEndian.AppendUint16(named, uint16(len(scramMethod)))
	return append(named, scramMethod...), true
}

// tokenIn parses a response to SaslAuthenticate 0: correlation, error, message, token.
func tokenIn(answer []byte) ([]byte, bool) {
	if len(answer) < 8 || binary.BigEndian.Uint16(answer[4:]) != 0 {
		return nil, false
	}
	rest := answer[8:]
	if message := int16(binary.BigEndian.Uint16(answer[6:])); message > 0 {
		rest = rest[min(int(message), len(rest)):]
	}
	if len(rest) < 4 {
		return nil, false
	}
	return rest[4:], true
}

func readFrame(from io.Reader) ([]byte, error) {
	var size [4]byte
	if _, err := io.ReadFull(from, size[:]); err != nil {
		return nil, err
	}
	length := binary.BigEndian.Uint32(size[:])
	if length > 1<<27 {
		return nil, io.ErrUnexpectedEOF
	}
	body := make([]byte, length)
	_, err := io.ReadFull(from, body)
	return body, err
}

func framed(body []byte) []byte {
	return append(binary.BigEndian.AppendUint32(nil, uint32(len(body))), body...)
}

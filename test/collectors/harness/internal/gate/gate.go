// Package gate provides a listener that can be shut with all its connections, and opened again at the same port.
package gate

import (
	"net"
	"sync"
	"time"
)

// Gate is a net.Listener. While it is shut, connections are refused.
type Gate struct {
	address string
	// Pause is called before each read of a connection.
	Pause func()

	mutex       sync.Mutex
	changed     *sync.Cond
	listener    net.Listener
	connections map[*connection]struct{}
}

type connection struct {
	net.Conn
	gate *Gate
}

// New returns an open gate.
func New(address string) (*Gate, error) {
	gate := &Gate{address: address, connections: map[*connection]struct{}{}}
	gate.changed = sync.NewCond(&gate.mutex)
	var err error
	gate.listener, err = net.Listen("tcp", address)
	return gate, err
}

// Shut refuses new connections and closes the existing ones.
func (g *Gate) Shut() {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if g.listener != nil {
		g.listener.Close()
		g.listener = nil
	}
	for one := range g.connections {
		one.Conn.Close()
	}
	g.connections = map[*connection]struct{}{}
}

// Open listens again.
func (g *Gate) Open() error {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if g.listener != nil {
		return nil
	}
	listener, err := net.Listen("tcp", g.address)
	if err != nil {
		return err
	}
	g.listener = listener
	g.changed.Broadcast()
	return nil
}

// Accept waits for a connection, and for the gate to be open.
func (g *Gate) Accept() (net.Conn, error) {
	for {
		g.mutex.Lock()
		for g.listener == nil {
			g.changed.Wait()
		}
		listener := g.listener
		g.mutex.Unlock()
		accepted, err := listener.Accept()
		if err != nil {
			time.Sleep(10 * time.Millisecond)
			continue
		}
		one := &connection{Conn: accepted, gate: g}
		g.mutex.Lock()
		open := g.listener == listener
		if open {
			g.connections[one] = struct{}{}
		}
		g.mutex.Unlock()
		if open {
			return one, nil
		}
		accepted.Close()
	}
}

// Close implements net.Listener; the gate stays open.
func (g *Gate) Close() error { return nil }

// Addr returns the address of the listener.
func (g *Gate) Addr() net.Addr {
	address, _ := net.ResolveTCPAddr("tcp", g.address)
	return address
}

func (c *connection) Read(into []byte) (int, error) {
	if c.gate.Pause != nil {
		c.gate.Pause()
	}
	return c.Conn.Read(into)
}

func (c *connection) Close() error {
	c.gate.mutex.Lock()
	delete(c.gate.connections, c)
	c.gate.mutex.Unlock()
	return c.Conn.Close()
}

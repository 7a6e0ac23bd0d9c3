// Log sinks that count the records they receive. Reads its configuration as JSON from stdin, and exits at its end.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"cdk8s-storage-patterns/collectors-harness/internal/account"
	"cdk8s-storage-patterns/collectors-harness/internal/sink"
)

type config struct {
	// Control is the port for setting modes and reading reports.
	Control int           `json:"control"`
	CA      string        `json:"ca"`
	Sinks   []sink.Config `json:"sinks"`
}

func main() {
	log.SetFlags(0)
	input := json.NewDecoder(os.Stdin)
	var told config
	if err := input.Decode(&told); err != nil {
		log.Fatalf("the configuration: %v", err)
	}
	control, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", told.Control))
	if err != nil {
		log.Fatal(err)
	}
	certificate, authority, err := sink.Certificate()
	if err != nil {
		log.Fatal(err)
	}
	if told.CA != "" {
		if err := os.WriteFile(told.CA, authority, 0o644); err != nil {
			log.Fatal(err)
		}
	}
	sinks := map[string]*sink.Sink{}
	for _, one := range told.Sinks {
		if sinks[one.Name], err = sink.Start(one, certificate); err != nil {
			log.Fatalf("sink '%s': %v", one.Name, err)
		}
	}
	go func() {
		io.Copy(io.Discard, io.MultiReader(input.Buffered(), os.Stdin))
		os.Exit(0)
	}()
	fmt.Println("ready")
	log.Fatal(http.Serve(control, handler(sinks)))
}

// handler answers /mode, /report and /samples of a sink.
func handler(sinks map[string]*sink.Sink) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		one, ok := sinks[query.Get("sink")]
		if !ok {
			http.Error(w, "no such sink", http.StatusNotFound)
			return
		}
		var result any
		switch r.URL.Path {
		case "/mode":
			delay, _ := strconv.Atoi(query.Get("delay"))
			if err := one.SetMode(query.Get("mode"), time.Duration(delay)*time.Millisecond); err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
			result = query.Get("mode")
		case "/report":
			result = one.Report(ranges(query["written"]))
		case "/samples":
			result = one.Account.Samples()
		default:
			http.NotFound(w, r)
			return
		}
		json.NewEncoder(w).Encode(result)
	})
}

// ranges reads WRITER:FIRST:LAST.
func ranges(texts []string) (all []account.Range) {
	for _, text := range texts {
		parts := strings.Split(text, ":")
		if len(parts) == 3 {
			first, _ := strconv.Atoi(parts[1])
			last, _ := strconv.Atoi(parts[2])
			all = append(all, account.Range{Writer: parts[0], First: first, Last: last})
		}
	}
	return all
}

// Command readyaml reads a stream of YAML documents as kubectl does, and writes for each a line of JSON: its value, or
// the error.
package main

import (
	"bufio"
	"encoding/json"
	"io"
	"os"

	"k8s.io/apimachinery/pkg/util/yaml"
)

type line struct {
	Value json.RawMessage `json:"value,omitempty"`
	Error string          `json:"error,omitempty"`
}

func main() {
	reader := yaml.NewYAMLReader(bufio.NewReader(os.Stdin))
	out := json.NewEncoder(os.Stdout)
	for {
		document, err := reader.Read()
		if err == io.EOF {
			return
		}
		var value []byte
		if err == nil {
			value, err = yaml.ToJSON(document)
		}
		if err != nil {
			_ = out.Encode(line{Error: err.Error()})
		} else if err := out.Encode(line{Value: value}); err != nil {
			// a document that begins with a brace is passed on as JSON, and can be none
			_ = out.Encode(line{Error: err.Error()})
		}
	}
}
